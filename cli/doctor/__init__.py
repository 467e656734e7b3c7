"""`guichet doctor` and its checks."""
