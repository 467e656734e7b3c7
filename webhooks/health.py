"""Liveness, readiness and metrics for load balancers and monitors; no login."""

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from redis.exceptions import RedisError

from jobs.wiring import Wiring
from webhooks.metrics import MetricsCollector


def health(wiring: Wiring) -> Blueprint:
    """Return the routes `/healthz`, `/readyz` and `/metrics`."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @routes.get("/readyz")
    def readyz() -> Response:
        if wiring.is_store_alive():
            return Response("ready\n", mimetype="text/plain")
        return Response("the store doesn't respond\n", 503, mimetype="text/plain")

    @routes.get("/metrics")
    def metrics() -> Response:
        registry = CollectorRegistry(auto_describe=False)
        try:
            registry.register(MetricsCollector(list(wiring.figures())))
        except RedisError:
            return Response("# the store doesn't respond\n", 503, mimetype="text/plain")
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return routes
