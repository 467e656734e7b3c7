"""Ten thousand forgeries: none gets in, none breaks anything, each is answered in no time."""

import json
import random
import time
from collections.abc import Callable
from urllib.parse import urlencode

from flask.testing import FlaskClient

from tests.fixtures.provider_requests import PUBLIC_URL, SECRET, RememberingDesk, payload, sign

FORGERIES = 10_000
PATH = "/webhooks/whatsapp"
FORM = payload("whatsapp/image")
BODY = urlencode(FORM).encode()
SIGNATURE = sign(PUBLIC_URL + PATH, FORM)
UPDATE = json.dumps(payload("telegram/text")).encode()

Forged = tuple[str, bytes, dict[str, str]]


def bit_in_body(dice: random.Random) -> Forged:
    """One bit of the form is flipped. A flip that decodes to the same form is no forgery, so letters only."""
    at = dice.choice(
        [at for at, byte in enumerate(BODY) if chr(byte).isalpha() and BODY[at - 2 : at - 1] != b"%"]
    )
    body = bytearray(BODY)
    body[at] ^= 1 << dice.randrange(5)
    if body[at : at + 1] in (b"%", b"&", b"=", b"+"):
        body[at] = ord("~")
    return PATH, bytes(body), {"X-Twilio-Signature": SIGNATURE}


def bit_in_signature(dice: random.Random) -> Forged:
    at = dice.randrange(len(SIGNATURE) - 2)
    other = dice.choice([c for c in "ABCDEFGHabcdefgh01234567+/" if c != SIGNATURE[at]])
    return PATH, BODY, {"X-Twilio-Signature": SIGNATURE[:at] + other + SIGNATURE[at + 1 :]}


def parameter(dice: random.Random) -> Forged:
    """A value changed, a parameter added, dropped or doubled."""
    form = dict(FORM)
    name = dice.choice(list(form))
    match dice.randrange(4):
        case 0:
            form[name] += dice.choice("x0é\0\n")
        case 1:
            form[f"Extra{dice.randrange(99)}"] = "1"
        case 2 if form[name]:
            del form[name]
        case _:
            return PATH, BODY + b"&" + urlencode({name: "other"}).encode(), {"X-Twilio-Signature": SIGNATURE}
    return PATH, urlencode(form).encode(), {"X-Twilio-Signature": SIGNATURE}


def address(dice: random.Random) -> Forged:
    """Signed for another scheme, host, port and path, or posted elsewhere."""
    scheme, host = (
        dice.choice(["http", "https"]),
        dice.choice(["desk.example.com", "evil", "desk.example.org.evil"]),
    )
    url = f"{scheme}://{host}{PATH}{dice.choice(['', '/', '?', '?a=1'])}"
    return (
        PATH,
        BODY,
        {"X-Twilio-Signature": sign(url, FORM), "Host": host, "X-Forwarded-Host": "desk.example.org"},
    )


def query(dice: random.Random) -> Forged:
    return f"{PATH}?{dice.choice('abc')}={dice.randrange(999)}", BODY, {"X-Twilio-Signature": SIGNATURE}


def no_signature(dice: random.Random) -> Forged:
    return PATH, BODY, dice.choice([{}, {"X-Twilio-Signature": ""}, {"x-twilio-signatures": SIGNATURE}])


def other_format(dice: random.Random) -> Forged:
    kind = dice.choice(["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
    path = dice.choice([PATH, f"{PATH}?bodySHA256=", f"{PATH}?bodySHA256={'0' * 64}"])
    return path, json.dumps(FORM).encode(), {"X-Twilio-Signature": SIGNATURE, "Content-Type": kind}


def shared_key(dice: random.Random) -> Forged:
    settings = f"key=webhooks_sharedkey_{dice.randrange(99)},algorithm=HMAC_SHA256"
    return PATH, BODY, {"X-Twilio-Signature": SIGNATURE, "X-Twilio-Webhooks-Signature-Settings": settings}


def other_account(dice: random.Random) -> Forged:
    """Properly signed with our token, for an account or a number that is not ours."""
    changes = dice.choice(
        [{"AccountSid": f"AC{dice.randrange(16**32):032x}"}, {"To": f"whatsapp:+1{dice.randrange(10**9):09}"}]
    )
    form = FORM | changes
    return PATH, urlencode(form).encode(), {"X-Twilio-Signature": sign(PUBLIC_URL + PATH, form)}


def respliced(dice: random.Random) -> Forged:
    """The signed characters, cut into other parameters: a neighbour is swallowed, or an id given an end."""
    names = sorted(FORM)
    at = dice.choice(
        [
            at
            for at, name in enumerate(names[:-1])
            if name in ("AccountSid", "From", "MessageSid", "To", "SmsSid", "SmsMessageSid")
        ]
    )
    form = dict(FORM)
    form[names[at]] += names[at + 1] + form.pop(names[at + 1])
    assert sign(PUBLIC_URL + PATH, form) == SIGNATURE
    return PATH, urlencode(form).encode(), {"X-Twilio-Signature": SIGNATURE}


def new_id(dice: random.Random) -> Forged:
    """Replayed under a new id."""
    sid = f"MM{dice.randrange(16**32):032x}"
    form = FORM | {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid}
    return PATH, urlencode(form).encode(), {"X-Twilio-Signature": SIGNATURE}


def receipt(dice: random.Random) -> Forged:
    """A receipt with our account's signature but without our mark."""
    form = payload("whatsapp/status_delivered")
    path = f"{PATH}/status?o=c0ffee.{dice.randrange(99)}.1&h={dice.randrange(16**16):x}"
    return path, urlencode(form).encode(), {"X-Twilio-Signature": sign(PUBLIC_URL + path, form)}


def telegram_secret(dice: random.Random) -> Forged:
    at = dice.randrange(len(SECRET))
    secret = dice.choice(
        [None, "", SECRET[:at], SECRET + "x", SECRET[:at] + "~" + SECRET[at + 1 :], SECRET.upper()]
    )
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    return "/webhooks/telegram", UPDATE, headers


WAYS: list[Callable[[random.Random], Forged]] = [
    bit_in_body, bit_in_signature, parameter, address, query, no_signature, other_format, shared_key,
    other_account, respliced, new_id, receipt, telegram_secret,
]  # fmt: skip


def test_ten_thousand_forgeries_and_none_accepted(client: FlaskClient, desk: RememberingDesk) -> None:
    dice, took = random.Random(20261121), []
    for number in range(FORGERIES):
        way = WAYS[number % len(WAYS)]
        path, body, headers = way(dice)
        headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        started = time.thread_time()
        answer = client.post(path, data=body, headers=headers)
        took.append(time.thread_time() - started)
        assert answer.status_code in (400, 403), f"{way.__name__}: {answer.status_code}, {body!r}, {headers}"
        assert desk.is_untouched, way.__name__
    assert sorted(took)[int(FORGERIES * 0.99)] <= 0.05


def test_the_unforged_ones_do_get_in(client: FlaskClient, desk: RememberingDesk) -> None:
    headers = {"X-Twilio-Signature": SIGNATURE, "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(PATH, data=BODY, headers=headers).status_code == 200
    secret = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    assert client.post("/webhooks/telegram", data=UPDATE, headers=secret).status_code == 200
    assert len(desk.received) == 2
