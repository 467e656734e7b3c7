"""The OpenAPI document: every route is in it, and what it says is true."""

import re
from typing import Any

import pytest

from api.v1.openapi import document
from api.v1.requests import MAX_PAGE_SIZE, MAX_TEXT_LENGTH
from tests.fixtures.api_client import ApiClient
from tests.fixtures.json_schema import faults
from tests.fixtures.store_desk import StoreDesk


def test_it_is_for_anybody_and_names_the_desks_address(desk: StoreDesk) -> None:
    answer = desk.app.test_client().get("/api/v1/openapi.json")
    told = answer.get_json()
    assert (answer.status_code, told["openapi"]) == (200, "3.1.0")
    assert told["servers"] == [{"url": "http://127.0.0.1:8000/api/v1"}]
    assert {key: told[key] for key in document()} == document()


def test_every_route_is_in_it_and_nothing_else(desk: StoreDesk) -> None:
    routes = {
        (method.lower(), rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}"))
        for rule in desk.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in rule.methods or ()
        if method != "HEAD"
    }
    told = {(method, path) for path, each in document()["paths"].items() for method in each}
    assert told == routes
    assert len(told) > 10


def test_every_reference_leads_somewhere() -> None:
    references = re.findall(r"'\$ref': '#/components/schemas/(\w+)'", str(document()))
    assert len(references) > 20
    assert set(references) <= set(document()["components"]["schemas"])


def test_names_are_given_once_and_everything_is_described() -> None:
    operations = [each for path in document()["paths"].values() for each in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    for operation in operations:
        assert operation["summary"]
        assert operation["description"].endswith(".")
        for parameter in operation.get("parameters", []):
            assert parameter["schema"]["type"] in ("string", "integer", "boolean"), parameter


def test_the_limits_of_a_number_are_stated() -> None:
    parameters = document()["paths"]["/tickets"]["get"]["parameters"]
    limit = next(each["schema"] for each in parameters if each["name"] == "limit")
    assert (limit["minimum"], limit["maximum"]) == (1, MAX_PAGE_SIZE)


def test_what_may_be_sent_is_what_is_taken(app: ApiClient) -> None:
    number = app.open()["number"]
    schema = document()["components"]["schemas"]["NewText"]
    bodies: list[Any] = [
        {"text": "a"},
        {"text": "x" * MAX_TEXT_LENGTH},
        {"text": ""},
        {"text": 1},
        {},
        [],
        {"a": 1},
    ]
    for body in (*bodies, {"text": "x" * (MAX_TEXT_LENGTH + 1)}):
        is_told = not faults(body, schema, document())
        answer = app.post(f"/tickets/{number}/notes", body)
        assert answer.status_code == (201 if is_told else 422), str(body)[:40]


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("portal:marie", True),
        ("telegram:42", True),
        ("telegram:x", False),
        ("portal:a b", False),
        ("", False),
    ],
)
def test_the_pattern_of_an_address_is_the_one_that_is_held_to(address: str, is_one: bool) -> None:
    schema = document()["components"]["schemas"]["NewTicket"]["properties"]["address"]
    assert (not faults(address, schema, document())) == is_one


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"number": 7}, "is no string"), ({"colour": "red"}, "is not told of"), ({"status": "lost"}, "is none of"),
     ({"opened_at": "2026-03-02T09:00:00"}, "has no zone"), ({"promises": [{}]}, "target is missing")],
)  # fmt: skip
def test_an_answer_that_is_not_as_told_would_be_noticed(
    app: ApiClient, change: dict[str, Any], fault: str
) -> None:
    ticket = app.open()
    schema = {"$ref": "#/components/schemas/Ticket"}
    assert faults(ticket, schema, document()) == []
    assert fault in "; ".join(faults(ticket | change, schema, document()))
    missing = {key: value for key, value in ticket.items() if key != "status"}
    assert faults(missing, schema, document()) == ["$: status is missing"]


def test_every_example_of_a_request_is_taken_as_it_is(desk: StoreDesk, app: ApiClient) -> None:
    number, found = app.open()["number"], 0
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            if "requestBody" not in operation:
                continue
            [media] = operation["requestBody"]["content"].values()
            schema = document()["components"]["schemas"][media["schema"]["$ref"].rpartition("/")[2]]
            given = {
                name: each["examples"][0] for name, each in schema["properties"].items() if "examples" in each
            }
            assert set(schema["required"]) <= set(given), "an example shows at least what's required"
            answer = app.ask(method.upper(), path.replace("{number}", number), json=given)
            assert answer.status_code == 201, answer.text
            found += 1
    assert found >= 4


def test_every_example_is_what_its_schema_says() -> None:
    checked = 0
    for model in document()["components"]["schemas"].values():
        for each in model.get("properties", {}).values():
            for example in each.get("examples", []):
                assert faults(example, each, document()) == []
                checked += 1
    assert checked >= 6


def test_limits_have_the_names_of_json_schema() -> None:
    """Pydantic's own names, such as `ge`, mean nothing to others."""
    foreign = re.findall(r"'(ge|le|gt|lt|min_length|max_length|multiple_of|regex)':", str(document()))
    assert foreign == []
    turn = document()["paths"]["/tickets/{number}/explain"]["get"]["parameters"][-1]["schema"]
    assert (turn["type"], turn["minimum"], turn["default"]) == ("integer", 1, 1)
    address = document()["components"]["schemas"]["NewTicket"]["properties"]["address"]
    assert re.search(address["pattern"], "whatsapp:+351910000000")
    assert not re.search(address["pattern"], "mailto:a@b.example")
