"""The folder of attachments: outside the web root, with generated names, never a customer's."""

import re
import shutil
from pathlib import Path
from secrets import token_hex
from typing import IO

from bot.messages.errors import NotFound
from bot.messages.outgoing import Attachment

_FILE_ID = re.compile(r"[0-9a-f]{32}")


class MediaFolder:
    """Files by their id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def new(self) -> tuple[str, Path]:
        """A new id, and the path of its file."""
        file_id = token_hex(16)
        path = self.path(file_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        return file_id, path

    def path(self, file_id: str) -> Path:
        """The path of that file; NotFound if the id isn't valid."""
        if not _FILE_ID.fullmatch(file_id):
            raise NotFound("no such file")
        return self.folder / file_id[:2] / file_id

    def has(self, file_id: object) -> bool:
        """Whether there's a file with that id."""
        is_id = isinstance(file_id, str) and bool(_FILE_ID.fullmatch(file_id))
        return is_id and self.path(str(file_id)).is_file()

    def save(self, name: str, media_type: str, source: IO[bytes]) -> Attachment:
        """Store a file that an agent attaches."""
        file_id, path = self.new()
        with path.open("wb") as file:
            shutil.copyfileobj(source, file)
        kind = media_type.partition("/")[0]
        kind = kind if kind in ("image", "audio", "video") else "document"
        return Attachment(kind, media_type, name, path.stat().st_size, file_id=file_id)

    def delete(self, file_id: str) -> None:
        """Delete that file, if it exists."""
        self.path(file_id).unlink(missing_ok=True)
