"""The API for portals and apps: tickets as JSON, behind bearer tokens. Reads no cookie, shows no page.

Its shapes are pydantic models; the same models validate, answer and make the OpenAPI document.
"""
