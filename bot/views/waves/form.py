"""Inviting people: the form for a wave, and the waves on the Home tab of those who run the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import ids
from bot.i18n import Texts
from bot.ids import Carried
from bot.views.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    field,
    modal,
    named,
    plain,
    section,
    text_input,
)
from bot.views.dates import moment, on
from bot.views.programme.segments import segment_label
from db.models import Person
from db.models.programmes import Programme
from db.models.waves import Member, StoredWave

NAME, GREETING, GREETING_LINES = 60, 300, 2
SHOWN = 3
"""Waves on the tab, the latest first."""
TEAMS = 100
"""As many options as Slack takes."""
_OPTION = 75
EXECUTIVES = "executives"
OFF = "off"
"""The field in which those stand who are taken off."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the form: the names of the segments and of the teams on the people list."""

    segments: Mapping[str, str]
    teams: tuple[str, ...]
    opens_on: date
    """Where the calendar stands for a new wave."""


def segment_names(programme: Programme, texts: Texts) -> dict[str, str]:
    """What the segments are called, in the reader's language."""
    return {name: segment_label(name, programme.segments, texts) for name in ("tech", "gtm")}


def form(wave: StoredWave | None, members: tuple[Member, ...], choices: Choices, texts: Texts) -> Block:
    """The form for a wave: its name, whom, whom not, from when, and the owner's own lines."""
    named = {part: [m.member for m in members if m.part == part and m.member] for part in _NAMED}
    blocks = [
        context(texts.say("wave-about")),
        text_input(
            "name",
            texts.label("wave-name"),
            wave.name if wave else "",
            hint=texts.label("wave-name-hint"),
            multiline=False,
            focus=True,
            most=NAME,
        ),
        field("whom", texts.label("wave-whom"), _whom(wave, choices, texts), optional=True),
        *_teams(wave, choices, texts),
        _people("chosen", texts.label("wave-chosen"), named["chosen"], texts),
        _people("chosen_out", texts.label("wave-left-out"), named["chosen_out"], texts),
        _opens(wave, choices, texts),
        text_input(
            "greeting",
            texts.label("wave-greeting"),
            wave.greeting if wave else "",
            hint=texts.label("wave-greeting-hint"),
            optional=True,
            most=GREETING,
        ),
        _channel(wave, texts),
    ]
    return modal(
        texts.label("wave-title"),
        blocks,
        texts.label("modal-cancel"),
        submit=texts.label("wave-submit"),
        callback_id=ids.WAVE_KEEP,
        carried=carried(wave),
    )


_NAMED = ("chosen", "chosen_out")


def carried(wave: StoredWave | None) -> Carried:
    """What names a wave, as it was when it was shown."""
    return Carried(about=wave.id, question=str(wave.version)) if wave else Carried()


def desk_waves(
    waves: tuple[StoredWave, ...], programme: Programme, person: Person, texts: Texts, *, today: date
) -> list[Block]:
    """The waves on the Home tab, the way to a new one, and the stop switch once anything goes out."""
    said = texts.say("desk-waves" if waves else "desk-waves-none")
    invite = button(texts.label("desk-invite"), ids.WAVE_OPEN, Carried(), by="new")
    blocks = [section(f"*{texts.say('desk-waves-title')}*\n{said}", invite)]
    is_halted = programme.halted_at is not None
    for wave in waves[:SHOWN]:
        blocks.append(_row(wave, texts, is_halted=is_halted))
        if wave.started_at and today <= wave.closes_on:
            off = button(texts.label("desk-wave-off"), ids.WAVE_OFF, Carried(about=wave.id), by=wave.id)
            blocks += actions([off])
    if is_halted or any(wave.started_at for wave in waves):
        blocks.append(_switch(programme, person, texts))
    return blocks


