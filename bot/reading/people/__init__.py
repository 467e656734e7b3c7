"""Finds who is writing: names of people and companies in introductions, signatures, answers and corrections."""
