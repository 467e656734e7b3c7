"""Reads settings from a mapping of variables: X is the variable X, or the text in the file that X_FILE names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

Groups = Mapping[str, type[BaseModel]]
"""Settings that are fields of their own model: `twilio.api_url` is the variable TWILIO_API_URL."""


class EnvironmentSource(PydanticBaseSettingsSource):
    """An empty variable counts as unset. `problems` says which variables couldn't be read."""

    def __init__(self, settings: type[BaseSettings], groups: Groups, variables: Mapping[str, str]) -> None:
        super().__init__(settings)
        self.problems: list[str] = []
        self._groups, self._variables = groups, variables

    def __call__(self) -> dict[str, Any]:
        fields = self.settings_cls.model_fields.items()
        return {name: value for name, field in fields if (value := self.get_field_value(field, name)[0])}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The text of a setting; for a group all its texts, or None until one that it requires is set."""
        if field_name not in self._groups:
            return self._text(field_name.upper()), field_name, False
        fields = self._groups[field_name].model_fields
        texts = {name: text for name in fields if (text := self._text(f"{field_name}_{name}".upper()))}
        return texts if any(fields[name].is_required() for name in texts) else None, field_name, False

    def _text(self, name: str) -> str:
        text, path = (self._variables.get(key, "").strip() for key in (name, f"{name}_FILE"))
        if text and path:
            self.problems.append(f"{name} is set twice, here and by {name}_FILE; keep one")
        if text or not path:
            return text
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            self.problems.append(f"{name}_FILE can't be read: {path}: {error.strerror}")
        except UnicodeDecodeError:
            self.problems.append(f"{name}_FILE isn't text: {path}")
        return ""
