"""Moving a ticket between the store and the archive."""
