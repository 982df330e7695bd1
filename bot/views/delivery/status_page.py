"""The status of delivery: the page for owners, and owner-facing notices about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import ids
from bot.i18n import Texts
from bot.payloads import EmptyPayload
from bot.rules.delivery_status import DeliveryStatus
from bot.slack import error_codes
from bot.views.blocks import (
    Block,
    Message,
    button,
    context,
    divider,
    escape_name,
    escape_user_text,
    modal,
    section,
)
from bot.views.dates import format_date, format_local_datetime
from bot.views.delivery.notice_layout import notice_message
from db.models import Person
from db.models.notices import ChannelPost, DeliveryRefusal
from db.models.waves import StoredWave

MAX_LINES_SHOWN = 12
"""The most lines of one kind on the page; below them comes the number of others."""
_MAX_REFUSALS_SHOWN = 5
_LINES_PER_SECTION = 6
"""The lines in one section, each with some hundred characters or a few."""


@dataclass(frozen=True)
class ChannelPostStatus:
    """A post for a channel: its state, the reason why it waits, and the name of its wave."""

    posted: ChannelPost
    waits_for: str
    wave_name: str


@dataclass(frozen=True)
class WaveStatus:
    """A wave, the number of people on its list whatever they do, and whether its first day has come."""

    wave: StoredWave
    people: int
    has_opened: bool


@dataclass(frozen=True)
class DeliveryStatusModel:
    """The model of the page."""

    person: Person
    state: DeliveryStatus
    since: datetime | None
    refusal_reasons: tuple[str, ...] = ()
    """Slack's codes for messages to people that it refuses for good; neither their number nor their recipients."""
    posts: tuple[ChannelPostStatus, ...] = ()
    waves: tuple[WaveStatus, ...] = ()
    recently_opened: tuple[WaveStatus, ...] = ()
    """The waves whose invitations have recently become due, the latest last."""


def delivery_status_modal(model: DeliveryStatusModel, texts: Texts) -> Block:
    """Return the page: sent messages, waiting ones, and unsent ones with the reason."""
    since = format_local_datetime(model.since, texts, model.person.tz) if model.since else ""
    blocks = [
        section(
            texts.say("delivery-standing", state=model.state, at=since)
            + "\n"
            + _latest_activity_text(model, texts)
        )
    ]
    for part, lines in (
        ("out", [*_due_lines(model, texts), *_post_lines(model, texts, ("sent",))]),
        ("waiting", [*_wave_lines(model, texts), *_post_lines(model, texts, ("pending", "sending"))]),
        (
            "not",
            [*_post_lines(model, texts, ("failed", "unknown", "expired")), *_refusal_lines(model, texts)],
        ),
    ):
        blocks += [divider(), *_part_sections(part, lines, texts)]
    blocks.append(context(texts.say("delivery-about")))
    return modal(texts.label("delivery-title"), blocks, texts.label("modal-close"))


def automatic_halt_notice_message(at: datetime, tz: str | None, texts: Texts) -> Message:
    """Return the notice to owners that all sending was halted automatically."""
    sentence = texts.say("desk-halted", why="opt_outs", at=format_local_datetime(at, texts, tz))
    return notice_message(sentence, texts.say("notice-halted-why"), [[_open_page_button(texts)]], texts)


def refusals_message(refusals: Sequence[DeliveryRefusal], texts: Texts) -> Message:
    """Return the notice to owners about Slack's refusals, with the remedy for each."""
    lines = [_refusal_text(one.channel, one.reason, texts) for one in refusals]
    lines = list(dict.fromkeys(lines))
    sentences = [texts.say("notice-refused-ask"), *(f"• {line}" for line in lines[:_MAX_REFUSALS_SHOWN])]
    sentences += (
        [texts.say("delivery-more", n=len(lines) - _MAX_REFUSALS_SHOWN)]
        if len(lines) > _MAX_REFUSALS_SHOWN
        else []
    )
    return notice_message(
        "\n".join(sentences), texts.say("notice-refused-why"), [[_open_page_button(texts)]], texts
    )


def _open_page_button(texts: Texts) -> Block:
    return button(texts.label("desk-delivery"), ids.DELIVERY_READ, EmptyPayload(), "primary")


def _latest_activity_text(model: DeliveryStatusModel, texts: Texts) -> str:
    """Return the latest activity, the last due invitations and the last post in a channel, and the next one."""
    days = [format_date(one.wave.opens_on, texts) for one in model.recently_opened[-1:]]
    sent = max((one.posted.changed_at for one in model.posts if one.posted.state == "sent"), default=None)
    posted = format_local_datetime(sent, texts, model.person.tz) if sent else ""
    know = "both" if days and sent else "people" if days else "posts" if sent else "none"
    last = texts.say("delivery-last", know=know, date="".join(days), at=posted)
    return last + "\n" + _next_activity_text(model, texts)


