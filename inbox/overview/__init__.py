"""The managers' overview: figures, CSV, what-if."""
