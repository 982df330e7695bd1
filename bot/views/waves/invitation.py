"""Invitations: who asks, the owner's greeting, the reason, and five answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot import ids
from bot.i18n import Texts
from bot.payloads import InvitationPayload
from bot.rules.audiences import AudienceReason
from bot.views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    escape_name,
    escape_user_text,
    plain_text_sections,
    section,
)
from bot.views.delivery.snooze import quiet_until_picker, snooze_elements

INVITATION_ANSWERS = ("begin", "no", "later", "fewer", "stop")
SAMPLE_WAVE_ID = "sample"
"""The wave's id in the payloads of a sample."""


@dataclass(frozen=True)
class InvitationDetails:
    """The owner who asks, and the group for which somebody is invited."""

    owner_id: str
    """Their id; empty when the owner is no longer known."""
    owner_name: str
    team: str
    audience_kind: AudienceReason
    audience_name: str
    """The name of the segment or team that is invited."""
    greeting: str
    company: str


def invitation_message(details: InvitationDetails, wave_id: str, texts: Texts) -> Message:
    """Return the invitation; with `SAMPLE_WAVE_ID` as the wave, its buttons only reply that it's a sample."""
    parts = [first_line(details, texts), texts.say("invitation-what")]
    why = texts.say("invitation-why", company=escape_name(details.company))
    row = [_answer_button(answer, wave_id, texts) for answer in INVITATION_ANSWERS]
    blocks: list[Block] = [section(parts[0]), *plain_text_sections(details.greeting), section(parts[1])]
    spoken = [parts[0], escape_user_text(details.greeting), parts[1], why]
    return Message("\n".join(filter(None, spoken)), (*blocks, *actions(row), context(why)))


def reminder_or_snoozed_message(details: InvitationDetails, wave_id: str, n: str, texts: Texts) -> Message:
    """Return a reminder, shorter than the invitation and worded differently each time; or a snoozed invitation."""
    sentence = texts.say("invitation-reminder", n=n, owner=_owner_mention(details, texts))
    why = texts.say("invitation-reminder-why", n=n)
    row = [_answer_button(answer, wave_id, texts) for answer in INVITATION_ANSWERS]
    return Message(f"{sentence}\n{why}", (section(sentence), *actions(row), context(why)))


def snooze_choice_message(wave_id: str, texts: Texts) -> Message:
    """Return the choice of times for [Later], and the offer of a quiet period."""
    sentence, offer = texts.say("invitation-later-ask"), texts.say("quiet-offer")
    row = [
        *snooze_elements(ids.INVITATION_ANSWER, lambda choice: InvitationPayload(wave_id, choice), texts),
        _answer_button("no", wave_id, texts),
    ]
    return Message(
        f"{sentence}\n{offer}", (section(sentence), *actions(row), section(offer, quiet_until_picker(texts)))
    )


def _answer_button(answer: str, wave_id: str, texts: Texts) -> Element:
    label, payload = texts.label(f"invitation-{answer}"), InvitationPayload(wave_id, answer)
    return button(label, ids.INVITATION_ANSWER, payload, "primary" if answer == "begin" else "")


def _owner_mention(details: InvitationDetails, texts: Texts) -> str:
    return f"<@{details.owner_id}>" if details.owner_id else texts.label("invitation-owners")


def first_line(details: InvitationDetails, texts: Texts) -> str:
    """Return the line that says who asks, and for which group."""
    return texts.say(
        "invitation-from", owner=_owner_mention(details, texts), **_first_line_args(details, escape_name)
    )


def plain_first_line(details: InvitationDetails, texts: Texts) -> str:
    """Return the first line for a table, without a mention."""
    owner = details.owner_name if details.owner_id else texts.label("invitation-owners")
    return texts.label("invitation-from", owner=owner, **_first_line_args(details, str))


def _first_line_args(details: InvitationDetails, format_name: Callable[[str], str]) -> dict[str, str]:
    return {
        "team": format_name(details.team),
        "known": "team" if details.team and details.owner_id else "alone",
        "meant": details.audience_kind,
        "group": format_name(details.audience_name),
    }


def sample_heading_message(texts: Texts) -> Message:
    """Return the heading of a sample, so that nobody takes it for the real invitation."""
    sentence = texts.say("sample-heading", language=texts.label(f"choice-{texts.locale}"))
    return Message(sentence, (context(sentence),))
