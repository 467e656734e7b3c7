"""What the clock does for contacts: erases their data on request, asks about unfinished requests."""
