"""Documents → passages → indexes → the passages that match a question."""
