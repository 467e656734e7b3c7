"""Whether we live, whether we can work, and the figures: for load balancers and monitors, without login."""

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from redis.exceptions import RedisError

from jobs.wiring import Wiring
from webhooks.metrics import MetricsCollector


def health(wiring: Wiring) -> Blueprint:
    """The routes that machines ask."""
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @pages.get("/readyz")
    def readyz() -> Response:
        if wiring.is_store_alive():
            return Response("ready\n", mimetype="text/plain")
        return Response("the store does not answer\n", 503, mimetype="text/plain")

    @pages.get("/metrics")
    def metrics() -> Response:
        registry = CollectorRegistry(auto_describe=False)
        try:
            registry.register(MetricsCollector(list(wiring.figures())))
        except RedisError:
            return Response("# the store does not answer\n", 503, mimetype="text/plain")
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return pages
