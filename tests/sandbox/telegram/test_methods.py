"""The table of emulated methods, compared with what aiogram knows of the Bot API."""

import aiogram.methods
import pytest

from sandbox.telegram import api  # noqa: F401  (enters every method)
from sandbox.telegram.methods import METHODS, Method

KNOWN = {name.lower(): getattr(aiogram.methods, name) for name in dir(aiogram.methods) if name[0].isupper()}


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_a_method_and_all_its_parameters_exist_in_the_bot_api(method: Method) -> None:
    fields = KNOWN[method.name.lower()].model_fields
    assert set(method.required) | set(method.optional) <= set(fields)


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_what_the_bot_api_requires_we_require(method: Method) -> None:
    fields = KNOWN[method.name.lower()].model_fields
    required = {name for name, field in fields.items() if field.is_required()}
    assert required <= set(method.required)
