"""`guichet run`, `web`, `worker`, `clock` and `sandbox`: the processes."""
