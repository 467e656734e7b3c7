"""The dialogue with a customer: questions, answers, corrections, summary, commands."""
