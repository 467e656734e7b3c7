"""Adds the API to the web app."""

from flask import Flask

from api.v1 import openapi
from api.v1.operation import v1

__all__ = ["openapi", "register"]


def register(app: Flask) -> None:
    """Add every route of the API, and its OpenAPI document."""
    app.register_blueprint(v1)
