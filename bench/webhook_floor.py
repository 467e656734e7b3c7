"""The floor for webhook.py: Flask routes that only verify or parse a post and make one round trip to Redis.

They decide, store and answer nothing, so no desk can be faster under the same server.
"""

import os

from aiogram.types import Update
from flask import Flask, Response, request
from redis import Redis
from twilio.request_validator import RequestValidator


def app() -> Flask:
    """The two minimal routes."""
    flask = Flask("floor")
    redis = Redis.from_url(os.environ["REDIS_URL"])
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    url = os.environ["PUBLIC_URL"] + "/webhooks/whatsapp"

    @flask.post("/webhooks/whatsapp")
    def whatsapp() -> Response:
        if not validator.validate(url, request.form, request.headers["X-Twilio-Signature"]):
            return Response(status=403)
        _round_trip(redis, request.form["MessageSid"])
        return Response("<Response/>", mimetype="text/xml")

    @flask.post("/webhooks/telegram")
    def telegram() -> Response:
        update = Update.model_validate(request.get_json())
        _round_trip(redis, str(update.update_id))
        return Response()

    return flask


def _round_trip(redis: Redis, name: str) -> None:
    pipe = redis.pipeline(transaction=True)
    pipe.set(f"floor:{name}", 1, ex=3600)
    pipe.rpush("floor", name)
    pipe.execute()
