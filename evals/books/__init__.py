"""Whole made-up final accounts: consistent books by construction, and books with one thing changed."""
