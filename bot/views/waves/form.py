"""The form for a wave, and the waves on an owner's Home tab."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import ids
from bot.i18n import Texts
from bot.payloads import EmptyPayload, SwitchPayload, WavePayload
from bot.views.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    escape_name,
    input_block,
    modal,
    plain_text_object,
    section,
    text_input,
)
from bot.views.dates import format_date, format_local_datetime
from bot.views.programme.segments import segment_label
from db.models import Person
from db.models.programmes import Programme
from db.models.waves import StoredWave, WaveMember

MAX_NAME_LENGTH, MAX_GREETING_LENGTH, MAX_GREETING_LINES = 60, 300, 2
MAX_WAVES_SHOWN = 3
"""The most waves on the tab, the latest first."""
MAX_TEAM_OPTIONS = 100
"""The most options that Slack takes."""
_MAX_OPTION_LENGTH = 75
EXECUTIVES_OPTION = "executives"
REMOVED_PEOPLE_FIELD = "off"
"""The field for the people to take off."""


@dataclass(frozen=True)
class WaveFormOptions:
    """The options of the form: the names of the segments and of the teams on the people list."""

    segments: Mapping[str, str]
    teams: tuple[str, ...]
    opens_on: date
    """The initial date for a new wave."""


def segment_labels_by_name(programme: Programme, texts: Texts) -> dict[str, str]:
    """Return the names of the segments in the reader's language."""
    return {name: segment_label(name, programme.segment_names, texts) for name in ("tech", "gtm")}


def wave_form(
    wave: StoredWave | None, members: tuple[WaveMember, ...], options: WaveFormOptions, texts: Texts
) -> Block:
    """Return the form for a wave: its name, the people to invite or leave out, its first day, and the greeting."""
    named = {part: [m.member for m in members if m.part == part and m.member] for part in _PEOPLE_PARTS}
    audience = _audience_checkboxes(wave, options, texts)
    blocks = [
        context(texts.say("wave-about")),
        text_input(
            "name",
            texts.label("wave-name"),
            wave.name if wave else "",
            hint=texts.label("wave-name-hint"),
            is_multiline=False,
            has_focus=True,
            max_length=MAX_NAME_LENGTH,
        ),
        input_block("whom", texts.label("wave-whom"), audience, is_optional=True),
        *_team_blocks(wave, options, texts),
        _people_field("chosen", texts.label("wave-chosen"), named["chosen"], texts),
        _people_field("chosen_out", texts.label("wave-left-out"), named["chosen_out"], texts),
        _opening_date_field(wave, options, texts),
        text_input(
            "greeting",
            texts.label("wave-greeting"),
            wave.greeting if wave else "",
            hint=texts.label("wave-greeting-hint"),
            is_optional=True,
            max_length=MAX_GREETING_LENGTH,
        ),
        _channel_field(wave, texts),
    ]
    labels = texts.label("wave-title"), texts.label("modal-cancel"), texts.label("wave-submit")
    return _wave_modal(labels, blocks, wave)


def _wave_modal(labels: tuple[str, str, str], blocks: list[Block], wave: StoredWave | None) -> Block:
    title, close, submit = labels
    return modal(
        title,
        blocks,
        close,
        submit=submit,
        callback_id=ids.WAVE_KEEP,
        payload=versioned_payload(wave) if wave else EmptyPayload(),
    )


_PEOPLE_PARTS = ("chosen", "chosen_out")


def versioned_payload(wave: StoredWave) -> WavePayload:
    """Return the wave's payload with the version that's shown."""
    return WavePayload(wave.id, wave.version)


def wave_panel_blocks(
    waves: tuple[StoredWave, ...], programme: Programme, person: Person, texts: Texts, *, today: date
) -> list[Block]:
    """Return the waves on the Home tab, the button for a new one, and the halt switch once anything was sent."""
    sentence = texts.say("desk-waves" if waves else "desk-waves-none")
    invite = button(texts.label("desk-invite"), ids.WAVE_OPEN, EmptyPayload(), unique_key="new")
    blocks = [section(f"*{texts.say('desk-waves-title')}*\n{sentence}", invite)]
    is_halted = programme.halted_at is not None
    for wave in waves[:MAX_WAVES_SHOWN]:
        blocks.append(_wave_section(wave, texts, is_halted=is_halted))
        if wave.started_at and today <= wave.closes_on:
            off = button(
                texts.label("desk-wave-off"),
                ids.WAVE_REMOVAL_OPEN,
                WavePayload(wave.id),
                unique_key=wave.id,
            )
            blocks += actions([off])
    if is_halted or any(wave.started_at for wave in waves):
        blocks.append(_halt_switch_section(programme, person, texts))
    return blocks


