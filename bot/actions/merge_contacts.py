"""Merges two contacts that turn out to be one person. Pure.

The contact that stays keeps its id; the other's tickets keep theirs, and are listed with its own.
"""

from bot.model.conversation import Conversation, Detail, MergedContact, Stage, TicketSummary, recent_summaries

_DIALOGUE = (
    "stage", "asking", "is_changing", "misses", "asked_again", "trail", "weighed", "paused_stage",
    "paused_asking", "answers", "is_reminded", "remind_at", "second_request", "held", "draft_id", "funnel",
)  # fmt: skip
_ACCOUNT = ("account_id", "account_proof", "plan", "is_vip")


def merge_conversations(stays: Conversation, goes: Conversation) -> Conversation:
    """One conversation that keeps everything said, asked or open in either."""
    heads = (*goes.tickets, *stays.tickets)
    return _merged_dialogue(stays, goes).evolve(
        address=_latest(stays, goes).address,
        addresses=tuple(dict.fromkeys((*goes.addresses, goes.address, *stays.addresses, stays.address))),
        remembered={**goes.remembered, **stays.remembered},
        profile_name=stays.profile_name or goes.profile_name,
        secret_ids=tuple(dict.fromkeys((*goes.secret_ids, *stays.secret_ids))),
        tickets=heads,
        archived=recent_summaries((*goes.archived, *stays.archived)),
        notified=(*goes.notified, *stays.notified),
        erasure=stays.erasure or goes.erasure,
        ticket_id=_current(stays, goes),
        last_inbound_at=_latest(stays, goes).last_inbound_at,
        formerly=(*stays.formerly, *goes.formerly, MergedContact(goes.contact_id, goes.ticket_count)),
        **_language(stays, goes),
        **_taken(stays if stays.account_id else goes, _ACCOUNT),
    )


def draft_move(stays: Conversation, goes: Conversation) -> tuple[str, str] | None:
    """If both were in the middle of a request: move the first thread's entries to the second."""
    if not (stays.draft_id and goes.draft_id):
        return None
    return goes.draft_id, stays.draft_id


def _merged_dialogue(stays: Conversation, goes: Conversation) -> Conversation:
    """The dialogue in progress; if both have one, the other's answers are added to it."""
    if stays.draft_id and goes.draft_id:
        return stays.evolve(answers=_merged_answers(stays, goes), held=f"{goes.held}\n{stays.held}".strip())
    is_idle = stays.stage is Stage.IDLE and not stays.draft_id
    return stays.evolve(**_taken(goes, _DIALOGUE)) if is_idle else stays


def _merged_answers(stays: Conversation, goes: Conversation) -> dict[str, Detail]:
    answers = {**goes.answers, **stays.answers}
    for key in ("description", "attachments"):
        first, second = goes.answers.get(key, Detail()), stays.answers.get(key, Detail())
        words = f"{first.value}\n{second.value}".strip()
        if words or first.attachments or second.attachments:
            answers[key] = Detail(words, (*first.attachments, *second.attachments))
    return answers


def _language(stays: Conversation, goes: Conversation) -> dict[str, object]:
    """The language that was chosen, else the one that is known."""
    chosen = goes if goes.is_locale_chosen and not stays.is_locale_chosen else stays
    locale = chosen.locale or stays.locale or goes.locale
    return {"locale": locale, "is_locale_chosen": chosen.is_locale_chosen}


def _current(stays: Conversation, goes: Conversation) -> str:
    """The ticket that messages join: a live one if possible, preferably of the contact that stays."""
    heads: list[TicketSummary] = [head for head in (stays.current, goes.current) if head]
    live = next((head.ticket_id for head in heads if head.is_live), "")
    return live or stays.ticket_id or goes.ticket_id


def _latest(stays: Conversation, goes: Conversation) -> Conversation:
    if goes.last_inbound_at and (not stays.last_inbound_at or goes.last_inbound_at > stays.last_inbound_at):
        return goes
    return stays


def _taken(source: Conversation, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(source, name) for name in names}
