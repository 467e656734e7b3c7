"""When a closed ticket moves to the archive, and the record that the archive keeps of it."""
