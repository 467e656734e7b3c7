"""Languages: detects the customer's, and renders sentences, dates and numbers in it."""
