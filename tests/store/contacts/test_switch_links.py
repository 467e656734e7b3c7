"""Ways to another channel as they are kept: found by a digest, open for a while, for one address."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound, SwitchLink, SwitchLinkProblem
from bot.model.switch_links import CODE_ALPHABET, VALID_FOR, format_code
from store import keys
from store.contacts.switch_links import SwitchLinks

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
PHONE, CHAT = Address("whatsapp", "+447700900123"), Address("telegram", "42")
PLACES = {"whatsapp": "+15005550006", "telegram": ""}
SECRET = "a secret of the tests, thirty-two characters long"
OWNER = make_contact_id(PHONE)
OFFER = SwitchLink(f"{OWNER}.3.1", OWNER, PHONE, "telegram", f"{OWNER}-1", "fr")
BACK = SwitchLink(f"{OWNER}.4.1", OWNER, CHAT, "whatsapp", f"{OWNER}-1", "fr")


@pytest.fixture
def passages(redis: Redis) -> SwitchLinks:
    redis.hset(keys.contact(OWNER), "c", "{}")
    return SwitchLinks(redis, SECRET, PLACES, lambda: AT)


def opened(passages: SwitchLinks, address: Address = CHAT, at: datetime = AT, name: str = "1") -> Inbound:
    return Inbound(name, address, at, text=f"/start move-{passages.secret(OFFER.name, 'telegram')}")


def written(passages: SwitchLinks, address: Address = PHONE, name: str = "1") -> Inbound:
    return Inbound(name, address, AT, text=format_code(passages.secret(BACK.name, "whatsapp")))


def test_the_link_opens_what_was_offered(passages: SwitchLinks) -> None:
    passages.offer(OFFER, AT)
    assert passages.claim(opened(passages)) == OFFER


def test_the_code_opens_what_was_offered(passages: SwitchLinks) -> None:
    passages.offer(BACK, AT)
    assert passages.claim(written(passages)) == BACK


def test_other_words_are_not_looked_at(passages: SwitchLinks, redis: Redis) -> None:
    before = redis.info("commandstats")
    assert passages.claim(Inbound("1", CHAT, AT, text="hello there")) is None
    assert passages.claim(Inbound("1", PHONE, AT, text="hello there")) is None
    after = redis.info("commandstats")
    assert {k: v["calls"] for k, v in after.items() if k != "cmdstat_info"} == {
        k: v["calls"] for k, v in before.items() if k != "cmdstat_info"
    }


def test_it_is_open_until_the_last_instant_and_not_at_its_end(passages: SwitchLinks) -> None:
    passages.offer(OFFER, AT)
    assert passages.claim(opened(passages, at=AT + VALID_FOR)) is SwitchLinkProblem.OVER
    in_time = opened(passages, at=AT + VALID_FOR - timedelta(milliseconds=1))
    assert passages.claim(in_time) == OFFER


def test_offered_again_by_a_unit_that_ran_twice_it_is_the_same_and_no_longer_open(
    passages: SwitchLinks,
) -> None:
    passages.offer(OFFER, AT)
    passages.offer(OFFER, AT + timedelta(minutes=20))
    assert passages.claim(opened(passages, at=AT + timedelta(minutes=35))) is SwitchLinkProblem.OVER


def test_of_many_at_once_one_address_comes_through(passages: SwitchLinks) -> None:
    passages.offer(OFFER, AT)
    crowd = [opened(passages, Address("telegram", str(n)), name=str(n)) for n in range(30)]
    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(passages.claim, crowd))
    assert [each for each in found if each is not SwitchLinkProblem.OVER] == [OFFER]


def test_the_same_message_again_is_let_through_again_and_another_one_confirms(passages: SwitchLinks) -> None:
    passages.offer(OFFER, AT)
    assert passages.claim(opened(passages)) == OFFER
    assert passages.claim(opened(passages)) == OFFER
    late = opened(passages, at=AT + timedelta(hours=20), name="2")
    assert passages.claim(late) == replace(OFFER, is_confirmed=True)


def test_an_offer_of_somebody_who_was_erased_opens_nothing(passages: SwitchLinks, redis: Redis) -> None:
    passages.offer(OFFER, AT)
    redis.delete(keys.contact(OWNER))
    assert passages.claim(opened(passages)) is SwitchLinkProblem.OVER


def test_an_offer_of_somebody_who_was_merged_is_good(passages: SwitchLinks, redis: Redis) -> None:
    passages.offer(OFFER, AT)
    redis.delete(keys.contact(OWNER))
    redis.set(keys.alias(OWNER), "0ther")
    redis.hset(keys.contact("0ther"), "c", "{}")
    assert passages.claim(opened(passages)) == OFFER


def test_a_link_never_offered_is_signed_in_vain(passages: SwitchLinks) -> None:
    assert passages.claim(opened(passages)) is SwitchLinkProblem.OVER


def test_the_store_does_not_hold_what_opens(passages: SwitchLinks, redis: Redis) -> None:
    passages.offer(OFFER, AT)
    passages.offer(BACK, AT)
    kept = b"".join(key + (redis.dump(key) or b"") for key in redis.scan_iter())
    for offer in (OFFER, BACK):
        assert passages.secret(offer.name, offer.to).encode() not in kept


def test_all_of_it_is_gone_in_a_day(passages: SwitchLinks, redis: Redis) -> None:
    passages.offer(OFFER, AT)
    passages.claim(opened(passages))
    [key] = redis.keys("passage:*")
    assert 0 < redis.ttl(key) <= 24 * 3600


def test_another_secret_key_makes_other_links_and_codes(passages: SwitchLinks, redis: Redis) -> None:
    other = SwitchLinks(redis, SECRET + "!", PLACES, lambda: AT)
    for channel in PLACES:
        assert other.secret("a.1.1", channel) != passages.secret("a.1.1", channel)


def test_a_start_parameter_is_one_that_telegram_takes(passages: SwitchLinks) -> None:
    """1 to 64 of A-Z, a-z, 0-9, _ and - (core.telegram.org/bots/features#deep-linking)."""
    for n in range(500):
        parameter = f"move-{passages.secret(f'a.{n}.1', 'telegram')}"
        assert len(parameter) <= 64
        assert parameter.replace("-", "").replace("_", "").isalnum()


def test_codes_are_readable_long_enough_and_all_different(passages: SwitchLinks) -> None:
    codes = [passages.secret(f"a.{n}.1", "whatsapp") for n in range(5000)]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 9 and any(sign.isdigit() for sign in code) for code in codes)
    assert set("".join(codes)) == set(CODE_ALPHABET)
    assert not set(CODE_ALPHABET) & set("O0I1BS5Z2")
    letters = len(CODE_ALPHABET) - sum(sign.isdigit() for sign in CODE_ALPHABET)
    assert len(CODE_ALPHABET) ** 9 - letters**9 >= 2**40


def test_of_one_phone_ten_wrong_codes_are_looked_at_and_another_phone_is_free(passages: SwitchLinks) -> None:
    passages.offer(BACK, AT)
    for n in range(10):
        wrong = Inbound(str(n), PHONE, AT, text=format_code(f"7{'ACDEFGHJKL'[n]}AAAAAAA"))
        assert passages.claim(wrong) is SwitchLinkProblem.UNKNOWN
    assert passages.claim(written(passages)) is SwitchLinkProblem.TOO_OFTEN
    assert passages.claim(written(passages, Address("whatsapp", "+33600000000"))) == BACK


def test_a_right_code_is_no_guess(passages: SwitchLinks) -> None:
    passages.offer(BACK, AT)
    for n in range(30):
        assert isinstance(passages.claim(written(passages, name=str(n))), SwitchLink)
