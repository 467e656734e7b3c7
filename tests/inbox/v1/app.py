"""A portal that uses the API: every answer that it gets is held against the document."""

import re
from typing import Any

from werkzeug.test import TestResponse

from api.v1.openapi import document
from store.agents.agent import Role
from tests.inbox.house import House
from tests.inbox.v1.schema import faults

DETAILS = {
    "name": "Marie Dubois",
    "company": "Acme",
    "category": "fault",
    "affected": "the mobile app",
    "description": "The invoices page closes with error 12 when I open it",
    "priority": "high",
}


class App:
    """One app with a token of its own."""

    def __init__(self, desk: House, name: str = "Portal", role: Role = Role.AGENT) -> None:
        self.desk = desk
        self.client = desk.app.test_client()
        self.token, self.text = desk.wiring.tokens.add(name, role)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.ask("GET", path, **more)

    def post(self, path: str, body: Any, key: str = "", **more: Any) -> TestResponse:
        headers = {"Idempotency-Key": key} if key else {}
        return self.ask("POST", path, json=body, headers=headers, **more)

    def ask(self, method: str, path: str, headers: Any = (), **more: Any) -> TestResponse:
        """Ask, and see that the document tells of such an answer."""
        all_headers = {"Authorization": f"Bearer {self.text}", **dict(headers)}
        response = self.client.open(f"/api/v1{path}", method=method, headers=all_headers, **more)
        assert told_faults(method, path, response) == []
        return response

    def open(self, address: str = "portal:marie", key: str = "", **details: str) -> Any:
        """A ticket that was opened; what the API answered."""
        answer = self.post("/tickets", {"address": address, "details": DETAILS | details}, key)
        assert answer.status_code == 201, answer.text
        return answer.get_json()

    def thread(self, number: str, **query: str) -> Any:
        """The messages of a ticket."""
        answer = self.get(f"/tickets/{number}/thread", query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.get_json()["messages"]


def told_faults(method: str, path: str, response: TestResponse) -> list[str]:
    """What the document does not tell of this answer; nothing is told of addresses that there are not."""
    operation = operation_at(method, path)
    if operation is None:
        return [] if response.status_code in (404, 405) else [f"an untold address answers {response.status}"]
    told = operation["responses"].get(str(response.status_code))
    if told is None:
        return [f"{method} {path} does not tell of {response.status}: {response.text}"]
    kind = response.content_type
    return faults(response.get_json(), told["content"][kind]["schema"], document())


def operation_at(method: str, path: str) -> Any:
    """What the document tells of this address."""
    bare = path.partition("?")[0]
    for template, operations in document()["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), bare) and method.lower() in operations:
            return operations[method.lower()]
    return None
