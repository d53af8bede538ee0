"""The commands, by what they work on. Imports of the stages stay inside the functions: `mingzhang --help` must not wait for them."""
