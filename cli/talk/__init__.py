"""`guichet talk`: plays a customer against a policy, in memory."""
