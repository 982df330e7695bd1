"""A desk: the part of the Home tab from which the programme is run, and what was changed in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.lists import format_list

from bot import ids
from bot.i18n import Texts
from bot.ids import Carried
from bot.text import isolate
from bot.views.blocks import Block, actions, button, context, divider, header, modal, named, quoted, section
from bot.views.dates import moment
from bot.views.programme.segments import segment_label
from bot.views.programme.setup_forms import CHANNEL_FIELDS, country_name, day_names
from bot.views.waves.form import desk_waves
from db.models import Person
from db.models.programmes import AuditLine, Holder, Pass, Programme, Role
from db.models.waves import StoredWave

SHOWN = 12
"""People of one role named on the tab; the form names them all."""


@dataclass(frozen=True)
class Desk:
    """All that the desk is drawn from."""

    person: Person
    bot: str
    may: str
    """`run` or `set_up`."""
    programme: Programme | None = None
    holders: tuple[Holder, ...] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    """What there is to say of each channel that is set, by its id."""
    reading: Pass | None = None
    waves: tuple[StoredWave, ...] = ()
    today: date = date.min
    """The programme's own date."""

    @property
    def is_set(self) -> bool:
        """Whether the programme is set up and this person runs it."""
        return self.may == "run" and self.programme is not None

    def of(self, role: Role) -> tuple[str, ...]:
        """The ids of those who hold a role."""
        return tuple(holder.user_id for holder in self.holders if holder.role is role)


def desk(desk: Desk, texts: Texts) -> list[Block]:
    """The desk on the Home tab: an offer to set up, or everything that is set."""
    if not desk.is_set or desk.programme is None:
        return _offer(desk, texts)
    return [
        divider(),
        header(texts.label("desk-title")),
        *desk_waves(desk.waves, desk.programme, desk.person, texts, today=desk.today),
        _row("company", _company(desk.programme, texts), texts),
        _row("people", _people(desk, texts), texts),
        _row("channels", _channels(desk, desk.programme, texts), texts),
        _row("times", _times(desk.programme, texts), texts),
        section(texts.say("desk-reading-title") + "\n" + reading(desk.reading, desk.person, texts)),
        *actions(
            [
                button(texts.label("desk-delivery"), ids.DELIVERY_READ, Carried()),
                button(texts.label("desk-log"), ids.PROGRAMME_LOG, Carried()),
            ]
        ),
    ]


def reading(latest: Pass | None, person: Person, texts: Texts) -> str:
    """How the reading of everybody from Slack stands."""
    if latest is None:
        return texts.say("desk-reading-none")
    if latest.done_at is None:
        return texts.say("desk-reading-going", n=latest.people)
    at = moment(latest.done_at, texts, person.tz)
    if latest.problem:
        return texts.say("desk-reading-failed", at=at, error=quoted(latest.problem))
    return texts.say("desk-reading-done", n=latest.people, at=at)


def log_modal(lines: tuple[AuditLine, ...], person: Person, texts: Texts) -> Block:
    """What was changed last, and by whom."""
    blocks = [context(texts.say("log-about" if lines else "log-none"))]
    blocks += [
        section("\n".join(_line(line, person, texts) for line in lines[n : n + 10]))
        for n in range(0, len(lines), 10)
    ]
    return modal(texts.label("log-title"), blocks, texts.label("modal-close"))


def _offer(desk: Desk, texts: Texts) -> list[Block]:
    left = any(holder.role is Role.OWNER for holder in desk.holders)
    why = "owner" if desk.may == "run" else "left" if left else "unfinished" if desk.programme else "new"
    begin = button(
        texts.label("desk-set-up"), ids.PROGRAMME_OPEN, Carried(about="company", choice="first"), "primary"
    )
    return [
        section(f"*{texts.say('desk-title')}*\n{texts.say('desk-offer', why=why)}"),
        *actions([begin]),
        divider(),
    ]


def _row(form: str, said: str, texts: Texts) -> Block:
    change = button(texts.label("desk-change"), ids.PROGRAMME_OPEN, Carried(about=form), by=form)
    return section(f"*{texts.say(f'set-{form}-title')}*\n{said}", change)


def _company(programme: Programme, texts: Texts) -> str:
    names = [isolate(named(name)) for name in programme.names[1:]]
    said = texts.say(
        "desk-company",
        company=named(programme.company),
        n=len(names),
        aliases=format_list(names, locale=texts.locale),
    )
    segments = {name: named(segment_label(name, programme.segments, texts)) for name in ("tech", "gtm")}
    return f"{said}\n{texts.say('desk-segments', **segments)}"


def _people(desk: Desk, texts: Texts) -> str:
    return "\n".join(
        texts.say("desk-role", role=str(role), people=_named(desk.of(role), texts)) for role in Role
    )


def _named(users: tuple[str, ...], texts: Texts) -> str:
    if not users:
        return texts.say("desk-nobody")
    names = [f"<@{user}>" for user in users[:SHOWN]]
    names += [texts.say("desk-more", n=len(users) - SHOWN)] if len(users) > SHOWN else []
    return format_list(names, locale=texts.locale)


def _channels(desk: Desk, programme: Programme, texts: Texts) -> str:
    lines = []
    for name in CHANNEL_FIELDS:
        channel = getattr(programme, name)
        state = desk.channels.get(channel, "unknown") if channel else "none"
        shown = f"<#{channel}>"
        lines.append(texts.say("channel-state", what=name, state=state, channel=shown, bot=f"<@{desk.bot}>"))
    return "\n".join(lines)


def _times(programme: Programme, texts: Texts) -> str:
    names = day_names(texts)
    worked = [names[day] for day in programme.week.split()]
    return texts.say(
        "desk-times",
        days=format_list(worked, locale=texts.locale),
        opens=programme.opens,
        closes=programme.closes,
        country=country_name(programme.country, texts) or texts.label("desk-no-country"),
        zone=quoted(programme.tz),
        language=programme.language,
    )


def _line(line: AuditLine, person: Person, texts: Texts) -> str:
    by_itself = (line.deed, line.about) == ("halted", "opt_outs")  # an invitation may be called that, too
    nobody = "log-itself" if by_itself else "log-nobody"
    who = f"<@{line.who}>" if line.who else texts.say(nobody)
    whom = f"<@{line.whom}>" if line.whom else texts.say("log-somebody")
    about, name = line.about.partition(" ")[0], named(line.about)
    what = texts.say(f"log-{line.deed}", about=about, name=name, whom=whom)
    return "• " + texts.say("log-line", at=moment(line.at, texts, person.tz), who=who, what=what)
