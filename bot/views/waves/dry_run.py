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
from bot.text.cells import table
from bot.views.blocks import Block, Message, actions, button, context, divider, header, named, prose, section
from bot.views.dates import on
from bot.views.waves.announcement import announcement
from bot.views.waves.form import carried
from bot.views.waves.invitation import Asked, first_line, plain_first_line
from db.models.waves import StoredWave

TIMES_SHOWN = 12
NAMES_SHOWN = 15


@dataclass(frozen=True)
class Line:
    """Somebody on the roll, and what would come to them; nothing comes when the wave closes before it may."""

    user: str
    name: str
    segment: str
    team: str
    locale: Locale
    asked: Asked
    at: datetime | None
    """By the clock on their own wall."""


@dataclass(frozen=True)
class DryRun:
    """All that an owner may know of a wave before it starts."""

    wave: StoredWave
    lines: tuple[Line, ...]
    segments: Mapping[str, str]
    """What the segments are called."""
    left_out: Mapping[str, tuple[str, ...]]
    """Names, by the reason, which Slack or the owner knows already."""
    announced_on: date | None
    """When a word goes ahead in a channel; nothing when it is too late for that."""
    language: Locale
    """Of what is posted in channels."""


def dry_run(run: DryRun, channel: str, texts: Texts) -> Message:
    """The dry run in a message, with what can be done now. `channel` is what there is to say of the channel."""
    wave = run.wave
    opens, closes = on(wave.opens_on, texts), on(wave.closes_on, texts)
    intro = texts.say("dry-intro", n=len(run.lines), opens=opens, closes=closes)
    blocks: list[Block] = [header(texts.label("dry-title", name=wave.name)), section(intro)]
    if run.lines:
        blocks.append(section("\n".join([f"*{texts.say('dry-times')}*", *_times(run, texts)])))
        blocks += _beginnings(run, texts)
    blocks += _announcement(run, channel, texts)
    blocks += [divider(), section("\n".join([f"*{texts.say('dry-out')}*", *_left_out(run, texts)]))]
    blocks.append(section(texts.say("dry-silent")))
    blocks += [context(texts.say("dry-file")), *_buttons(run, texts)]
    return Message(intro, tuple(blocks))


def as_table(run: DryRun, texts: Texts) -> bytes:
    """The whole roll, a person on each line, then whoever is left out."""
    columns = ("name", "id", "segment", "team", "language", "date", "time", "zone", "text")
    rows = [[texts.label(f"dry-column-{column}") for column in columns]]
    texts_of = {locale: Texts(locale) for locale in LOCALES}

    @cache
    def first(asked: Asked, locale: Locale) -> str:
        return plain_first_line(asked, texts_of[locale])  # the same for nearly everybody

    for line in run.lines:
        day = [str(line.at.date()), f"{line.at:%H:%M}", str(line.at.tzinfo)] if line.at else ["", "", ""]
        text = first(line.asked, line.locale) if line.at else texts.label("dry-none")
        language = texts.label(f"choice-{line.locale}")
        segment = run.segments.get(line.segment, "")
        rows.append([line.name, line.user, segment, line.team, language, *day, text])
    for reason, names in run.left_out.items():
        said = texts.label("dry-reason", reason=reason)
        rows += [[name, "", "", "", "", "", "", "", said] for name in names]
    return table(rows)


def _times(run: DryRun, texts: Texts) -> list[str]:
    moments = Counter((line.at.replace(tzinfo=None), line.locale) for line in run.lines if line.at)
    said = [
        texts.say(
            "dry-time",
            at=texts.label("date-moment", date=_weekday(at.date(), texts), time=f"{at:%H:%M}"),
            language=texts.label(f"choice-{locale}"),
            n=n,
        )
        for (at, locale), n in sorted(moments.items())
    ]
    if len(said) > TIMES_SHOWN:
        said = [*said[:TIMES_SHOWN], texts.say("dry-times-more", n=len(said) - TIMES_SHOWN)]
    if late := sum(line.at is None for line in run.lines):
        said.append(texts.say("dry-late", n=late))
    return [f"• {line}" for line in said]


def _weekday(day: date, texts: Texts) -> str:
    name = get_day_names("wide", "stand-alone", locale=texts.locale)[day.weekday()]
    return texts.label("date-weekday", weekday=str(name), date=on(day, texts))


def _beginnings(run: DryRun, texts: Texts) -> list[Block]:
    """How the message begins, in each language in which anybody gets it, and the owner's own lines."""
    first = {locale: next((x for x in run.lines if x.locale == locale), None) for locale in LOCALES}
    said = [
        f"• {texts.label(f'choice-{locale}')}: {first_line(line.asked, Texts(locale))}"
        for locale, line in first.items()
        if line is not None
    ]
    return [section("\n".join([f"*{texts.say('dry-text')}*", *said])), *prose(run.wave.greeting)]


def _announcement(run: DryRun, channel: str, texts: Texts) -> list[Block]:
    """What is posted the day before, in the programme's language, and whether it can be."""
    if run.wave.channel is None:
        return []
    posted_in = f"<#{run.wave.channel}>"
    if run.announced_on is None:
        return [divider(), section(texts.say("dry-channel-late", channel=posted_in))]
    day = _weekday(run.announced_on, texts)
    said = texts.say("dry-channel", channel=posted_in, date=day, state=channel)
    return [divider(), section(said), *announcement(run.wave, Texts(run.language)).blocks]


def _left_out(run: DryRun, texts: Texts) -> list[str]:
    said = []
    for reason, names in run.left_out.items():
        shown = [named(name) for name in names[:NAMES_SHOWN]]
        if len(names) > NAMES_SHOWN:
            shown.append(texts.say("desk-more", n=len(names) - NAMES_SHOWN))
        people = format_list(shown, locale=texts.locale)
        said.append(f"• {texts.say('dry-reason', reason=reason)}: {people}")
    if "no_segment" in run.left_out:
        said.append(texts.say("dry-segments"))
    if not said:
        said.append(texts.say("dry-out-nobody"))
    return said


def _buttons(run: DryRun, texts: Texts) -> list[Block]:
    kept = carried(run.wave)
    start = button(texts.label("dry-start"), ids.WAVE_START, kept, "primary", by="start")
    return actions(
        [
            *([start] if run.lines else []),
            button(texts.label("dry-sample"), ids.WAVE_SAMPLE, kept, by="sample"),
            button(texts.label("dry-change"), ids.WAVE_OPEN, kept, by="change"),
            button(texts.label("dry-drop"), ids.WAVE_DROP, kept, by="drop"),
        ]
    )
