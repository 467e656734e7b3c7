"""The real objects of this process, as the pages reach them: built in `jobs.wiring`, kept by the app."""

from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from jobs.wiring import Wiring

NAME = "guichet"


def wiring() -> "Wiring":
    """The wiring of the app that answers this request."""
    found: Wiring = current_app.extensions[NAME]
    return found
