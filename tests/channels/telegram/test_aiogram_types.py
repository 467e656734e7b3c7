"""aiogram as processes load it: late, and without building what isn't used."""

import subprocess
import sys

from tests.fixtures.paths import ROOT

PROGRAM = """
import sys
import jobs.worker
assert "aiogram" not in sys.modules
import channels.telegram.aiogram_types
from aiogram import methods, types
assert not types.Message.__pydantic_complete__
assert not methods.SendMessage.__pydantic_complete__
import channels.telegram.channel
message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hi"}
sent = methods.Response[types.Message].model_validate({"ok": True, "result": message})
assert sent.result.text == "hi"
for name in ("SendMessage", "SendPhoto", "EditMessageText", "CreateForumTopic", "SetMyCommands"):
    assert getattr(methods, name).model_rebuild() is not False, name
assert types.Update.model_validate({"update_id": 1, "message": message}).message.chat.id == 1
from pydantic import BaseModel
assert BaseModel.model_rebuild.__name__ == "model_rebuild"
"""


def test_processes_load_it_late_and_build_only_what_they_use() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
