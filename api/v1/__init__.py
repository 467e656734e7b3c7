"""The JSON API for portals and apps.

The same pydantic models validate requests, build responses and generate the OpenAPI document.
"""
