"""Collecting a request: the questions, what answers them, the summary, and what a category means."""
