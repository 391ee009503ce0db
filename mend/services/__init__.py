"""Use cases with two or more effects, or two or more callers."""
