"""Dry runs: who would be invited, when and in which language, and who is left out; as a message and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from babel.dates import get_day_names
from babel.lists import format_list

from bot import ids
from bot.i18n import LOCALES, Locale, Texts
from bot.rules.waves import ExclusionReason
from bot.text.cells import csv_bytes
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    escape_name,
    header,
    plain_text_sections,
    section,
)
from bot.views.dates import format_date
from bot.views.waves.announcement import announcement_message
from bot.views.waves.form import versioned_payload
from bot.views.waves.invitation import InvitationDetails, first_line, plain_first_line
from db.models.waves import StoredWave

MAX_TIMES_SHOWN = 12
MAX_NAMES_SHOWN = 15


@dataclass(frozen=True)
class DryRunRow:
    """A person on the list and their invitation; none is sent when the wave closes too early for it."""

    user_id: str
    name: str
    segment: str
    team: str
    locale: Locale
    invitation: InvitationDetails
    sends_at: datetime | None
    """In their own local time."""


@dataclass(frozen=True)
class DryRun:
    """An owner's information about a wave before it starts."""

    wave: StoredWave
    rows: tuple[DryRunRow, ...]
    segments: Mapping[str, str]
    """The names of the segments."""
    left_out: Mapping[ExclusionReason, tuple[str, ...]]
    """Names by the reason for leaving them out, which Slack or the owner already knows."""
    announced_on: date | None
    """The day of the announcement in a channel; None when it is too late for one."""
    language: Locale
    """The language of posts in channels."""


def dry_run_message(run: DryRun, channel_state: str, texts: Texts) -> Message:
    """Return the dry run as a message, with its buttons; `channel_state` is the state of the wave's channel."""
    wave = run.wave
    opens, closes = format_date(wave.opens_on, texts), format_date(wave.closes_on, texts)
    intro = texts.say("dry-intro", n=len(run.rows), opens=opens, closes=closes)
    blocks: list[Block] = [header(texts.label("dry-title", name=wave.name)), section(intro)]
    if run.rows:
        blocks.append(section("\n".join([f"*{texts.say('dry-times')}*", *_send_time_lines(run, texts)])))
        blocks += _first_line_blocks(run, texts)
    blocks += _announcement_blocks(run, channel_state, texts)
    blocks += [divider(), section("\n".join([f"*{texts.say('dry-out')}*", *_left_out_lines(run, texts)]))]
    blocks.append(section(texts.say("dry-silent")))
    blocks += [context(texts.say("dry-file")), *_button_blocks(run, texts)]
    return Message(intro, tuple(blocks))


def dry_run_csv(run: DryRun, texts: Texts) -> bytes:
    """Return the whole list as a file, one person a line, followed by those left out."""
    columns = ("name", "id", "segment", "team", "language", "date", "time", "zone", "text")
    rows = [[texts.label(f"dry-column-{column}") for column in columns]]
    texts_of = {locale: Texts(locale) for locale in LOCALES}

    @cache
    def first(asked: InvitationDetails, locale: Locale) -> str:
        return plain_first_line(asked, texts_of[locale])  # the same for nearly everybody

    for line in run.rows:
        day = (
            [str(line.sends_at.date()), f"{line.sends_at:%H:%M}", str(line.sends_at.tzinfo)]
            if line.sends_at
            else ["", "", ""]
        )
        text = first(line.invitation, line.locale) if line.sends_at else texts.label("dry-none")
        language = texts.label(f"choice-{line.locale}")
        segment = run.segments.get(line.segment, "")
        rows.append([line.name, line.user_id, segment, line.team, language, *day, text])
    for reason, names in run.left_out.items():
        sentence = texts.label("dry-reason", reason=reason)
        rows += [[name, "", "", "", "", "", "", "", sentence] for name in names]
    return csv_bytes(rows)


def _send_time_lines(run: DryRun, texts: Texts) -> list[str]:
    moments = Counter((line.sends_at.replace(tzinfo=None), line.locale) for line in run.rows if line.sends_at)
    sentences = [
        texts.say(
            "dry-time",
            at=texts.label("date-moment", date=_format_weekday_date(at.date(), texts), time=f"{at:%H:%M}"),
            language=texts.label(f"choice-{locale}"),
            n=n,
        )
        for (at, locale), n in sorted(moments.items())
    ]
    if len(sentences) > MAX_TIMES_SHOWN:
        sentences = [
            *sentences[:MAX_TIMES_SHOWN],
            texts.say("dry-times-more", n=len(sentences) - MAX_TIMES_SHOWN),
        ]
    if late := sum(line.sends_at is None for line in run.rows):
        sentences.append(texts.say("dry-late", n=late))
    return [f"• {line}" for line in sentences]


def _format_weekday_date(day: date, texts: Texts) -> str:
    name = get_day_names("wide", "stand-alone", locale=texts.locale)[day.weekday()]
    return texts.label("date-weekday", weekday=str(name), date=format_date(day, texts))


def _first_line_blocks(run: DryRun, texts: Texts) -> list[Block]:
    """Return the first line in each language that anybody gets, and the owner's greeting."""
    first = {locale: next((x for x in run.rows if x.locale == locale), None) for locale in LOCALES}
    sentences = [
        f"• {texts.label(f'choice-{locale}')}: {first_line(line.invitation, Texts(locale))}"
        for locale, line in first.items()
        if line is not None
    ]
    return [
        section("\n".join([f"*{texts.say('dry-text')}*", *sentences])),
        *plain_text_sections(run.wave.greeting),
    ]


def _announcement_blocks(run: DryRun, channel_state: str, texts: Texts) -> list[Block]:
    """Return the announcement, in the programme's language, and whether it can be posted."""
    if run.wave.channel is None:
        return []
    posted_in = f"<#{run.wave.channel}>"
    if run.announced_on is None:
        return [divider(), section(texts.say("dry-channel-late", channel=posted_in))]
    day = _format_weekday_date(run.announced_on, texts)
    sentence = texts.say("dry-channel", channel=posted_in, date=day, state=channel_state)
    return [divider(), section(sentence), *announcement_message(run.wave, Texts(run.language)).blocks]


def _left_out_lines(run: DryRun, texts: Texts) -> list[str]:
    sentences = []
    for reason, names in run.left_out.items():
        shown = [escape_name(name) for name in names[:MAX_NAMES_SHOWN]]
        if len(names) > MAX_NAMES_SHOWN:
            shown.append(texts.say("desk-more", n=len(names) - MAX_NAMES_SHOWN))
        people = format_list(shown, locale=texts.locale)
        sentences.append(f"• {texts.say('dry-reason', reason=reason)}: {people}")
    if ExclusionReason.NO_SEGMENT in run.left_out:
        sentences.append(texts.say("dry-segments"))
    if not sentences:
        sentences.append(texts.say("dry-out-nobody"))
    return sentences


def _button_blocks(run: DryRun, texts: Texts) -> list[Block]:
    payload = versioned_payload(run.wave)
    start = button(texts.label("dry-start"), ids.WAVE_START, payload, "primary", unique_key="start")
    return actions(
        [
            *([start] if run.rows else []),
            button(texts.label("dry-sample"), ids.WAVE_SAMPLE, payload, unique_key="sample"),
            button(texts.label("dry-change"), ids.WAVE_OPEN, payload, unique_key="change"),
            button(texts.label("dry-drop"), ids.WAVE_DROP, payload, unique_key="drop"),
        ]
    )
