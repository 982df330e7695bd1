"""An invitation as people read it: who asked, the owner's own lines, why it came, and five ways to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot import ids
from bot.i18n import Texts
from bot.ids import Carried
from bot.views.blocks import Block, Element, Message, actions, button, context, named, prose, quoted, section
from bot.views.delivery.snooze import later, quiet_picker

ANSWERS = ("begin", "no", "later", "fewer", "stop")
SAMPLE = "sample"
"""What the buttons of a sample carry in place of a wave."""


@dataclass(frozen=True)
class Asked:
    """Who asked for it, and as what somebody is meant."""

    owner: str
    """Their id; nothing when whoever asked is no longer known."""
    name: str
    team: str
    meant: str
    group: str
    """The name of the segment or team that is meant."""
    greeting: str
    company: str


def invitation(asked: Asked, wave: str, texts: Texts) -> Message:
    """The invitation; with `SAMPLE` for the wave, its buttons answer that it is one."""
    parts = [first_line(asked, texts), texts.say("invitation-what")]
    why = texts.say("invitation-why", company=named(asked.company))
    row = [_answer(answer, wave, texts) for answer in ANSWERS]
    blocks: list[Block] = [section(parts[0]), *prose(asked.greeting), section(parts[1])]
    aloud = [parts[0], quoted(asked.greeting), parts[1], why]
    return Message("\n".join(filter(None, aloud)), (*blocks, *actions(row), context(why)))


def reminder(asked: Asked, wave: str, n: str, texts: Texts) -> Message:
    """A reminder, shorter than what it reminds of and each in other words; or what somebody has put off."""
    said = texts.say("invitation-reminder", n=n, owner=_owner(asked, texts))
    why = texts.say("invitation-reminder-why", n=n)
    row = [_answer(answer, wave, texts) for answer in ANSWERS]
    return Message(f"{said}\n{why}", (section(said), *actions(row), context(why)))


def later_choice(wave: str, texts: Texts) -> Message:
    """[Later]: when? Or quiet from all of it, for a while."""
    said, offer = texts.say("invitation-later-ask"), texts.say("quiet-offer")
    row = [*later(ids.INVITATION, Carried(about=wave), texts), _answer("no", wave, texts)]
    return Message(f"{said}\n{offer}", (section(said), *actions(row), section(offer, quiet_picker(texts))))


def _answer(answer: str, wave: str, texts: Texts) -> Element:
    carried = Carried(choice=answer, about=wave)
    label = texts.label(f"invitation-{answer}")
    return button(label, ids.INVITATION, carried, "primary" if answer == "begin" else "")


def _owner(asked: Asked, texts: Texts) -> str:
    return f"<@{asked.owner}>" if asked.owner else texts.label("invitation-owners")


def first_line(asked: Asked, texts: Texts) -> str:
    """Who asked, and for whom."""
    return texts.say("invitation-from", owner=_owner(asked, texts), **_known(asked, named))


def plain_first_line(asked: Asked, texts: Texts) -> str:
    """The same for a table, in which no mention is drawn."""
    owner = asked.name if asked.owner else texts.label("invitation-owners")
    return texts.label("invitation-from", owner=owner, **_known(asked, str))


def _known(asked: Asked, written: Callable[[str], str]) -> dict[str, str]:
    return {
        "team": written(asked.team),
        "known": "team" if asked.team and asked.owner else "alone",
        "meant": asked.meant,
        "group": written(asked.group),
    }


def sample_heading(texts: Texts) -> Message:
    """What stands above a sample, so that nobody takes it for the real one."""
    said = texts.say("sample-heading", language=texts.label(f"choice-{texts.locale}"))
    return Message(said, (context(said),))
