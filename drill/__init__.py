"""Faults against a desk of our own under the operator's policy: real processes, real store, the sandbox's providers."""
