"""One module per channel: verify, parse, render, send. Never decides what to say or when to retry."""
