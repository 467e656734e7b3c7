"""The dialogue with a customer: questions, answers, corrections, summary, and everything asked in between."""
