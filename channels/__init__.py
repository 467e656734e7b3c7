"""One package per channel: verify, parse, render and send. Never decides what to say or when to retry."""
