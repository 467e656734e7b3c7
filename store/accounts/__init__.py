"""Accounts and their import from CSV."""
