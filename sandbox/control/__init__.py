"""The sandbox's own API: people, phones, faults, the log and the clock."""
