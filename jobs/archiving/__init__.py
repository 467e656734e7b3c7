"""Moves closed tickets to the archive and back."""