def _switch(programme: Programme, person: Person, texts: Texts) -> Block:
    if programme.halted_at is None:
        halt = button(texts.label("desk-halt"), ids.HALT_SET, Carried(choice="yes"), "danger")
        return section(texts.say("desk-halt-about"), halt)
    since = moment(programme.halted_at, texts, person.tz)
    go_on = button(texts.label("desk-go-on"), ids.HALT_SET, Carried(choice="no"), "primary")
    return section(texts.say("desk-halted", why=programme.halted_for or "owner", at=since), go_on)


def _row(wave: StoredWave, texts: Texts, *, is_halted: bool) -> Block:
    opens, closes = on(wave.opens_on, texts), on(wave.closes_on, texts)
    state = ("halted" if is_halted else "started") if wave.started_at else "kept"
    said = texts.say("desk-wave", name=named(wave.name), opens=opens, closes=closes, state=state)
    if wave.started_at:
        read = Carried(about=wave.id)
        return section(said, button(texts.label("desk-part"), ids.PARTICIPATION_READ, read, by=wave.id))
    return section(said, button(texts.label("desk-wave-dry"), ids.WAVE_DRY, carried(wave), by=wave.id))


def _whom(wave: StoredWave | None, choices: Choices, texts: Texts) -> Element:
    labels = {**choices.segments, EXECUTIVES: texts.label("wave-executives")}
    chosen = (*wave.segments.split(), *([EXECUTIVES] if wave.executives else ())) if wave else ()
    return _ticked("checkboxes", [_option(name, label) for name, label in labels.items()], chosen)


def _teams(wave: StoredWave | None, choices: Choices, texts: Texts) -> list[Block]:
    """The teams, when the people list names any; longer names than Slack takes cannot be chosen."""
    chosen = wave.teams.splitlines() if wave else []
    teams = [team for team in choices.teams if len(team) <= _OPTION][:TEAMS]
    if not teams:
        return []
    element = _ticked("multi_static_select", [_option(team, team) for team in teams], chosen)
    element["placeholder"] = plain(texts.label("wave-teams-choose"), 150)
    return [field("teams", texts.label("wave-teams"), element, optional=True)]


def off_form(wave: StoredWave, texts: Texts) -> Block:
    """Whom to take off a wave that has started."""
    return modal(
        texts.label("wave-off-title"),
        [
            section(texts.say("wave-off-about", name=named(wave.name))),
            _people(OFF, texts.label("wave-off-whom"), [], texts, optional=False),
        ],
        texts.label("modal-cancel"),
        submit=texts.label("wave-off-submit"),
        callback_id=ids.WAVE_TAKE_OFF,
        carried=Carried(about=wave.id),
    )


def _ticked(kind: str, options: list[Element], chosen: Any) -> Element:
    element: Element = {"type": kind, "action_id": "ticked", "options": options}
    ticked = [option for option in options if option["value"] in chosen]
    return {**element, "initial_options": ticked} if ticked else element


def _opens(wave: StoredWave | None, choices: Choices, texts: Texts) -> Block:
    day = str(wave.opens_on if wave else choices.opens_on)
    element = {"type": "datepicker", "action_id": "date", "initial_date": day}
    return field("opens_on", texts.label("wave-opens"), element, hint=texts.label("wave-opens-hint"))


def _channel(wave: StoredWave | None, texts: Texts) -> Block:
    element: Element = {
        "type": "conversations_select",
        "action_id": "channel",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "placeholder": plain(texts.label("set-channel-choose"), 150),
    }
    if wave is not None and wave.channel:
        element["initial_conversation"] = wave.channel
    hint = texts.label("wave-channel-hint")
    return field("channel", texts.label("wave-channel"), element, hint=hint, optional=True)


def _people(part: str, label: str, users: list[str], texts: Texts, *, optional: bool = True) -> Block:
    element: Element = {
        "type": "multi_users_select",
        "action_id": "people",
        "placeholder": plain(texts.label("set-people-choose"), 150),
    }
    if users:
        element["initial_users"] = users
    return field(part, label, element, optional=optional)


def _option(value: str, label: str) -> Element:
    return {"text": plain(label, _OPTION), "value": value}
