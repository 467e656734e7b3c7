"""Messages in and out as values: inbound, outgoing, thread entries, notices, and every phrase the bot says."""
