"""Use cases: load, decide with the pure rules, commit in one transaction."""
