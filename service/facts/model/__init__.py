"""A model reads what the rules could not: slices of a document, the chain, the gates, and what becomes of its figures."""
