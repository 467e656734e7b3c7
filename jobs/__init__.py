"""What runs outside a request: RQ entry points, the clock, and the wiring of real objects."""
