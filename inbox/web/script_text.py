"""Texts that our scripts show, by key; translated here, not in the browser.

A pair is a singular and a plural; `%(count)s` chooses between them.
"""

from collections.abc import Mapping

from inbox.web.locale import gettext, ngettext
from inbox.web.translation_marks import N_, N_n

Texts = dict[str, str | list[str]]

VIEWS = {
    "view_mine": N_("Mine"),
    "view_unassigned": N_("Unassigned"),
    "view_open": N_("All open"),
    "view_waiting": N_("Waiting"),
    "view_overdue": N_("Overdue"),
    "view_solved": N_("Solved"),
    "empty_mine": N_("Nothing is assigned to you right now. Open a request and press c to claim it."),
    "empty_unassigned": N_("Every open request is assigned."),
    "empty_open": N_("No open requests. They appear here as soon as a customer has confirmed one."),
    "empty_waiting": N_("No request is waiting on a customer."),
    "empty_overdue": N_("Nothing is overdue."),
    "empty_solved": N_("Nothing has been solved yet."),
    "to_the_phones": N_("Write one yourself, from the phones"),
    "looking": N_("Looking…"),
    "nothing_found": N_("Nothing found."),
    "empty_filtered": N_("No request matches these filters."),
    "remove_filter": N_("Remove the filter %(name)s"),
    "by_due": N_("by due time"),
    "by_latest": N_("latest first"),
    "archive_away": N_(
        "The archive can’t be reached right now: requests closed long ago aren’t in this list."
    ),
    "list_trouble": N_("The list can’t be loaded right now."),
}

STATUSES = {
    "status_new": N_("new"),
    "status_open": N_("open"),
    "status_waiting": N_("waiting on the customer"),
    "status_resolved": N_("solved"),
    "status_closed": N_("closed"),
    "status_archived": N_("archived"),
}

TIME = {
    "today": N_("Today"),
    "yesterday": N_("Yesterday"),
    "yesterday_at": N_("yesterday %(time)s"),
    "tomorrow_at": N_("tomorrow %(time)s"),
    "under_a_minute": N_("under 1 min"),
    "minutes": N_("%(n)s min"),
    "hours": N_("%(n)s h"),
    "hours_minutes": N_("%(h)s h %(m)s"),
    "days": N_("%(n)s d"),
    "on_hold": N_("on hold"),
}

THREAD = {
    "unread": N_("unread"),
    "no_name": N_("No name yet"),
    "nobody": N_("Nobody"),
    "the_desk": N_("The desk"),
    "show": N_("show"),
    "hide": N_("hide"),
    "the_customer": N_("the customer"),
    "note_badge": N_("note, only for colleagues"),
    "forwarded": N_("Forwarded"),
    "from_an_ad": N_("Came from an advertisement: %(words)s"),
    "edited": N_("edited"),
    "a_file": N_("A file"),
    "trouble": N_("%(status)s: %(reason)s"),
    "try_again": N_("Try again"),
    "answer_first": N_("Your answer hasn’t gone out yet. Deal with it first."),
    "undo": N_("Undo"),
    "edit": N_("Edit"),
    "send_anyway": N_("Send anyway"),
    "taken_back": N_("Taken back"),
    "corrected": N_("corrected before it went out"),
    "solving": N_("solved: the customer is told in a moment"),
    "solve_unanswered": N_(
        "Nobody has answered this request yet. Solve it all the same? The customer is told that it’s solved."
    ),
    "solve_anyway": N_("Solve anyway"),
    "sending": N_("Sending…"),
    "sends_when_back": N_("The server can’t be reached; this goes out as soon as it’s back."),
    "is_typing": N_("%(name)s is typing…"),
    "is_here": N_("%(name)s is looking at this too"),
    "wrote": N_("%(name)s wrote: %(text)s"),
    "file_image": N_("Image"),
    "file_audio": N_("Voice message"),
    "file_video": N_("Video"),
    "file_document": N_("Document"),
    "file_sticker": N_("Sticker"),
    "being_fetched": N_("being fetched…"),
    "problem_too_big": N_("too big"),
    "problem_type_refused": N_("this type of file isn’t accepted"),
    "problem_gone": N_("no longer there"),
    "kind_text": N_("An empty message"),
    "kind_choice": N_("A choice"),
    "kind_media": N_("A file"),
    "kind_sticker": N_("A sticker"),
    "kind_reaction": N_("A reaction"),
    "kind_location": N_("A place"),
    "kind_contact": N_("A contact card"),
    "kind_other": N_("Something this page can’t show"),
}

