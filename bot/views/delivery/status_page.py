"""How delivery stands: the page for those who run the programme, and what owners are told of it unasked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import ids
from bot.i18n import Texts
from bot.ids import Carried
from bot.views.blocks import Block, Message, button, context, divider, modal, named, quoted, section
from bot.views.dates import moment, on
from bot.views.delivery.notice_layout import notice
from db.models import Person
from db.models.notices import Posted, Refused
from db.models.waves import StoredWave

SHOWN = 12
"""Lines of one kind on the page, and below it how many more there are."""
_TOLD = 5
_LINES = 6
"""Lines in one section, each of some hundred characters or a few."""

_ACCOUNT = frozenset(
    {"channel_not_found", "user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot"}
)


@dataclass(frozen=True)
class Post:
    """Something for a channel: how it stands, what it waits for, and the wave it is about."""

    posted: Posted
    waits_for: str
    wave: str


@dataclass(frozen=True)
class Open:
    """A wave, how many people stand on its list whatever they do, and whether its first day has come."""

    wave: StoredWave
    people: int
    has_opened: bool


@dataclass(frozen=True)
class Page:
    """All that the page is drawn from."""

    person: Person
    standing: str
    since: datetime | None
    refused: tuple[str, ...] = ()
    """Slack's words for why it refuses something to people for good; neither how often nor to whom."""
    posts: tuple[Post, ...] = ()
    waves: tuple[Open, ...] = ()
    opened: tuple[Open, ...] = ()
    """Those whose invitations have become due of late, the latest last."""


def page(page: Page, texts: Texts) -> Block:
    """What went out, what is waiting, and what did not go out and why."""
    since = moment(page.since, texts, page.person.tz) if page.since else ""
    blocks = [
        section(texts.say("delivery-standing", state=page.standing, at=since) + "\n" + _last(page, texts))
    ]
    for part, lines in (
        ("out", [*_due(page, texts), *_posts(page, texts, ("sent",))]),
        ("waiting", [*_waves(page, texts), *_posts(page, texts, ("pending", "sending"))]),
        ("not", [*_posts(page, texts, ("failed", "unknown", "expired")), *_troubles(page, texts)]),
    ):
        blocks += [divider(), *_part(part, lines, texts)]
    blocks.append(context(texts.say("delivery-about")))
    return modal(texts.label("delivery-title"), blocks, texts.label("modal-close"))


def halted(at: datetime, tz: str | None, texts: Texts) -> Message:
    """To owners: everything has halted by itself."""
    said = texts.say("desk-halted", why="opt_outs", at=moment(at, texts, tz))
    return notice(said, texts.say("notice-halted-why"), [[_open_page(texts)]], texts)


def refused(refusals: Sequence[Refused], texts: Texts) -> Message:
    """To owners: what Slack refused, and what to do."""
    lines = [_refusal(one.channel, one.reason, texts) for one in refusals]
    lines = list(dict.fromkeys(lines))
    said = [texts.say("notice-refused-ask"), *(f"• {line}" for line in lines[:_TOLD])]
    said += [texts.say("delivery-more", n=len(lines) - _TOLD)] if len(lines) > _TOLD else []
    return notice("\n".join(said), texts.say("notice-refused-why"), [[_open_page(texts)]], texts)


def _open_page(texts: Texts) -> Block:
    return button(texts.label("desk-delivery"), ids.DELIVERY_READ, Carried(), "primary")


def _last(page: Page, texts: Texts) -> str:
    """When invitations last became due and a word in a channel last went out, and what comes next."""
    days = [on(one.wave.opens_on, texts) for one in page.opened[-1:]]
    sent = max((one.posted.changed_at for one in page.posts if one.posted.state == "sent"), default=None)
    posted = moment(sent, texts, page.person.tz) if sent else ""
    know = "both" if days and sent else "people" if days else "posts" if sent else "none"
    last = texts.say("delivery-last", know=know, date="".join(days), at=posted)
    return last + "\n" + _next(page, texts)


def _next(page: Page, texts: Texts) -> str:
    waiting = [one.posted.not_before for one in page.posts if one.posted.state == "pending"]
    ahead = [one.wave.opens_on for one in page.waves if not one.has_opened]
    if page.standing in ("halted", "halted_by_itself"):
        return texts.say("delivery-next", what="halted", at="")
    if any(one.has_opened for one in page.waves):
        return texts.say("delivery-next", what="open", at="")
    if waiting:
        return texts.say("delivery-next", what="post", at=moment(min(waiting), texts, page.person.tz))
    return texts.say(
        "delivery-next", what="wave" if ahead else "none", at=on(min(ahead), texts) if ahead else ""
    )


def _part(part: str, lines: list[str], texts: Texts) -> Iterable[Block]:
    """One heading and its lines, over as many sections as they need."""
    lines = lines or [texts.say(f"delivery-{part}-none")]
    lines = [f"*{texts.say(f'delivery-{part}')}*", *lines]
    return [section("\n".join(lines[n : n + _LINES])) for n in range(0, len(lines), _LINES)]


def _due(page: Page, texts: Texts) -> list[str]:
    """The invitations of late, by the day from which they were due."""
    lines = []
    for one in reversed(page.opened[-SHOWN:]):
        said = texts.say("delivery-due", name=named(one.wave.name), n=one.people)
        lines.append(f"• {on(one.wave.opens_on, texts)} · {said}")
    return [*lines, *_more(len(page.opened), texts)]


def _more(n: int, texts: Texts) -> list[str]:
    """How many lines there are beyond those shown."""
    return [texts.say("delivery-more", n=n - SHOWN)] if n > SHOWN else []


def _posts(page: Page, texts: Texts, states: tuple[str, ...]) -> list[str]:
    found = [one for one in page.posts if one.posted.state in states]
    lines = ["• " + _post(one, page.person, texts) for one in reversed(found)]
    return [*lines[:SHOWN], *_more(len(lines), texts)]


def _post(post: Post, person: Person, texts: Texts) -> str:
    posted, channel = post.posted, f"<#{post.posted.channel}>"
    if posted.state == "failed":
        return _refusal(posted.channel, posted.reason or "", texts)
    waits = posted.state in ("pending", "sending")
    at = moment(posted.not_before if waits else posted.changed_at, texts, person.tz)
    state = post.waits_for if waits else posted.state
    return texts.say("delivery-post", channel=channel, name=named(post.wave), state=state, at=at)


def _waves(page: Page, texts: Texts) -> list[str]:
    lines = []
    for one in page.waves[:SHOWN]:
        wave, state = one.wave, "open" if one.has_opened else "ahead"
        dates = {"opens": on(wave.opens_on, texts), "closes": on(wave.closes_on, texts)}
        said = texts.say("delivery-wave", name=named(wave.name), state=state, **dates)
        lines.append(f"• {said} {texts.say('delivery-listed', n=one.people)}")
    return [*lines, *([texts.say("delivery-hours")] if lines else [])]


def _troubles(page: Page, texts: Texts) -> list[str]:
    lines = [_refusal(None, reason, texts) for reason in page.refused]
    return [f"• {line}" for line in dict.fromkeys(lines)]


def _refusal(channel: str | None, reason: str, texts: Texts) -> str:
    """What Slack refused, in words, and what to do about it."""
    if channel is not None:
        kind = "restricted_action" if reason.startswith("restricted_action") else reason
        place = f"<#{channel}>"
        return texts.say("delivery-refused-post", reason=kind, channel=place, error=quoted(reason))
    kind = "account" if reason in _ACCOUNT else reason
    return texts.say("delivery-refused-people", reason=kind, error=quoted(reason))
