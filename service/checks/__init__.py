"""Deterministic checks: what a disclosure prints, recomputed. No model, no floats."""
