"""Everything that runs outside a request: RQ tasks, the clock, and the wiring of real objects."""
