"""`guichet policy`: check a policy file, ask it for deadlines, explain and replay them."""