def _halt_switch_section(programme: Programme, person: Person, texts: Texts) -> Block:
    if programme.halted_at is None:
        halt = button(texts.label("desk-halt"), ids.HALT_SET, SwitchPayload(is_on=True), "danger")
        return section(texts.say("desk-halt-about"), halt)
    since = format_local_datetime(programme.halted_at, texts, person.tz)
    go_on = button(texts.label("desk-go-on"), ids.HALT_SET, SwitchPayload(is_on=False), "primary")
    return section(texts.say("desk-halted", why=programme.halted_for or "owner", at=since), go_on)


def _wave_section(wave: StoredWave, texts: Texts, *, is_halted: bool) -> Block:
    opens, closes = format_date(wave.opens_on, texts), format_date(wave.closes_on, texts)
    state = ("halted" if is_halted else "started") if wave.started_at else "kept"
    sentence = texts.say("desk-wave", name=escape_name(wave.name), opens=opens, closes=closes, state=state)
    if wave.started_at:
        read = WavePayload(wave.id)
        return section(
            sentence, button(texts.label("desk-part"), ids.PARTICIPATION_READ, read, unique_key=wave.id)
        )
    return section(
        sentence,
        button(texts.label("desk-wave-dry"), ids.WAVE_DRY_RUN, versioned_payload(wave), unique_key=wave.id),
    )


def _audience_checkboxes(wave: StoredWave | None, options: WaveFormOptions, texts: Texts) -> Element:
    labels = {**options.segments, EXECUTIVES_OPTION: texts.label("wave-executives")}
    chosen = (*wave.segments.split(), *([EXECUTIVES_OPTION] if wave.executives else ())) if wave else ()
    return _options_element("checkboxes", [_option(name, label) for name, label in labels.items()], chosen)


def _team_blocks(wave: StoredWave | None, options: WaveFormOptions, texts: Texts) -> list[Block]:
    """Return the field for teams, if the people list names any; Slack can't offer names that are too long."""
    chosen = wave.teams.splitlines() if wave else []
    teams = [team for team in options.teams if len(team) <= _MAX_OPTION_LENGTH][:MAX_TEAM_OPTIONS]
    if not teams:
        return []
    element = _options_element("multi_static_select", [_option(team, team) for team in teams], chosen)
    element["placeholder"] = plain_text_object(texts.label("wave-teams-choose"), 150)
    return [input_block("teams", texts.label("wave-teams"), element, is_optional=True)]


def remove_people_form(wave: StoredWave, texts: Texts) -> Block:
    """Return the form that takes people off a started wave."""
    return modal(
        texts.label("wave-off-title"),
        [
            section(texts.say("wave-off-about", name=escape_name(wave.name))),
            _people_field(REMOVED_PEOPLE_FIELD, texts.label("wave-off-whom"), [], texts, is_optional=False),
        ],
        texts.label("modal-cancel"),
        submit=texts.label("wave-off-submit"),
        callback_id=ids.WAVE_REMOVAL_SAVE,
        payload=WavePayload(wave.id),
    )


def _options_element(kind: str, options: list[Element], chosen: Any) -> Element:
    element: Element = {"type": kind, "action_id": "ticked", "options": options}
    ticked = [option for option in options if option["value"] in chosen]
    return {**element, "initial_options": ticked} if ticked else element


def _opening_date_field(wave: StoredWave | None, options: WaveFormOptions, texts: Texts) -> Block:
    day = str(wave.opens_on if wave else options.opens_on)
    element = {"type": "datepicker", "action_id": "date", "initial_date": day}
    return input_block("opens_on", texts.label("wave-opens"), element, hint=texts.label("wave-opens-hint"))


def _channel_field(wave: StoredWave | None, texts: Texts) -> Block:
    element: Element = {
        "type": "conversations_select",
        "action_id": "channel",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "placeholder": plain_text_object(texts.label("set-channel-choose"), 150),
    }
    if wave is not None and wave.channel:
        element["initial_conversation"] = wave.channel
    hint = texts.label("wave-channel-hint")
    return input_block("channel", texts.label("wave-channel"), element, hint=hint, is_optional=True)


def _people_field(
    part: str, label: str, users: list[str], texts: Texts, *, is_optional: bool = True
) -> Block:
    element: Element = {
        "type": "multi_users_select",
        "action_id": "people",
        "placeholder": plain_text_object(texts.label("set-people-choose"), 150),
    }
    if users:
        element["initial_users"] = users
    return input_block(part, label, element, is_optional=is_optional)


def _option(value: str, label: str) -> Element:
    return {"text": plain_text_object(label, _MAX_OPTION_LENGTH), "value": value}
