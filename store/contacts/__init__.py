"""A contact's unit of work: conversation and tickets loaded and committed in one transaction."""
