"""The `guichet` command: starts and inspects everything."""
