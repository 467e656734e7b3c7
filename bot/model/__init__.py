"""The records: contact, conversation, ticket and its events, account, plan, quote, temporary access."""
