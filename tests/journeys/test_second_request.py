"""Customers with two problems in one message, in three languages on both channels."""

import pytest

from tests.fixtures.customer import NAMES, STORY, Customer
from tests.fixtures.sandbox_desk import SandboxDesk

SECOND = {
    "en": "Also can you create a login for our new colleague Maya",
    "fr": "Aussi, pouvez-vous créer un compte pour notre nouvelle collègue Maya",
    "es": "También necesitamos crear un usuario para nuestra compañera Maya",
}
SEND = {"en": "send it", "fr": "envoyez", "es": "envíela"}
YES = {"en": "yes please", "fr": "oui merci", "es": "sí, por favor"}


@pytest.mark.parametrize(("locale", "channel"), [("en", "telegram"), ("fr", "whatsapp"), ("es", "telegram")])
def test_the_second_is_offered_and_opened_with_its_words(
    desk: SandboxDesk, locale: str, channel: str
) -> None:
    customer = Customer(desk, locale, channel)
    for words in (f"{STORY[locale]}. {SECOND[locale]}", "Acme", "3"):
        customer.say(words)
    told = customer.say(SEND[locale])
    assert SECOND[locale] in told
    assert len(customer.conversation.tickets) == 1
    customer.say(YES[locale])
    draft = customer.conversation
    assert draft.answers["description"].value == SECOND[locale]
    assert NAMES[locale] in (draft.remembered.get("name"), draft.profile_name)
    for words in ("3", SEND[locale]):
        if customer.conversation.draft_id:
            customer.say(words)
    assert len(customer.conversation.tickets) == 2
