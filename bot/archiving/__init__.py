"""When a closed ticket moves to the archive, and what the archive keeps of it."""
