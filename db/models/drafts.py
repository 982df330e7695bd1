"""The frozen nouns of a draft: all that a story in progress remembers, and nothing that can be derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

Language = Literal["en", "ar"]


class Step(StrEnum):
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


class Status(StrEnum):
    """Whether the draft is the person's current one, resting, put aside for another, or finished."""

    OPEN = "open"
    PAUSED = "paused"
    ASIDE = "aside"
    FINISHED = "finished"


@dataclass(frozen=True)
class Question:
    """One question: a step, and what it is about (a page of cards, a line and its opening)."""

    step: Step
    about: str = ""

    @property
    def key(self) -> str:
        """The name under which the answer is kept and which every button carries."""
        return f"{self.step}:{self.about}" if self.about else str(self.step)

    @classmethod
    def named(cls, key: str) -> Question:
        """The question with this key; ValueError when no step has that name."""
        step, _, about = key.partition(":")
        return cls(Step(step), about)


@dataclass(frozen=True)
class Said:
    """One message of the person's: as it stood at the door, as plain text, and where it lies in Slack."""

    raw: str
    plain: str
    channel: str = ""
    ts: str = ""
    deleted: bool = False


@dataclass(frozen=True)
class Written:
    """An answer in the person's words; several messages may make one answer.

    `replaced` names the messages, by their ts, that were the answer until this one took their place.
    """

    parts: tuple[Said, ...]
    kind: Literal["written"] = "written"
    replaced: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words as they count: deleted messages are out, the rest stand on lines of their own."""
        return "\n".join(part.plain for part in self.parts if not part.deleted).strip()


@dataclass(frozen=True)
class Chosen:
    """An answer by pressing: the choices' names."""

    choices: tuple[str, ...]
    kind: Literal["chosen"] = "chosen"


@dataclass(frozen=True)
class Skipped:
    """The question was left out, on purpose."""

    kind: Literal["skipped"] = "skipped"


Answer = Written | Chosen | Skipped


@dataclass(frozen=True)
class Deal:
    """The ten anchor cards of the first screen, in the order dealt, with what reproduces the deal."""

    seed: int
    row: int
    cards: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A line the person wants in the story: a card kept or changed, cards merged, or one of their own."""

    id: str
    text: str
    cards: tuple[str, ...] = ()
    kind: Literal["culture", "company", ""] = ""


@dataclass(frozen=True)
class Change:
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
    at: Question = Question(Step.INVITATION)
    status: Status = Status.OPEN
    version: int = 0
    language: Language | None = None
    segment: str | None = None
    counted: bool | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    deal: Deal | None = None
    opened: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()
    held: Said | None = None
    strays: tuple[Said, ...] = ()
    former: tuple[Said, ...] = ()
    edited: str | None = None
    changes: tuple[Change, ...] = ()
    notes_shown: frozenset[int] = frozenset()
    notes_silenced: frozenset[int] = frozenset()
    twin: str | None = None

    def answer(self, question: Question) -> Answer | None:
        """What was answered to this question, if anything."""
        return self.answers.get(question.key)

    def written(self, question: Question) -> str:
        """The words answered to this question, or nothing."""
        answer = self.answer(question)
        return answer.text if isinstance(answer, Written) else ""

    def chosen(self, question: Question) -> str | None:
        """The first choice pressed at this question, if one was."""
        answer = self.answer(question)
        return answer.choices[0] if isinstance(answer, Chosen) and answer.choices else None

    def change(self, question: Question) -> Change | None:
        """The change under this question that waits for a decision, if there is one."""
        return next((change for change in self.changes if change.question == question.key), None)

    def undecided(self, change: Change) -> Draft:
        """The draft with this change waiting, as the newest and the only one of its question."""
        others = self.decided(Question.named(change.question)).changes
        return replace(self, changes=(*others, change))

    def decided(self, *questions: Question) -> Draft:
        """The draft with nothing waiting under these questions."""
        keys = {question.key for question in questions}
        return replace(self, changes=tuple(c for c in self.changes if c.question not in keys))

    @property
    def early(self) -> tuple[Said, ...]:
        """The words that came before their question, without those of which it is being asked what they are."""
        return tuple(said for said in self.strays if said != self.held)

    def answered(self, question: Question, answer: Answer) -> Draft:
        """The draft with this answer kept, as the newest of all; the words it takes the place of are kept aside."""
        old = self.answer(question)
        before = old.parts if isinstance(old, Written) else ()
        now = answer.parts if isinstance(answer, Written) else ()
        gone = tuple(said for said in before if said not in now)
        if isinstance(answer, Written):
            answer = replace(answer, replaced=tuple(said.ts for said in gone))
        left = tuple(said for said in self.strays if said == self.held)
        former = (*self.former, *gone, *left)
        answers = {**self.without(question).answers, question.key: answer}
        return replace(self, answers=answers, former=former, strays=self.early, held=None)

    def without(self, question: Question) -> Draft:
        """The draft with the answer to this question taken out, so that it is asked again."""
        return replace(self, answers={k: v for k, v in self.answers.items() if k != question.key})
