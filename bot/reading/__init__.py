"""Reads what customers mean: the acts in a message, names, choices by meaning, corrections. Pure and deterministic."""
