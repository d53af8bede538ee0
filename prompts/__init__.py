"""Prompts of the model's chains: versioned Chinese Markdown files and their loader."""

from prompts.loader import BlankError, Prompt, UnknownPromptError, digest, load, names

__all__ = ["BlankError", "Prompt", "UnknownPromptError", "digest", "load", "names"]
