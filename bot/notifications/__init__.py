"""What customers are told of their ticket: its status and its changes."""
