"""What several commands share: errors, settings, the connection to the desk, policy files."""
