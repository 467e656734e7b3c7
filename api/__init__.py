"""The public HTTP API for portals and apps."""
