"""What a person can do to a draft (actions), and what follows (turns): one small frozen class for each."""

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
    """What a decision needs in addition to the draft: the bank, and what the checks know of the company."""

    bank: StatementBank
    context: CoachingContext
    segments: Mapping[str, str] = field(default_factory=dict)
    """The segments' names, by segment and language."""


# --- what a person did -------------------------------------------------------------------------


@dataclass(frozen=True)
class TextSent:
    """Words in the DM; `is_late` means they were written before the current question was shown."""

    message: PersonMessage
    is_late: bool = False


@dataclass(frozen=True)
class CommandSent:
    """One of the words that work at every step; `message` is set if it was typed."""

    command: Command
    message: PersonMessage | None = None


@dataclass(frozen=True)
class EarlyCommand:
    """*Back* or *skip*, typed before the current question was shown: it can't be meant for that one."""


@dataclass(frozen=True)
class ButtonPressed:
    """A button: its question, the choice, and the subject of the choice (a card, a place)."""

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
    """A card or line in the author's words, from the modal."""

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
    """The author's own line, from the modal."""

    text: str


@dataclass(frozen=True)
class StoryRewritten:
    """The whole text, edited in the modal."""

    text: str


@dataclass(frozen=True)
class MessageEdited:
    """An earlier message, edited in Slack."""

    message: PersonMessage


@dataclass(frozen=True)
class MessageDeleted:
    """An earlier message, deleted in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True)
class MisreadAsAnswer:
    """An earlier message that was a request to the bot and no answer; `replaced_ts` are the messages it replaced."""

    channel: str
    ts: str
    replaced_ts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MessageRestored:
    """[Keep it]: a deleted message's words stay in the story."""

    question: Question
    ts: str


@dataclass(frozen=True)
class MediaOnly:
    """A photo, a voice clip or a file without words: acknowledged, and the step stays."""


UserAction = (
    TextSent | CommandSent | EarlyCommand | ButtonPressed | CardsDealt | LineReworded | LinesMerged | LineAdded
    | StoryRewritten | MessageEdited | MessageDeleted | MisreadAsAnswer | MessageRestored | MediaOnly
)  # fmt: skip


# --- what follows --------------------------------------------------------------------------


class Remark(StrEnum):
    """The one sentence that may come before a question; each has its text under `remark-…`."""

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
    SAVED = "saved"
    SWAPPED = "swapped"
    NOT_FOUND = "not-found"
    WELCOME_BACK = "welcome-back"
    BACK = "back"


@dataclass(frozen=True)
class AskQuestion:
    """The next question, or the same one again; `about` is the subject of the remark (an answer's key, a ts).

    `decision` is the choice that decided what becomes of a change, if one did.
    """

    draft: Draft
    remark: Remark | None = None
    about: str = ""
    decision: str = ""


@dataclass(frozen=True)
class RedrawScreen:
    """A change on the current screen, which is redrawn in place."""

    draft: Draft


@dataclass(frozen=True)
class AskAboutChange:
    """A question about words that changed after the whole text had been edited; the author decides between old and new.

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
    """A pause of the draft."""

    draft: Draft


@dataclass(frozen=True)
class MessagesStopped:
    """A stop: the draft is paused, and proactive messages are off; `may_be_answer` if the word may be an answer."""

    draft: Draft
    may_be_answer: bool = False


@dataclass(frozen=True)
class InvitationDeclined:
    """A no to the invitation: nothing is kept but what the person wrote, if anything."""

    draft: Draft


@dataclass(frozen=True)
class StoryFinished:
    """The end: the last question is answered."""

    draft: Draft


@dataclass(frozen=True)
class NoReply:
    """No change, and nothing to reply to (a link preview, a message that was no answer)."""

    draft: Draft


@dataclass(frozen=True)
class NeedsDeal:
    """A request for the first screen: the caller draws a deal and comes back with `CardsDealt`."""

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
