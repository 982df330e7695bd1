"""What a person can do to a draft (answers), and what comes of it (turns): one small frozen class for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.coaching import CoachingContext
from bot.conversation.bank import StatementBank
from bot.conversation.commands import Command
from db.models.drafts import CardDeal, Draft, PersonMessage, Question, TextChange


@dataclass(frozen=True)
class Material:
    """What a decision needs besides the draft: the bank, and what the checks know of the company."""

    bank: StatementBank
    context: CoachingContext
    segments: Mapping[str, str] = field(default_factory=dict)
    """The segments' own names, under segment and language."""


# --- what a person did -------------------------------------------------------------------------


@dataclass(frozen=True)
class TextSent:
    """Words in the DM. `late` means they were written before the present question stood there."""

    said: PersonMessage
    is_late: bool = False


@dataclass(frozen=True)
class CommandSent:
    """One of the words that work at every step; `said` where it was typed."""

    command: Command
    said: PersonMessage | None = None


@dataclass(frozen=True)
class EarlyCommand:
    """*Back* or *skip*, typed before the present question was shown: it cannot be meant for that one."""


@dataclass(frozen=True)
class ButtonPressed:
    """A button: the question it was under, the choice, and what the choice is about (a card, a place)."""

    question: Question
    choice: str
    about: str = ""
    ticked_options: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardsDealt:
    """The deal for the first screen of cards, drawn after `NeedsDeal`."""

    deal: CardDeal


@dataclass(frozen=True)
class LineReworded:
    """A card or line in the person's words, from the modal."""

    about: str
    text: str


@dataclass(frozen=True)
class LinesMerged:
    """Two lines made into one, from the modal."""

    first: str
    second: str
    text: str


@dataclass(frozen=True)
class LineAdded:
    """A line of the person's own, from the modal."""

    text: str


@dataclass(frozen=True)
class StoryRewritten:
    """The whole text, edited in the modal."""

    text: str


@dataclass(frozen=True)
class MessageEdited:
    """An earlier message, edited in Slack."""

    said: PersonMessage


@dataclass(frozen=True)
class MessageDeleted:
    """An earlier message, deleted in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True)
class MisreadAsAnswer:
    """An earlier message was no answer after all, but said to the bot; `before` are those whose place it took."""

    channel: str
    ts: str
    replaced_ts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MessageRestored:
    """[Keep it]: a deleted message's words are to stay in the story."""

    question: Question
    ts: str


@dataclass(frozen=True)
class MediaOnly:
    """A photo, a voice clip, a file: kindly met, and the step stays."""


UserAction = (
    TextSent | CommandSent | EarlyCommand | ButtonPressed | CardsDealt | LineReworded | LinesMerged | LineAdded
    | StoryRewritten | MessageEdited | MessageDeleted | MisreadAsAnswer | MessageRestored | MediaOnly
)  # fmt: skip


# --- what comes of it --------------------------------------------------------------------------


class Remark(StrEnum):
    """The one sentence that may stand before a question; each has its words under `remark-…`."""

    GREETING = "greeting"
    EMPTY = "empty"
    CHOOSE = "choose"
    UNTICKED = "unticked"
    UNPLACED = "stray"
    OUT_OF_TURN = "out-of-turn"
    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    MISREAD = "unmeant"
    TAKEN_OUT = "taken-out"
    RESTORED = "restored"
    MEDIA_ONLY = "wordless"
    FIRST = "first"
    LAST = "last"
    SAVED = "saved"
    SWAPPED = "swapped"
    NOT_FOUND = "not-found"
    WELCOME_BACK = "welcome-back"
    BACK = "back"


@dataclass(frozen=True)
class AskQuestion:
    """The next question, or the same one again; `subject` is what the remark speaks of (an answer's key, a ts).

    `settled` is the choice that decided what becomes of a change, where one did.
    """

    draft: Draft
    remark: Remark | None = None
    about: str = ""
    decision: str = ""


@dataclass(frozen=True)
class RedrawScreen:
    """Something on the present screen changed: it is drawn anew in its place."""

    draft: Draft


@dataclass(frozen=True)
class AskAboutChange:
    """Words changed after the whole text had been edited: old and new are shown, the person decides.

    `remark` and `decision` belong to the change that was decided before this one.
    """

    draft: Draft
    change: TextChange
    remark: Remark | None = None
    decision: str = ""


@dataclass(frozen=True)
class CommandReply:
    """A reply that changes nothing in the conversation: help, the language, "erase?"."""

    draft: Draft
    command: Command


@dataclass(frozen=True)
class ConversationPaused:
    """The draft rests."""

    draft: Draft


@dataclass(frozen=True)
class MessagesStopped:
    """The draft rests, and nothing more is sent unasked; `as_answer` where the word may have been an answer."""

    draft: Draft
    may_be_answer: bool = False


@dataclass(frozen=True)
class InvitationDeclined:
    """Not for me: nothing is kept but what the person wrote, if they wrote anything."""

    draft: Draft


@dataclass(frozen=True)
class StoryFinished:
    """The last question is answered."""

    draft: Draft


@dataclass(frozen=True)
class NoReply:
    """Nothing changed and nothing needs to be said (a link preview, a message that was no answer)."""

    draft: Draft


@dataclass(frozen=True)
class NeedsDeal:
    """The first screen was asked for: the caller draws a deal and comes back with `CardsDealt`."""

    draft: Draft


Turn = (
    AskQuestion
    | RedrawScreen
    | AskAboutChange
    | CommandReply
    | ConversationPaused
    | MessagesStopped
    | InvitationDeclined
    | StoryFinished
    | NoReply
)
