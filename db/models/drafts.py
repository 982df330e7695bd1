"""The frozen models of a draft: everything a story in progress remembers, and nothing that can be derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

StoryLanguage = Literal["en", "ar"]


class DraftStep(StrEnum):
    """The steps of the guided exercise, in the order they're asked."""

    INVITATION = "invitation"
    RULES = "rules"
    SEGMENT = "segment"
    LANGUAGE = "language"
    WARM_UP = "warm_up"
    PASTE = "paste"
    TURN = "turn"
    LINES = "lines"
    FILL = "fill"
    YOURS = "yours"
    BALANCE = "balance"
    OUTSIDE = "outside"
    ASK_ME = "ask_me"
    FIRST_LINE = "first_line"
    DRAFT = "draft"
    HEADLINE = "headline"
    LAST_LOOK = "last_look"
    TAKE = "take"
    HAND = "hand"
    HIGHLIGHT = "highlight"
    DONE = "done"
    OTHER_LANGUAGE = "other_language"


class DraftStatus(StrEnum):
    """The status of a draft: current, paused, put aside for another, or finished."""

    OPEN = "open"
    PAUSED = "paused"
    ASIDE = "aside"
    FINISHED = "finished"


@dataclass(frozen=True)
class Question:
    """A question: a step and its subject (a page of cards, a line and its placeholder)."""

    step: DraftStep
    about: str = ""

    @property
    def key(self) -> str:
        """The name that the answer is stored under and that every button carries."""
        return f"{self.step}:{self.about}" if self.about else str(self.step)

    @classmethod
    def from_key(cls, key: str) -> Question:
        """Return the question with this key, or raise ValueError if no step has that name."""
        step, _, about = key.partition(":")
        return cls(DraftStep(step), about)


@dataclass(frozen=True)
class PersonMessage:
    """A message from the person: as received, as plain text, and where it is in Slack."""

    raw: str
    plain: str
    channel: str = ""
    ts: str = ""
    deleted: bool = False


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer in the person's words; several messages may form one answer.

    `replaced` holds the ts of the messages that were the answer before this one.
    """

    parts: tuple[PersonMessage, ...]
    kind: Literal["written"] = "written"
    replaced: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that counts: one line per message, without deleted messages."""
        return "\n".join(part.plain for part in self.parts if not part.deleted).strip()


@dataclass(frozen=True)
class ChosenAnswer:
    """An answer by button: the names of the choices."""

    choices: tuple[str, ...]
    kind: Literal["chosen"] = "chosen"


@dataclass(frozen=True)
class SkippedAnswer:
    """A question that the person skipped on purpose."""

    kind: Literal["skipped"] = "skipped"


DraftAnswer = WrittenAnswer | ChosenAnswer | SkippedAnswer


@dataclass(frozen=True)
class CardDeal:
    """The ten anchor cards of the first screen in the order dealt, with the seed and row that reproduce the deal."""

    seed: int
    row: int
    cards: tuple[str, ...]


@dataclass(frozen=True)
class StoryLine:
    """A line the person wants in the story: a kept or changed card, merged cards, or their own text."""

    id: str
    text: str
    cards: tuple[str, ...] = ()
    kind: Literal["culture", "company", ""] = ""


@dataclass(frozen=True)
class TextChange:
    """A change made after the full text had been edited by hand: the bot asks what to do, and doesn't guess.

    `question` names the changed answer or line; `old` is how it read in that text.
    """

    question: str
    old: str
    new: str


@dataclass(frozen=True)
class Draft:
    """A story in progress. Everything on the screen is a function of the draft and the bank.

    `version` grows by one with every saved change. `edited` is the full text once it has been edited
    by hand (or pasted); from then on it's authoritative and the text is no longer composed from answers.
    `unplaced` are messages sent before their question was asked. `superseded` are messages that another
    answer superseded, and messages offered at their question but not used. `pending` is a greeting that might
    be an answer, or the first message after a pause, which is among the unplaced as well. `changes` each wait
    for a decision, at most one per question. `translation_of` is the id of the same story in the other
    language. Aliases are the keys in stored documents. `notes_shown` and `notes_silenced` hold only numbers of
    checks, never their findings.
    """

    id: str
    at: Question = Question(DraftStep.INVITATION)
    status: DraftStatus = DraftStatus.OPEN
    version: int = 0
    language: StoryLanguage | None = None
    segment: str | None = None
    counted: bool | None = None
    answers: Mapping[str, DraftAnswer] = field(default_factory=dict)
    deal: CardDeal | None = None
    opened: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()
    lines: tuple[StoryLine, ...] = ()
    pending: Annotated[PersonMessage | None, Field(alias="held")] = None
    unplaced: Annotated[tuple[PersonMessage, ...], Field(alias="strays")] = ()
    superseded: Annotated[tuple[PersonMessage, ...], Field(alias="former")] = ()
    edited: str | None = None
    changes: tuple[TextChange, ...] = ()
    notes_shown: frozenset[int] = frozenset()
    notes_silenced: frozenset[int] = frozenset()
    translation_of: Annotated[str | None, Field(alias="twin")] = None

    def answer_to(self, question: Question) -> DraftAnswer | None:
        """Return the answer to this question, if there is one."""
        return self.answers.get(question.key)

    def written_text(self, question: Question) -> str:
        """Return the text that answers this question, or an empty string."""
        answer = self.answer_to(question)
        return answer.text if isinstance(answer, WrittenAnswer) else ""

    def first_choice(self, question: Question) -> str | None:
        """Return the first choice made at this question, if there is one."""
        answer = self.answer_to(question)
        return answer.choices[0] if isinstance(answer, ChosenAnswer) and answer.choices else None

    def pending_change(self, question: Question) -> TextChange | None:
        """Return the change to this question that waits for a decision, if there is one."""
        return next((change for change in self.changes if change.question == question.key), None)

    def with_pending_change(self, change: TextChange) -> Draft:
        """Return the draft with this pending change, as the newest and the only one for its question."""
        others = self.without_pending_changes(Question.from_key(change.question)).changes
        return replace(self, changes=(*others, change))

    def without_pending_changes(self, *questions: Question) -> Draft:
        """Return the draft without pending changes to these questions."""
        keys = {question.key for question in questions}
        return replace(self, changes=tuple(c for c in self.changes if c.question not in keys))

    @property
    def early_messages(self) -> tuple[PersonMessage, ...]:
        """Messages sent before their question, except the one the bot is asking about."""
        return tuple(message for message in self.unplaced if message != self.pending)

    def with_answer(self, question: Question, answer: DraftAnswer) -> Draft:
        """Return the draft with this answer as the newest; the messages it supersedes are kept in `superseded`."""
        old = self.answer_to(question)
        before = old.parts if isinstance(old, WrittenAnswer) else ()
        now = answer.parts if isinstance(answer, WrittenAnswer) else ()
        superseded = tuple(message for message in before if message not in now)
        if isinstance(answer, WrittenAnswer):
            answer = replace(answer, replaced=tuple(message.ts for message in superseded))
        unused = tuple(message for message in self.unplaced if message == self.pending)
        former = (*self.superseded, *superseded, *unused)
        answers = {**self.without_answer(question).answers, question.key: answer}
        return replace(self, answers=answers, superseded=former, unplaced=self.early_messages, pending=None)

    def without_answer(self, question: Question) -> Draft:
        """Return the draft without the answer to this question, so that it's asked again."""
        return replace(self, answers={k: v for k, v in self.answers.items() if k != question.key})
