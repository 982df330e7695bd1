"""The admin panel: the part of the Home tab from which owners run the programme, and its log of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.lists import format_list

from bot import ids
from bot.i18n import Texts
from bot.payloads import EmptyPayload, SetupFormName, SetupPayload
from bot.rules.roles import ProgrammeRight
from bot.text import isolate_bidi
from bot.views.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    escape_name,
    escape_user_text,
    header,
    modal,
    section,
)
from bot.views.dates import format_local_datetime
from bot.views.programme.segments import segment_label
from bot.views.programme.setup_forms import CHANNEL_FIELDS, country_name, weekday_names_by_code
from bot.views.waves.form import wave_panel_blocks
from db.models import Person
from db.models.programmes import AuditEntry, DirectorySync, Programme, Role, RoleHolder
from db.models.waves import StoredWave

MAX_MENTIONS = 12
"""The most people of one role on the tab; the form lists them all."""


@dataclass(frozen=True)
class AdminPanelModel:
    """The model of the panel."""

    person: Person
    bot_user_id: str
    right: ProgrammeRight
    programme: Programme | None = None
    holders: tuple[RoleHolder, ...] = ()
    channel_states: Mapping[str, str] = field(default_factory=dict)
    """The state of each channel that is set, by its id."""
    latest_sync: DirectorySync | None = None
    waves: tuple[StoredWave, ...] = ()
    today: date = date.min
    """The date in the programme's time zone."""

    @property
    def is_ready(self) -> bool:
        """Whether the programme is set up and this person runs it."""
        return self.right is ProgrammeRight.RUN and self.programme is not None

    def user_ids_with(self, role: Role) -> tuple[str, ...]:
        """Return the ids of the holders of a role."""
        return tuple(holder.user_id for holder in self.holders if holder.role is role)


def admin_panel_blocks(model: AdminPanelModel, texts: Texts) -> list[Block]:
    """Return the panel on the Home tab: an offer to set up, or all settings."""
    if not model.is_ready or model.programme is None:
        return _setup_offer_blocks(model, texts)
    return [
        divider(),
        header(texts.label("desk-title")),
        *wave_panel_blocks(model.waves, model.programme, model.person, texts, today=model.today),
        _settings_section("company", _company_text(model.programme, texts), texts),
        _settings_section("people", _people_text(model, texts), texts),
        _settings_section("channels", _channels_text(model, model.programme, texts), texts),
        _settings_section("times", _times_text(model.programme, texts), texts),
        section(
            texts.say("desk-reading-title")
            + "\n"
            + directory_sync_text(model.latest_sync, model.person, texts)
        ),
        *actions(
            [
                button(texts.label("desk-delivery"), ids.DELIVERY_READ, EmptyPayload()),
                button(texts.label("desk-log"), ids.PROGRAMME_LOG, EmptyPayload()),
            ]
        ),
    ]


def directory_sync_text(latest: DirectorySync | None, person: Person, texts: Texts) -> str:
    """Return the state of the directory sync from Slack."""
    if latest is None:
        return texts.say("desk-reading-none")
    if latest.done_at is None:
        return texts.say("desk-reading-going", n=latest.people)
    at = format_local_datetime(latest.done_at, texts, person.tz)
    if latest.problem:
        return texts.say("desk-reading-failed", at=at, error=escape_user_text(latest.problem))
    return texts.say("desk-reading-done", n=latest.people, at=at)


def audit_log_modal(lines: tuple[AuditEntry, ...], person: Person, texts: Texts) -> Block:
    """Return the latest changes with their authors."""
    blocks = [context(texts.say("log-about" if lines else "log-none"))]
    blocks += [
        section("\n".join(_audit_line_text(line, person, texts) for line in lines[n : n + 10]))
        for n in range(0, len(lines), 10)
    ]
    return modal(texts.label("log-title"), blocks, texts.label("modal-close"))


def _setup_offer_blocks(model: AdminPanelModel, texts: Texts) -> list[Block]:
    left = any(holder.role is Role.OWNER for holder in model.holders)
    why = (
        "owner"
        if model.right is ProgrammeRight.RUN
        else "left"
        if left
        else "unfinished"
        if model.programme
        else "new"
    )
    begin = button(
        texts.label("desk-set-up"),
        ids.PROGRAMME_OPEN,
        SetupPayload("company", is_first=True),
        "primary",
    )
    return [
        section(f"*{texts.say('desk-title')}*\n{texts.say('desk-offer', why=why)}"),
        *actions([begin]),
        divider(),
    ]


def _settings_section(form: SetupFormName, sentence: str, texts: Texts) -> Block:
    change = button(texts.label("desk-change"), ids.PROGRAMME_OPEN, SetupPayload(form), unique_key=form)
    return section(f"*{texts.say(f'set-{form}-title')}*\n{sentence}", change)


def _company_text(programme: Programme, texts: Texts) -> str:
    names = [isolate_bidi(escape_name(name)) for name in programme.company_names[1:]]
    sentence = texts.say(
        "desk-company",
        company=escape_name(programme.company),
        n=len(names),
        aliases=format_list(names, locale=texts.locale),
    )
    segments = {
        name: escape_name(segment_label(name, programme.segment_names, texts)) for name in ("tech", "gtm")
    }
    return f"{sentence}\n{texts.say('desk-segments', **segments)}"


def _people_text(model: AdminPanelModel, texts: Texts) -> str:
    return "\n".join(
        texts.say("desk-role", role=str(role), people=_joined_mentions(model.user_ids_with(role), texts))
        for role in Role
    )


def _joined_mentions(users: tuple[str, ...], texts: Texts) -> str:
    if not users:
        return texts.say("desk-nobody")
    names = [f"<@{user}>" for user in users[:MAX_MENTIONS]]
    names += [texts.say("desk-more", n=len(users) - MAX_MENTIONS)] if len(users) > MAX_MENTIONS else []
    return format_list(names, locale=texts.locale)


def _channels_text(model: AdminPanelModel, programme: Programme, texts: Texts) -> str:
    lines = []
    for name in CHANNEL_FIELDS:
        channel = getattr(programme, name)
        state = model.channel_states.get(channel, "unknown") if channel else "none"
        shown = f"<#{channel}>"
        lines.append(
            texts.say("channel-state", what=name, state=state, channel=shown, bot=f"<@{model.bot_user_id}>")
        )
    return "\n".join(lines)


def _times_text(programme: Programme, texts: Texts) -> str:
    names = weekday_names_by_code(texts)
    worked = [names[day] for day in programme.week.split()]
    return texts.say(
        "desk-times",
        days=format_list(worked, locale=texts.locale),
        opens=programme.opens,
        closes=programme.closes,
        country=country_name(programme.country, texts) or texts.label("desk-no-country"),
        zone=escape_user_text(programme.tz),
        language=programme.language,
    )


def _audit_line_text(line: AuditEntry, person: Person, texts: Texts) -> str:
    by_itself = (line.action, line.about) == ("halted", "opt_outs")  # an invitation may be called that, too
    nobody = "log-itself" if by_itself else "log-nobody"
    who = f"<@{line.actor}>" if line.actor else texts.say(nobody)
    target = f"<@{line.target}>" if line.target else texts.say("log-somebody")
    about, name = line.about.partition(" ")[0], escape_name(line.about)
    what = texts.say(f"log-{line.action}", about=about, name=name, whom=target)
    return "• " + texts.say(
        "log-line", at=format_local_datetime(line.created_at, texts, person.tz), who=who, what=what
    )
