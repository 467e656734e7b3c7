"""The control API as Python objects, for tests and drills: people who write, read and press buttons."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any


class ControlError(Exception):
    """The sandbox refused a request; the text says why."""


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox at `url`."""

    url: str

    def ask(self, method: str, path: str, order: Any = None) -> Any:
        """One call of the control API; raises ControlError with the reason for a 4xx."""
        data = None if order is None else json.dumps(order).encode()
        request = urllib.request.Request(self.url + path, data, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:  # noqa: S310
                body = answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                raise ControlError(refused.read().decode()) from None
        return json.loads(body) if body else None

    def add(self, channel: str, name: str, **details: Any) -> "Phone":
        """Add a person with a phone."""
        person = self.ask("POST", "/control/people", {"channel": channel, "name": name, **details})
        return Phone(self, str(person["id"]), person)

    def phone(self, person_id: int | str) -> "Phone":
        """The phone of an existing person; `manager` is the manager."""
        person = self.ask("GET", f"/control/people/{person_id}")
        return Phone(self, str(person["id"]), person)

    def agents(self) -> list["Phone"]:
        people = self.ask("GET", "/control/people")
        return [Phone(self, str(each["id"]), each) for each in people if each["role"] == "agent"]

    def fault(self, kind: str, **details: Any) -> int:
        """Add a fault; returns its id."""
        return int(self.ask("POST", "/control/faults", {"kind": kind, **details})["id"])

    def clear_faults(self) -> None:
        self.ask("DELETE", "/control/faults")

    def calls(self, **wanted: str | int) -> list[dict[str, Any]]:
        """The log, oldest first; filters: after, direction (asked, told), channel, name, status."""
        query = "&".join(f"{name}={value}" for name, value in wanted.items())
        found: list[dict[str, Any]] = self.ask("GET", f"/control/calls?{query}")
        return found

    def settle(self, wait: float = 10) -> bool:
        """Wait until nothing is pending."""
        return bool(self.ask("POST", f"/control/settle?wait={wait}")["settled"])

    def set_clock(self, scale: float | None = None, advance_seconds: float = 0) -> None:
        self.ask("PATCH", "/control/clock", {"scale": scale, "advance_seconds": advance_seconds})

    def configure(self, **settings: Any) -> None:
        """Change any of `sandbox.state.Settings`."""
        self.ask("PATCH", "/control/settings", settings)

    def forum(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("GET", "/control/forum")
        return found

    def topic(self, thread_id: int) -> list[dict[str, Any]]:
        """The messages of a topic."""
        found: list[dict[str, Any]] = self.ask("GET", f"/control/forum/topics/{thread_id}/messages")
        return found

    def change_forum(self, **rights: bool) -> None:
        self.ask("PATCH", "/control/forum", rights)

    def delete_topic(self, thread_id: int) -> None:
        self.ask("DELETE", f"/control/forum/topics/{thread_id}")

    def reset(self) -> None:
        self.ask("POST", "/control/reset")


@dataclass(frozen=True)
class Phone:
    """One person's phone; `person` holds the details from when the object was made."""

    sandbox: Sandbox
    id: str
    person: dict[str, Any]

    def say(self, text: str = "", **more: Any) -> list[str]:
        """Send a message, and return once the desk has got it; fields as in `sandbox.phone_action.PhoneMessage`."""
        order = {"text": text, "wait": True, **more}
        ids: list[str] = self.sandbox.ask("POST", f"/control/people/{self.id}/messages", order)["ids"]
        return ids

    def screen(self, after: str = "", wait: float = 0) -> dict[str, Any]:
        """What the phone shows; with `wait`, return as soon as the desk writes something after that message."""
        path = f"/control/people/{self.id}/messages?after={after}&wait={wait}"
        shown: dict[str, Any] = self.sandbox.ask("GET", path)
        return shown

    def messages(self, after: str = "", wait: float = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.screen(after, wait)["messages"]
        return found

    def heard(self, after: str = "", wait: float = 5) -> list[str]:
        """The desk's texts after that message."""
        shown = self.messages(after, wait)
        ids = [each["id"] for each in shown]
        newer = shown[ids.index(after) + 1 :] if after in ids else shown
        return [each["text"] for each in newer if each["from"] == "desk"]

    def press(self, message_id: str, button: str, chat: str = "desk") -> str:
        order = {"message_id": message_id, "button": button, "chat": chat}
        return str(self.sandbox.ask("POST", f"/control/people/{self.id}/presses", order)["id"])

    def edit(self, message_id: str, text: str, chat: str = "desk") -> None:
        order = {"message_id": message_id, "text": text, "chat": chat}
        self.sandbox.ask("POST", f"/control/people/{self.id}/edits", order)

    def react(self, message_id: str, emoji: str, chat: str = "desk") -> None:
        order = {"message_id": message_id, "emoji": emoji, "chat": chat}
        self.sandbox.ask("POST", f"/control/people/{self.id}/reactions", order)

    def change(self, **state: Any) -> None:
        """Block, lose signal, open the chat, close the window…: any changeable field of a person."""
        self.sandbox.ask("PATCH", f"/control/people/{self.id}", state)
