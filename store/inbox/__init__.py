"""Reads for the inbox and the overview: lists, counts, SLA statistics, presence, canned replies."""
