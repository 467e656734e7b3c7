"""What load balancers and monitors ask."""

from flask.testing import FlaskClient
from redis.exceptions import ConnectionError as StoreGone

from tests.fixtures.provider_requests import TOKEN, Wiring


def test_alive_says_nothing_of_the_store(client: FlaskClient, wiring: Wiring) -> None:
    wiring.is_alive = False
    assert client.get("/healthz").status_code == 200


def test_ready_while_the_store_answers(client: FlaskClient, wiring: Wiring) -> None:
    assert client.get("/readyz").status_code == 200
    wiring.is_alive = False
    assert client.get("/readyz").status_code == 503


def test_figures_are_in_prometheuss_shape(client: FlaskClient, wiring: Wiring) -> None:
    wiring.told = [
        ("guichet_tickets", "Tickets by view.", {"view": "live"}, 3),
        ("guichet_tickets", "Tickets by view.", {"view": 'odd"\n'}, 1),
        ("guichet_alerts_total", "Alerts.", {}, 7),
    ]
    text = client.get("/metrics").get_data(as_text=True)
    assert "# TYPE guichet_tickets gauge" in text
    assert 'guichet_tickets{view="live"} 3.0' in text
    assert 'view="odd\\"\\n"' in text
    assert "# TYPE guichet_alerts_total counter" in text
    assert "guichet_alerts_total 7.0" in text


def test_without_the_store_there_are_no_figures_and_no_traceback(client: FlaskClient, wiring: Wiring) -> None:
    wiring.trouble = StoreGone("redis://:s3cret@host")
    answer = client.get("/metrics")
    assert answer.status_code == 503
    assert b"s3cret" not in answer.data


def test_no_secret_is_told_to_anybody(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert TOKEN not in client.get(path).get_data(as_text=True)
