"""Runs fault scenarios on a temporary desk with the operator's policy: real processes and store, sandbox providers."""
