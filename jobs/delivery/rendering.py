"""Renders an outbox entry for its channel: text in the recipient's language, files with their links."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from bot.messages.outgoing import Attachment
from bot.messages.thread import OutboxEntry
from bot.policy.whatsapp_section import WhatsAppSettings
from channels.outgoing import Choice, ChoiceTemplate, File, RenderedMessage, Template
from channels.signed_links import LinkedFile, SignedLinks
from i18n.render import render_outgoing
from jobs.delivery.switch_links import SwitchLinkRenderer
from store.media_folder import MediaFolder


class Renderer:
    """Renders entries just before they're sent, so that “today” is right."""

    def __init__(
        self,
        zone: tzinfo,
        media: MediaFolder,
        links: SignedLinks,
        whatsapp: WhatsAppSettings,
        clock: Callable[[], datetime],
        find: Callable[[str], OutboxEntry | None],
        link_renderer: SwitchLinkRenderer,
    ) -> None:
        self._zone, self._media, self._links, self._clock = zone, media, links, clock
        self._whatsapp, self._find, self._link_renderer = whatsapp, find, link_renderer

    def render(self, entry: OutboxEntry) -> RenderedMessage:
        """The message as its recipient sees it."""
        way = self._link_renderer.render(entry) if entry.passage else None
        said = way.outgoing if way else entry.outgoing
        outgoing = render_outgoing(said, entry.locale or "en", self._zone, self._clock())
        text = "\n".join(str(line) for line in outgoing.lines)
        if entry.approved:
            return RenderedMessage(
                template=Template(entry.approved.content_sid, entry.approved.variables, text)
            )
        return RenderedMessage(
            text=text,
            options=tuple(
                Choice(o.payload, str(o.label), str(o.description), way.url if way else "")
                for o in outgoing.options
            ),
            choice_template=self._choice_form(entry),
            files=tuple(self._file(file) for file in outgoing.attachments),
            quoted_id=outgoing.quoted_id,
            edits_id=self._name_of(outgoing.edits) if outgoing.lines else "",
            deletes=() if outgoing.lines else self._names_of(outgoing.edits),
        )

    def _name_of(self, entry_id: str) -> str:
        """The channel's id of a message; "" if the channel never accepted it, so that an edit is sent as new."""
        entry = self._find(entry_id) if entry_id else None
        return next(filter(None, entry.external_ids), "") if entry else ""

    def _names_of(self, entry_ids: str) -> tuple[str, ...]:
        """The channel's ids of everything that it shows of these messages."""
        entries = filter(None, map(self._find, entry_ids.split()))
        shown = (name for entry in entries for name in (*entry.external_ids, *entry.also_ids) if name)
        return tuple(dict.fromkeys(shown))

    def _choice_form(self, entry: OutboxEntry) -> ChoiceTemplate | None:
        """The template for this many choices, unless it was refused before."""
        count = len(entry.outgoing.options)
        if not count or entry.is_plain or entry.address.channel != "whatsapp":
            return None
        found = self._whatsapp.choice_template(count, entry.locale)
        return ChoiceTemplate(*found) if found else None

    def _file(self, file: Attachment) -> File:
        linked = LinkedFile(file.file_id, file.media_type, file.name)
        return File(
            kind=file.kind,
            media_type=file.media_type,
            name=file.name,
            path=self._media.path(file.file_id),
            url=self._links.file_url(linked),
            size=file.size or 0,
        )
