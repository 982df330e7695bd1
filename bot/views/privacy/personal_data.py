"""Everything held about a person in words and numbers, and the three modals of deleting it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot import ids
from bot.i18n import Texts
from bot.ids import Carried
from bot.views.blocks import Block, Message, actions, button, divider, modal, named, plain, quoted, section
from bot.views.dates import day
from bot.views.privacy.consents import USES
from bot.views.stories.reader import paged
from db.models import Consent, Person, StoredDraft
from db.models.drafts import Status

TICK = "sure"
"""The block in which the deliberate tick stands."""
COUNTED = ("versions", "consents", "shown", "chosen", "places", "messages")
SOMETIMES = (
    "waves",
    "notices",
    "tries",
    "order",
    "sweeps",
    "tombstone",
    "listing",
    "role",
    "deeds",
    "changes",
    "lists",
    "other",
)
"""What most people have none of; named only when there is some."""


@dataclass(frozen=True)
class Holdings:
    """How much is held of each kind, and the list of what carries a date."""

    person: Person | None = None
    drafts: tuple[StoredDraft, ...] = ()
    consents: tuple[Consent, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def held_modal(held: Holdings, texts: Texts, page: int = 0, *, sent: bool = False) -> Block:
    """Everything held: how much of each kind, then the list; and a way to take it along."""
    title = texts.label("held-title")
    if held.person is None:
        return modal(title, [section(texts.say("held-nothing"))], texts.label("modal-close"))
    take = button(texts.label("home-held-take"), ids.HELD_TAKE, Carried())
    lines = [_slack(held.person, texts), texts.say("held-set"), texts.say("held-stories", n=len(held.drafts))]
    lines += [texts.say(f"held-{kind}", n=held.counts.get(kind, 0)) for kind in COUNTED]
    lines += [texts.say(f"held-{kind}", n=held.counts[kind]) for kind in SOMETIMES if held.counts.get(kind)]
    blocks = [section(texts.say("held-intro"))]
    blocks += [section(texts.say("held-on-its-way"))] if sent else actions([take])
    blocks += [divider(), section("\n".join(f"• {line}" for line in lines))]
    blocks += _listed("held-stories-title", [_story(s, held, texts) for s in held.drafts], texts)
    blocks += _listed("held-consents-title", [_consent(c, held, texts) for c in held.consents], texts)
    return paged(title, blocks, page, carried=Carried(about="held"), texts=texts)


def _slack(person: Person, texts: Texts) -> str:
    return texts.say(
        "held-slack",
        name=named(person.real_name or person.name) or "–",
        locale=quoted(person.locale or "–"),
        tz=quoted(person.tz or "–"),
        date=day(person.fetched_at, texts, person.tz),
    )


def _story(stored: StoredDraft, held: Holdings, texts: Texts) -> str:
    status = stored.draft.status
    return texts.say(
        "held-story",
        status="open" if status is Status.PAUSED else str(status),
        language=stored.draft.language or "none",
        date=day(stored.created_at, texts, held.person.tz if held.person else None),
    )


def _consent(consent: Consent, held: Holdings, texts: Texts) -> str:
    return texts.say(
        "held-consent",
        date=day(consent.at, texts, held.person.tz if held.person else None),
        use=consent.use if consent.use in USES else "other",
        given="yes" if consent.given else "no",
    )


def _listed(title: str, lines: list[str], texts: Texts) -> list[Block]:
    """A heading and its lines, a few to a section."""
    if not lines:
        return []
    groups = [lines[start : start + 15] for start in range(0, len(lines), 15)]
    blocks: list[Block] = [divider(), section(f"*{texts.say(title)}*")]
    return [*blocks, *(section("\n".join(f"• {line}" for line in group)) for group in groups)]


# --- delete it all ---------------------------------------------------------------------------------


def erase_modal(texts: Texts, *, sent: bool = False) -> Block:
    """The first question: what goes, what cannot be reached, what stays; and a way to take it along before."""
    take = button(texts.label("home-held-take"), ids.HELD_TAKE, Carried(about="erase"))
    file = section(texts.say("held-on-its-way")) if sent else section(texts.say("erase-file"), take)
    blocks = [section(texts.say(f"erase-{part}")) for part in ("what", "beyond", "stays")]
    return modal(
        texts.label("erase-title"),
        [*blocks, divider(), file],
        texts.label("erase-keep"),
        submit=texts.label("erase-go-on"),
        callback_id=ids.ERASE_READ,
    )


def erase_sure_modal(texts: Texts) -> Block:
    """The second question, with a tick that nobody sets by accident."""
    option = {"text": plain(texts.label("erase-sure-tick"), 75), "value": "yes"}
    tick: Block = {
        "type": "input",
        "block_id": TICK,
        "label": plain(texts.label("erase-sure-label"), 2000),
        "element": {"type": "checkboxes", "action_id": ids.ERASE_TICK, "options": [option]},
    }
    return modal(
        texts.label("erase-sure-title"),
        [section(texts.say("erase-sure")), tick],
        texts.label("erase-keep"),
        submit=texts.label("erase-sure-submit"),
        callback_id=ids.ERASE_CONFIRMED,
    )


def is_sure(view: Mapping[str, Block]) -> bool:
    """Whether the tick was set when the second question was submitted."""
    values = view.get("state", {}).get("values", {})
    chosen = values.get(TICK, {}).get(ids.ERASE_TICK, {}).get("selected_options") or []
    return any(option.get("value") == "yes" for option in chosen)


def erased_modal(messages: int, texts: Texts) -> Block:
    """That it is done, and what is left to happen."""
    return modal(
        texts.label("erase-done-title"),
        [section(s) for s in _farewell(messages, texts)],
        texts.label("modal-close"),
    )


def farewell(messages: int, texts: Texts) -> Message:
    """The last message to somebody who was erased: honest about what is left."""
    said = _farewell(messages, texts)
    return Message("\n".join(said), tuple(section(sentence) for sentence in said))


def _farewell(messages: int, texts: Texts) -> list[str]:
    return [
        texts.say("erase-done"),
        texts.say("erase-done-messages", n=messages),
        texts.say("erase-done-beyond"),
        texts.say("erase-done-again"),
    ]
