"""An invitation as people read it: who asked, the owner's own lines, why it came, and five ways to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot import ids
from bot.i18n import Texts
from bot.ids import ButtonPayload
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
"""What the buttons of a sample carry in place of a wave."""


@dataclass(frozen=True)
class InvitationDetails:
    """Who asked for it, and as what somebody is meant."""

    owner_id: str
    """Their id; nothing when whoever asked is no longer known."""
    owner_name: str
    team: str
    audience_kind: str
    audience_name: str
    """The name of the segment or team that is meant."""
    greeting: str
    company: str


def invitation_message(details: InvitationDetails, wave_id: str, texts: Texts) -> Message:
    """The invitation; with `SAMPLE_WAVE_ID` for the wave, its buttons answer that it is one."""
    parts = [first_line(details, texts), texts.say("invitation-what")]
    why = texts.say("invitation-why", company=escape_name(details.company))
    row = [_answer_button(answer, wave_id, texts) for answer in INVITATION_ANSWERS]
    blocks: list[Block] = [section(parts[0]), *plain_text_sections(details.greeting), section(parts[1])]
    aloud = [parts[0], escape_user_text(details.greeting), parts[1], why]
    return Message("\n".join(filter(None, aloud)), (*blocks, *actions(row), context(why)))


def reminder_message(details: InvitationDetails, wave_id: str, n: str, texts: Texts) -> Message:
    """A reminder, shorter than what it reminds of and each in other words; or what somebody has put off."""
    said = texts.say("invitation-reminder", n=n, owner=_owner_mention(details, texts))
    why = texts.say("invitation-reminder-why", n=n)
    row = [_answer_button(answer, wave_id, texts) for answer in INVITATION_ANSWERS]
    return Message(f"{said}\n{why}", (section(said), *actions(row), context(why)))


def snooze_choice_message(wave_id: str, texts: Texts) -> Message:
    """[Later]: when? Or quiet from all of it, for a while."""
    said, offer = texts.say("invitation-later-ask"), texts.say("quiet-offer")
    row = [
        *snooze_elements(ids.INVITATION_ANSWER, ButtonPayload(subject=wave_id), texts),
        _answer_button("no", wave_id, texts),
    ]
    return Message(
        f"{said}\n{offer}", (section(said), *actions(row), section(offer, quiet_until_picker(texts)))
    )


def _answer_button(answer: str, wave_id: str, texts: Texts) -> Element:
    carried = ButtonPayload(choice=answer, subject=wave_id)
    label = texts.label(f"invitation-{answer}")
    return button(label, ids.INVITATION_ANSWER, carried, "primary" if answer == "begin" else "")


def _owner_mention(details: InvitationDetails, texts: Texts) -> str:
    return f"<@{details.owner_id}>" if details.owner_id else texts.label("invitation-owners")


def first_line(details: InvitationDetails, texts: Texts) -> str:
    """Who asked, and for whom."""
    return texts.say(
        "invitation-from", owner=_owner_mention(details, texts), **_first_line_args(details, escape_name)
    )


def plain_first_line(details: InvitationDetails, texts: Texts) -> str:
    """The same for a table, in which no mention is drawn."""
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
    """What stands above a sample, so that nobody takes it for the real one."""
    said = texts.say("sample-heading", language=texts.label(f"choice-{texts.locale}"))
    return Message(said, (context(said),))
