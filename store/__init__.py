"""Everything that touches Redis: keys, codec, units of work, queries, leases."""
