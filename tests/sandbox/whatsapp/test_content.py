"""Content templates: quick replies and lists, made by the SDK and tapped on the phone."""

import json

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from sandbox.control_client import ControlError, Phone, Sandbox
from sandbox.whatsapp.ready import default_templates
from tests.fixtures.provider_sdks import SENDER, number_of
from tests.fixtures.provider_webhooks import ProviderWebhooks

QUICK = {
    "friendly_name": "waiting",
    "language": "fr",
    "types": {
        "twilio/quick-reply": {
            "body": "Une réponse vous attend sur la demande {{1}}.",
            "actions": [{"title": "Lire", "id": "read"}, {"title": "Plus tard", "id": "later"}],
        }
    },
}
LIST = {
    "friendly_name": "parts",
    "language": "fr",
    "types": {
        "twilio/list-picker": {
            "body": "Quelle partie ?",
            "button": "Choisir",
            "items": [{"item": "Factures", "id": "bills", "description": "Paiements"}],
        }
    },
}


def make(sandbox: Sandbox, twilio: Client, template: dict[str, object]) -> str:
    answer = twilio.request("POST", "https://content.twilio.com/v1/Content", data=template, headers=JSON)
    return str(json.loads(answer.text)["sid"])


JSON = {"Content-Type": "application/json"}


def send(twilio: Client, phone: Phone, sid: str, **more: str) -> str:
    return str(twilio.messages.create(to=number_of(phone), from_=SENDER, content_sid=sid, **more).sid)


def test_a_tapped_quick_reply_comes_back_with_its_payload(
    sandbox: Sandbox, twilio: Client, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.say("bonjour")
    sent = send(twilio, camille, make(sandbox, twilio, QUICK), content_variables='{"1": "K4-217"}')
    sandbox.settle()
    shown = camille.messages()[-1]
    assert shown["text"] == "Une réponse vous attend sur la demande K4-217."
    camille.press(shown["id"], "Lire")
    form = desk.messages[-1]
    assert (form["Body"], form["ButtonText"], form["ButtonPayload"]) == ("Lire", "Lire", "read")
    assert form["OriginalRepliedMessageSid"] == sent


def test_a_chosen_list_row_comes_back_with_its_id(
    sandbox: Sandbox, twilio: Client, camille: Phone, desk: ProviderWebhooks
) -> None:
    camille.say("bonjour")
    send(twilio, camille, make(sandbox, twilio, LIST))
    sandbox.settle()
    camille.press(camille.messages()[-1]["id"], "bills")
    form = desk.messages[-1]
    assert (form["ListId"], form["ListTitle"], form["MessageType"]) == ("bills", "Factures", "interactive")


def test_only_an_approved_template_passes_a_closed_window(
    sandbox: Sandbox, twilio: Client, camille: Phone
) -> None:
    camille.say("bonjour")
    camille.change(window_closed=True)
    template = make(sandbox, twilio, QUICK)
    early = send(twilio, camille, template, content_variables='{"1": "K4-217"}')
    url = f"https://content.twilio.com/v1/Content/{template}/ApprovalRequests/whatsapp"
    twilio.request("POST", url, data={"name": "waiting", "category": "UTILITY"}, headers=JSON)
    late = send(twilio, camille, template, content_variables='{"1": "K4-217"}')
    sandbox.settle()
    assert twilio.messages(early).fetch().error_code == 63016
    assert twilio.messages(late).fetch().status == "delivered"
    assert twilio.content.v1.contents(template).approval_fetch().fetch().whatsapp["status"] == "approved"


def test_a_list_is_never_approved(sandbox: Sandbox, twilio: Client) -> None:
    template = make(sandbox, twilio, LIST)
    url = f"https://content.twilio.com/v1/Content/{template}/ApprovalRequests/whatsapp"
    twilio.request("POST", url, data={"name": "parts", "category": "UTILITY"}, headers=JSON)
    assert twilio.content.v1.contents(template).approval_fetch().fetch().whatsapp["status"] == "rejected"


def test_a_missing_variable_fails_by_receipt_and_a_malformed_one_at_once(
    sandbox: Sandbox, twilio: Client, camille: Phone
) -> None:
    camille.say("bonjour")
    template = make(sandbox, twilio, QUICK)
    missing = send(twilio, camille, template)
    sandbox.settle()
    assert twilio.messages(missing).fetch().error_code == 63028
    with pytest.raises(TwilioRestException) as refused:
        send(twilio, camille, template, content_variables="K4-217")
    assert refused.value.code == 21656


@pytest.mark.parametrize(
    "part",
    [
        {"actions": [{"title": "x" * 21, "id": "a"}]},
        {"actions": []},
        {"actions": [{"title": str(n), "id": str(n)} for n in range(11)]},
        {"body": "x" * 1025},
    ],
)
def test_a_template_beyond_the_limits_is_refused(
    sandbox: Sandbox, twilio: Client, part: dict[str, object]
) -> None:
    content = {**QUICK["types"]["twilio/quick-reply"], **part}
    template = {**QUICK, "types": {"twilio/quick-reply": content}}
    answer = twilio.request("POST", "https://content.twilio.com/v1/Content", data=template, headers=JSON)
    assert (answer.status_code, '"code": 20001' in answer.text) == (400, True)


def test_a_button_that_is_not_there_cannot_be_pressed(
    sandbox: Sandbox, twilio: Client, camille: Phone
) -> None:
    camille.say("bonjour")
    send(twilio, camille, make(sandbox, twilio, LIST))
    sandbox.settle()
    with pytest.raises(ControlError, match="there is no button"):
        camille.press(camille.messages()[-1]["id"], "Autre")


@pytest.mark.parametrize("sid", sorted(default_templates()))
def test_the_templates_of_the_demo_go_outside_the_window(
    sandbox: Sandbox, twilio: Client, camille: Phone, sid: str
) -> None:
    camille.say("bonjour")
    camille.change(window_closed=True)
    twilio.messages.create(
        to=number_of(camille), from_=SENDER, content_sid=sid, content_variables='{"1": "K4-217"}'
    )
    sandbox.settle()
    shown = camille.messages()[-1]
    assert "#K4-217" in shown["text"]
    assert shown["buttons"][0][0]["id"] == "write_again"
