"""The agents' forum group: sync topics, handle agents' messages and button presses."""
