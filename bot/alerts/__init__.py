"""What managers and agents are alerted of, when, in which words, and what their replies to an alert do."""
