"""The policy file: its sections, checks across them, and errors with key, line and allowed values."""
