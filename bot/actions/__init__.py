"""Use cases as pure decisions: what receiving, opening, answering, merging and so on change in a ticket."""