def _next_activity_text(model: DeliveryStatusModel, texts: Texts) -> str:
    waiting = [one.posted.not_before for one in model.posts if one.posted.state == "pending"]
    ahead = [one.wave.opens_on for one in model.waves if not one.has_opened]
    if model.state in (DeliveryStatus.HALTED, DeliveryStatus.HALTED_BY_ITSELF):
        return texts.say("delivery-next", what="halted", at="")
    if any(one.has_opened for one in model.waves):
        return texts.say("delivery-next", what="open", at="")
    if waiting:
        return texts.say(
            "delivery-next", what="post", at=format_local_datetime(min(waiting), texts, model.person.tz)
        )
    return texts.say(
        "delivery-next", what="wave" if ahead else "none", at=format_date(min(ahead), texts) if ahead else ""
    )


def _part_sections(part: str, lines: list[str], texts: Texts) -> Iterable[Block]:
    """Return a heading and its lines, over as many sections as they need."""
    lines = lines or [texts.say(f"delivery-{part}-none")]
    lines = [f"*{texts.say(f'delivery-{part}')}*", *lines]
    return [
        section("\n".join(lines[n : n + _LINES_PER_SECTION]))
        for n in range(0, len(lines), _LINES_PER_SECTION)
    ]


def _due_lines(model: DeliveryStatusModel, texts: Texts) -> list[str]:
    """Return the recently due invitations, by the day on which they became due."""
    lines = []
    for one in reversed(model.recently_opened[-MAX_LINES_SHOWN:]):
        sentence = texts.say("delivery-due", name=escape_name(one.wave.name), n=one.people)
        lines.append(f"• {format_date(one.wave.opens_on, texts)} · {sentence}")
    return [*lines, *_more_lines(len(model.recently_opened), texts)]


def _more_lines(n: int, texts: Texts) -> list[str]:
    """Return the number of lines beyond those shown."""
    return [texts.say("delivery-more", n=n - MAX_LINES_SHOWN)] if n > MAX_LINES_SHOWN else []


def _post_lines(model: DeliveryStatusModel, texts: Texts, states: tuple[str, ...]) -> list[str]:
    found = [one for one in model.posts if one.posted.state in states]
    lines = ["• " + _post_text(one, model.person, texts) for one in reversed(found)]
    return [*lines[:MAX_LINES_SHOWN], *_more_lines(len(lines), texts)]


def _post_text(post: ChannelPostStatus, person: Person, texts: Texts) -> str:
    posted, channel = post.posted, f"<#{post.posted.channel}>"
    if posted.state == "failed":
        return _refusal_text(posted.channel, posted.reason or "", texts)
    waits = posted.state in ("pending", "sending")
    at = format_local_datetime(posted.not_before if waits else posted.changed_at, texts, person.tz)
    state = post.waits_for if waits else posted.state
    return texts.say("delivery-post", channel=channel, name=escape_name(post.wave_name), state=state, at=at)


def _wave_lines(model: DeliveryStatusModel, texts: Texts) -> list[str]:
    lines = []
    for one in model.waves[:MAX_LINES_SHOWN]:
        wave, state = one.wave, "open" if one.has_opened else "ahead"
        dates = {"opens": format_date(wave.opens_on, texts), "closes": format_date(wave.closes_on, texts)}
        sentence = texts.say("delivery-wave", name=escape_name(wave.name), state=state, **dates)
        lines.append(f"• {sentence} {texts.say('delivery-listed', n=one.people)}")
    return [*lines, *([texts.say("delivery-hours")] if lines else [])]


def _refusal_lines(model: DeliveryStatusModel, texts: Texts) -> list[str]:
    lines = [_refusal_text(None, reason, texts) for reason in model.refusal_reasons]
    return [f"• {line}" for line in dict.fromkeys(lines)]


def _refusal_text(channel: str | None, reason: str, texts: Texts) -> str:
    """Return Slack's refusal in words, with the remedy."""
    if channel is not None:
        kind = "restricted_action" if reason.startswith("restricted_action") else reason
        place = f"<#{channel}>"
        return texts.say("delivery-refused-post", reason=kind, channel=place, error=escape_user_text(reason))
    kind = "account" if reason in error_codes.UNREACHABLE_ACCOUNT else reason
    return texts.say("delivery-refused-people", reason=kind, error=escape_user_text(reason))
