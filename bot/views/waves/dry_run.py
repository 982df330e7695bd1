"""A dry run: who would be invited, when and in which language, and who is left out; as a message and as a table."""

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
from bot.views.waves.form import wave_payload
from bot.views.waves.invitation import InvitationDetails, first_line, plain_first_line
from db.models.waves import StoredWave

MAX_TIMES_SHOWN = 12
MAX_NAMES_SHOWN = 15


@dataclass(frozen=True)
class DryRunRow:
    """Somebody on the roll, and what would come to them; nothing comes when the wave closes before it may."""

    user_id: str
    name: str
    segment: str
    team: str
    locale: Locale
    invitation: InvitationDetails
    sends_at: datetime | None
    """By the clock on their own wall."""


@dataclass(frozen=True)
class DryRun:
    """All that an owner may know of a wave before it starts."""

    wave: StoredWave
    rows: tuple[DryRunRow, ...]
    segments: Mapping[str, str]
    """What the segments are called."""
    left_out: Mapping[str, tuple[str, ...]]
    """Names, by the reason, which Slack or the owner knows already."""
    announced_on: date | None
    """When a word goes ahead in a channel; nothing when it is too late for that."""
    language: Locale
    """Of what is posted in channels."""


def dry_run_message(run: DryRun, channel_state: str, texts: Texts) -> Message:
    """The dry run in a message, with what can be done now. `channel` is what there is to say of the channel."""
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
    """The whole roll, a person on each line, then whoever is left out."""
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
        said = texts.label("dry-reason", reason=reason)
        rows += [[name, "", "", "", "", "", "", "", said] for name in names]
    return csv_bytes(rows)


def _send_time_lines(run: DryRun, texts: Texts) -> list[str]:
    moments = Counter((line.sends_at.replace(tzinfo=None), line.locale) for line in run.rows if line.sends_at)
    said = [
        texts.say(
            "dry-time",
            at=texts.label("date-moment", date=_format_weekday_date(at.date(), texts), time=f"{at:%H:%M}"),
            language=texts.label(f"choice-{locale}"),
            n=n,
        )
        for (at, locale), n in sorted(moments.items())
    ]
    if len(said) > MAX_TIMES_SHOWN:
        said = [*said[:MAX_TIMES_SHOWN], texts.say("dry-times-more", n=len(said) - MAX_TIMES_SHOWN)]
    if late := sum(line.sends_at is None for line in run.rows):
        said.append(texts.say("dry-late", n=late))
    return [f"• {line}" for line in said]


def _format_weekday_date(day: date, texts: Texts) -> str:
    name = get_day_names("wide", "stand-alone", locale=texts.locale)[day.weekday()]
    return texts.label("date-weekday", weekday=str(name), date=format_date(day, texts))


def _first_line_blocks(run: DryRun, texts: Texts) -> list[Block]:
    """How the message begins, in each language in which anybody gets it, and the owner's own lines."""
    first = {locale: next((x for x in run.rows if x.locale == locale), None) for locale in LOCALES}
    said = [
        f"• {texts.label(f'choice-{locale}')}: {first_line(line.invitation, Texts(locale))}"
        for locale, line in first.items()
        if line is not None
    ]
    return [
        section("\n".join([f"*{texts.say('dry-text')}*", *said])),
        *plain_text_sections(run.wave.greeting),
    ]


def _announcement_blocks(run: DryRun, channel_state: str, texts: Texts) -> list[Block]:
    """What is posted the day before, in the programme's language, and whether it can be."""
    if run.wave.channel is None:
        return []
    posted_in = f"<#{run.wave.channel}>"
    if run.announced_on is None:
        return [divider(), section(texts.say("dry-channel-late", channel=posted_in))]
    day = _format_weekday_date(run.announced_on, texts)
    said = texts.say("dry-channel", channel=posted_in, date=day, state=channel_state)
    return [divider(), section(said), *announcement_message(run.wave, Texts(run.language)).blocks]


def _left_out_lines(run: DryRun, texts: Texts) -> list[str]:
    said = []
    for reason, names in run.left_out.items():
        shown = [escape_name(name) for name in names[:MAX_NAMES_SHOWN]]
        if len(names) > MAX_NAMES_SHOWN:
            shown.append(texts.say("desk-more", n=len(names) - MAX_NAMES_SHOWN))
        people = format_list(shown, locale=texts.locale)
        said.append(f"• {texts.say('dry-reason', reason=reason)}: {people}")
    if "no_segment" in run.left_out:
        said.append(texts.say("dry-segments"))
    if not said:
        said.append(texts.say("dry-out-nobody"))
    return said


def _button_blocks(run: DryRun, texts: Texts) -> list[Block]:
    kept = wave_payload(run.wave)
    start = button(texts.label("dry-start"), ids.WAVE_START, kept, "primary", unique_key="start")
    return actions(
        [
            *([start] if run.rows else []),
            button(texts.label("dry-sample"), ids.WAVE_SAMPLE, kept, unique_key="sample"),
            button(texts.label("dry-change"), ids.WAVE_OPEN, kept, unique_key="change"),
            button(texts.label("dry-drop"), ids.WAVE_DROP, kept, unique_key="drop"),
        ]
    )