COMPOSER = {
    "mode_reply": N_("Reply to the customer"),
    "mode_note": N_("Note for colleagues"),
    "mode_return": N_("Return for more information"),
    "placeholder_reply": N_("Write to %(name)s, in %(language)s…"),
    "placeholder_note": N_("Only your colleagues will read this…"),
    "placeholder_return": N_("What do you need from %(name)s? Ask in %(language)s…"),
    "send_reply": N_("Send"),
    "send_note": N_("Add note"),
    "send_return": N_("Return"),
    "writes_in": N_("writes in %(language)s"),
    "erasure_due": N_("They asked us to delete their data. Due: %(time)s"),
    "note_hint": N_("the customer never sees this"),
    "return_hint": N_("the clock stops until they answer"),
    "window_open": N_("WhatsApp window open until %(time)s"),
    "window_closed": N_(
        "WhatsApp window closed: your answer is kept until the customer writes again; nothing tells them of it"
    ),
    "window_closed_ready": N_(
        "WhatsApp window closed: your answer is kept, a template asks the customer to write, then it goes out"
    ),
    "window_closed_invited": N_(
        "WhatsApp window closed: your answer is kept; the customer was asked to write (%(time)s) and gets it then"
    ),
    "no_canned": N_("No canned replies yet. Write the first one"),
    "no_such_canned": N_("No canned reply of that name"),
    "remove": N_("Remove %(name)s"),
    "not_uploaded": N_("couldn’t be uploaded"),
    "problem_empty": N_("empty"),
    "file_in_the_way": N_("“%(name)s” can’t be sent (%(problem)s): remove it first."),
    "still_uploading": N_("A file is still being uploaded…"),
    "too_many_files": N_("At most %(count)s files can be sent at once."),
    "too_long": N_(
        "%(count)s characters: at most %(limit)s can be sent. Shorten it, or attach it as a file."
    ),
    "paste_cut": N_("You pasted %(count)s characters, but only %(limit)s fit here: the rest was left out."),
    "language_en": N_("English"),
    "language_fr": N_("French"),
    "language_es": N_("Spanish"),
}

