"""Evaluation suites over the service."""
