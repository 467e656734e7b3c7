"""The bytes of every attachment, stored once under an unguessable id."""

import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True)
class File:
    """An attachment: `type` is its MIME type, `kind` how a phone shows it."""

    id: str
    name: str
    type: str
    data: bytes

    @property
    def kind(self) -> str:
        family = self.type.partition("/")[0]
        return family if family in {"image", "audio", "video"} else "document"

    def as_attachment(self) -> dict[str, object]:
        """What a page needs to show it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "type": self.type,
            "size": len(self.data),
            "url": f"/control/files/{self.id}",
        }


@dataclass
class Files:
    """Every file sent, in either direction."""

    kept: dict[str, File] = field(default_factory=dict)

    def keep(self, name: str, kind: str, data: bytes) -> File:
        file = File(secrets.token_hex(16), name, kind, data)
        self.kept[file.id] = file
        return file