DETAILS = {
    "request": N_("Request"),
    "priority": N_("Priority"),
    "assignee": N_("Who has it"),
    "category": N_("About"),
    "tags": N_("Tags"),
    "add_tag": N_("Add a tag"),
    "me": N_("%(name)s (you)"),
    "promises": N_("Promises"),
    "no_clock": N_("No clock runs: this gets a quote."),
    "no_promise": N_("None."),
    "met": N_("kept %(time)s"),
    "met_late": N_("late"),
    "overdue_since": N_("overdue since %(time)s"),
    "due_by": N_("by %(time)s"),
    "why": N_("Why?"),
    "why_title": N_("%(target)s: why by %(time)s"),
    "why_held": N_("%(target)s: on hold"),
    "why_promised": N_("Promised for priority %(priority)s: %(promised)s"),
    "why_from": N_("From %(time)s, in the desk’s time zone (%(zone)s)"),
    "why_sum": N_("Counted in all"),
    "why_so_far": N_("Counted so far"),
    "why_used": N_("%(used)s used, %(left)s left"),
    "why_met": N_("Given %(time)s, after %(used)s"),
    "why_each": N_("each time"),
    "why_more": N_("More stretches than can be shown; the sum counts them all."),
    "why_skipped": N_("not counted"),
    "window_closes": N_(
        "WhatsApp’s window closes %(time)s. Answer before then, or a template goes out instead."
    ),
    "window_closes_while_closed": N_(
        "WhatsApp’s window closes %(time)s, while the desk is closed. Answer before then, or a template goes out "
        "instead."
    ),
    "close": N_("Close"),
    "details": N_("Details"),
    "customer": N_("Customer"),
    "plan": N_("Plan: %(plan)s"),
    "mark_vip": N_("VIP"),
    "mark_emergency": N_("Emergency"),
    "mark_over_quota": N_("Past quota"),
    "quote": N_("Quote"),
    "quote_make": N_("Offer a price"),
    "quote_again": N_("Offer another price"),
    "quote_price": N_("Price"),
    "quote_terms": N_("Terms, in the customer’s language"),
    "quote_send": N_("Send the quote"),
    "quote_leave": N_("Leave it"),
    "quote_waiting": N_("waits for the customer’s answer"),
    "quote_accepted": N_("accepted %(time)s"),
    "quote_declined": N_("declined %(time)s"),
    "access": N_("Access to their services"),
    "access_ask": N_("Ask for access"),
    "access_asked": N_("Asked; no answer yet."),
    "access_until": N_("Granted until %(time)s"),
    "access_end": N_("End access"),
    "offer_telegram": N_("Offer Telegram"),
    "offer_whatsapp": N_("Offer WhatsApp"),
    "other_requests": N_("Other requests"),
    "merge": N_("Merge into it"),
    "merge_aloud": N_("Merge this request into %(other)s"),
    "merge_title": N_("Merge %(number)s into %(other)s?"),
    "merge_text": N_(
        "%(number)s closes; its messages and promises continue in %(other)s. The customer is told. This "
        "can’t be undone."
    ),
    "cancel": N_("Cancel"),
}

ACTIONS = {
    "back": N_("Back to the list"),
    "claim": N_("Claim"),
    "hold": N_("Hold"),
    "release": N_("Take off hold"),
    "resolve": N_("Mark solved"),
    "reopen": N_("Open again"),
    "bring_back": N_("Bring back"),
    "archived_on": N_("Archived on %(date)s"),
    "archived_hint": N_("You can still read it. To continue it, bring it back."),
    "archived_part_hint": N_("It was merged into another request. You can still read it."),
    "rename": N_("Change the subject"),
    "done": N_("Done"),
    "unreachable": N_("The server can’t be reached. Please try again in a moment."),
    "offline": N_("offline, retrying"),
    "back_online": N_("Back online"),
}

PLURALS = {
    "newer": N_n("%(count)s new", "%(count)s new"),
    "list_cut": N_n(
        "Only the first %(count)s is shown: search or filter for the others.",
        "Only the first %(count)s are shown: search or filter for the others.",
    ),
    "found": N_n("%(count)s found", "%(count)s found"),
    "intake": N_n("Intake: %(count)s message", "Intake: %(count)s messages"),
    "earlier": N_n("%(count)s earlier line", "%(count)s earlier lines"),
}

ALL_TEXTS = VIEWS | STATUSES | TIME | THREAD | COMPOSER | DETAILS | ACTIONS


def page_texts() -> Texts:
    """All texts, in the language of this response."""
    return translate_texts(ALL_TEXTS, PLURALS)


def translate_texts(texts: Mapping[str, str], plurals: Mapping[str, tuple[str, str]]) -> Texts:
    """These texts in the language of this response."""
    words: Texts = {key: gettext(text) for key, text in texts.items()}
    for key, (one, many) in plurals.items():
        words[key] = [ngettext(one, many, 1), ngettext(one, many, 2)]
    return words
