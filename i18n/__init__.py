"""Languages: which one somebody writes, and every sentence, date and number said in it."""
