"""Documents → typed facts, each bound to its place."""
