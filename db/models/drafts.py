"""The frozen nouns of a draft: all that a story in progress remembers, and nothing that can be derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

Language = Literal["en", "ar"]


class DraftStep(StrEnum):
    """The steps of the guided exercise, in the order in which they are asked."""

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
    """Whether the draft is the person's current one, resting, put aside for another, or finished."""

    OPEN = "open"
    PAUSED = "paused"
    ASIDE = "aside"
    FINISHED = "finished"


@dataclass(frozen=True)
class Question:
    """One question: a step, and what it is about (a page of cards, a line and its opening)."""

    step: DraftStep
    about: str = ""

    @property
    def key(self) -> str:
        """The name under which the answer is kept and which every button carries."""
        return f"{self.step}:{self.about}" if self.about else str(self.step)

    @classmethod
    def from_key(cls, key: str) -> Question:
        """The question with this key; ValueError when no step has that name."""
        step, _, about = key.partition(":")
        return cls(DraftStep(step), about)


@dataclass(frozen=True)
class PersonMessage:
    """One message of the person's: as it stood at the door, as plain text, and where it lies in Slack."""

    raw: str
    plain: str
    channel: str = ""
    ts: str = ""
    deleted: bool = False


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer in the person's words; several messages may make one answer.

    `replaced` names the messages, by their ts, that were the answer until this one took their place.
    """

    parts: tuple[PersonMessage, ...]
    kind: Literal["written"] = "written"
    replaced: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words as they count: deleted messages are out, the rest stand on lines of their own."""
        return "\n".join(part.plain for part in self.parts if not part.deleted).strip()


@dataclass(frozen=True)
class ChosenAnswer:
    """An answer by pressing: the choices' names."""

    choices: tuple[str, ...]
    kind: Literal["chosen"] = "chosen"


@dataclass(frozen=True)
class SkippedAnswer:
    """The question was left out, on purpose."""

    kind: Literal["skipped"] = "skipped"


DraftAnswer = WrittenAnswer | ChosenAnswer | SkippedAnswer


@dataclass(frozen=True)
class CardDeal:
    """The ten anchor cards of the first screen, in the order dealt, with what reproduces the deal."""

    seed: int
    row: int
    cards: tuple[str, ...]


@dataclass(frozen=True)
class StoryLine:
    """A line the person wants in the story: a card kept or changed, cards merged, or one of their own."""

    id: str
    text: str
    cards: tuple[str, ...] = ()
    kind: Literal["culture", "company", ""] = ""


@dataclass(frozen=True)
class TextChange:
    """Words that changed after the whole text had been edited by hand: nobody guesses, we ask.

    `question` is the answer or the line that they are in; `old` are the words as they stood in that text.
    """

    question: str
    old: str
    new: str


@dataclass(frozen=True)
class Draft:
    """A story in progress. Everything on the screen is a function of this and of the bank.

    `version` grows by one with every change that is saved. `edited` is the whole text once it has
    been edited by hand (or pasted); from then on it is the truth and nothing is composed any more.
    `strays` are words that came before their question; `former` those that another answer took the place
    of, and those offered at their question and left; `held` is a greeting that might be an answer,
    or the first words after a pause, which are among the strays as well;
    `changes` wait for a decision each, one for a question. `twin` is the same story in the other language.
    `notes_shown` and `notes_silenced` hold numbers of checks only, never what they found.
    """

    id: str
    at: Question = Question(DraftStep.INVITATION)
    status: DraftStatus = DraftStatus.OPEN
    version: int = 0
    language: Language | None = None
    segment: str | None = None
    counted: bool | None = None
    answers: Mapping[str, DraftAnswer] = field(default_factory=dict)
    deal: CardDeal | None = None
    opened: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()
    lines: tuple[StoryLine, ...] = ()
    held: PersonMessage | None = None
    strays: tuple[PersonMessage, ...] = ()
    former: tuple[PersonMessage, ...] = ()
    edited: str | None = None
    changes: tuple[TextChange, ...] = ()
    notes_shown: frozenset[int] = frozenset()
    notes_silenced: frozenset[int] = frozenset()
    twin: str | None = None

    def answer_to(self, question: Question) -> DraftAnswer | None:
        """What was answered to this question, if anything."""
        return self.answers.get(question.key)

    def written_text(self, question: Question) -> str:
        """The words answered to this question, or nothing."""
        answer = self.answer_to(question)
        return answer.text if isinstance(answer, WrittenAnswer) else ""

    def first_choice(self, question: Question) -> str | None:
        """The first choice pressed at this question, if one was."""
        answer = self.answer_to(question)
        return answer.choices[0] if isinstance(answer, ChosenAnswer) and answer.choices else None

    def pending_change(self, question: Question) -> TextChange | None:
        """The change under this question that waits for a decision, if there is one."""
        return next((change for change in self.changes if change.question == question.key), None)

    def with_pending_change(self, change: TextChange) -> Draft:
        """The draft with this change waiting, as the newest and the only one of its question."""
        others = self.without_pending_changes(Question.from_key(change.question)).changes
        return replace(self, changes=(*others, change))

    def without_pending_changes(self, *questions: Question) -> Draft:
        """The draft with nothing waiting under these questions."""
        keys = {question.key for question in questions}
        return replace(self, changes=tuple(c for c in self.changes if c.question not in keys))

    @property
    def early_messages(self) -> tuple[PersonMessage, ...]:
        """The words that came before their question, without those of which it is being asked what they are."""
        return tuple(said for said in self.strays if said != self.held)

    def with_answer(self, question: Question, answer: DraftAnswer) -> Draft:
        """The draft with this answer kept, as the newest of all; the words it takes the place of are kept aside."""
        old = self.answer_to(question)
        before = old.parts if isinstance(old, WrittenAnswer) else ()
        now = answer.parts if isinstance(answer, WrittenAnswer) else ()
        gone = tuple(said for said in before if said not in now)
        if isinstance(answer, WrittenAnswer):
            answer = replace(answer, replaced=tuple(said.ts for said in gone))
        left = tuple(said for said in self.strays if said == self.held)
        former = (*self.former, *gone, *left)
        answers = {**self.without_answer(question).answers, question.key: answer}
        return replace(self, answers=answers, former=former, strays=self.early_messages, held=None)

    def without_answer(self, question: Question) -> Draft:
        """The draft with the answer to this question taken out, so that it is asked again."""
        return replace(self, answers={k: v for k, v in self.answers.items() if k != question.key})
