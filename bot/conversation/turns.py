"""What a person can do to a draft (answers), and what comes of it (turns): one small frozen class for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.coaching import Context
from bot.conversation.bank import Bank
from bot.conversation.commands import Command
from db.models.drafts import Change, Deal, Draft, Question, Said


@dataclass(frozen=True)
class Material:
    """What a decision needs besides the draft: the bank, and what the checks know of the company."""

    bank: Bank
    context: Context
    segments: Mapping[str, str] = field(default_factory=dict)
    """The segments' own names, under segment and language."""


# --- what a person did -------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """Words in the DM. `late` means they were written before the present question stood there."""

    said: Said
    late: bool = False


@dataclass(frozen=True)
class Ordered:
    """One of the words that work at every step; `said` where it was typed."""

    command: Command
    said: Said | None = None


@dataclass(frozen=True)
class Unseen:
    """*Back* or *skip*, typed before the present question was shown: it cannot be meant for that one."""


@dataclass(frozen=True)
class Pressed:
    """A button: the question it was under, the choice, and what the choice is about (a card, a place)."""

    question: Question
    choice: str
    about: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """The first screen of cards was asked for, and this is what was dealt."""

    deal: Deal


@dataclass(frozen=True)
class Reworded:
    """A card or line in the person's words, from the modal."""

    about: str
    text: str


@dataclass(frozen=True)
class Merged:
    """Two lines made into one, from the modal."""

    first: str
    second: str
    text: str


@dataclass(frozen=True)
class Added:
    """A line of the person's own, from the modal."""

    text: str


@dataclass(frozen=True)
class Rewritten:
    """The whole text, edited in the modal."""

    text: str


@dataclass(frozen=True)
class Revised:
    """An earlier message, edited in Slack."""

    said: Said


@dataclass(frozen=True)
class Withdrawn:
    """An earlier message, deleted in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Unmeant:
    """An earlier message was no answer after all, but said to the bot; `before` are those whose place it took."""

    channel: str
    ts: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restored:
    """[Keep it]: a deleted message's words are to stay in the story."""

    question: Question
    ts: str


@dataclass(frozen=True)
class Wordless:
    """A photo, a voice clip, a file: kindly met, and the step stays."""


Answer = (
    Told | Ordered | Unseen | Pressed | Opened | Reworded | Merged | Added
    | Rewritten | Revised | Withdrawn | Unmeant | Restored | Wordless
)  # fmt: skip


# --- what comes of it --------------------------------------------------------------------------


class Remark(StrEnum):
    """The one sentence that may stand before a question; each has its words under `remark-…`."""

    GREETING = "greeting"
    EMPTY = "empty"
    CHOOSE = "choose"
    UNTICKED = "unticked"
    STRAY = "stray"
    OUT_OF_TURN = "out-of-turn"
    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    UNMEANT = "unmeant"
    TAKEN_OUT = "taken-out"
    RESTORED = "restored"
    WORDLESS = "wordless"
    FIRST = "first"
    LAST = "last"
    SAVED = "saved"
    SWAPPED = "swapped"
    NOT_FOUND = "not-found"
    WELCOME_BACK = "welcome-back"
    BACK = "back"


@dataclass(frozen=True)
class Ask:
    """The next question, or the same one again; `about` is what the remark speaks of (an answer's key, a ts).

    `settled` is the choice that decided what becomes of a change, where one did.
    """

    draft: Draft
    remark: Remark | None = None
    about: str = ""
    settled: str = ""


@dataclass(frozen=True)
class Redraw:
    """Something on the present screen changed: it is drawn anew in its place."""

    draft: Draft


@dataclass(frozen=True)
class Compare:
    """Words changed after the whole text had been edited: old and new are shown, the person decides.

    `remark` and `settled` speak of the change that was decided before this one.
    """

    draft: Draft
    change: Change
    remark: Remark | None = None
    settled: str = ""


@dataclass(frozen=True)
class Note:
    """A reply that changes nothing in the conversation: help, the language, "erase?"."""

    draft: Draft
    command: Command


@dataclass(frozen=True)
class Paused:
    """The draft rests."""

    draft: Draft


@dataclass(frozen=True)
class Stopped:
    """The draft rests, and nothing more is sent unasked; `as_answer` where the word may have been an answer."""

    draft: Draft
    as_answer: bool = False


@dataclass(frozen=True)
class Declined:
    """Not for me: nothing is kept but what the person wrote, if they wrote anything."""

    draft: Draft


@dataclass(frozen=True)
class Finished:
    """The last question is answered."""

    draft: Draft


@dataclass(frozen=True)
class Nothing:
    """Nothing changed and nothing needs to be said (a link preview, a message that was no answer)."""

    draft: Draft


Turn = Ask | Redraw | Compare | Note | Paused | Stopped | Declined | Finished | Nothing
