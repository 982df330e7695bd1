"""The payloads of buttons and modals about a story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from bot.payloads.parts import ButtonPayload, PayloadParts, format_number, parse_number
from db.models import LandingStatus
from db.models.drafts import Question

PagedDocument = Literal["read", "versions", "list", "held"]

LANDING_ANSWERS: tuple[LandingStatus, ...] = ("up", "not_yet", "changed_mind")
_DOCUMENTS: tuple[PagedDocument, ...] = ("read", "versions", "list", "held")


@dataclass(frozen=True)
class DraftPayload(ButtonPayload):
    """A draft; every payload that names one can be read as it."""

    draft_id: str

    def to_parts(self) -> PayloadParts:
        """Return the draft's id."""
        return PayloadParts(draft=self.draft_id)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the draft, whatever the other parts say."""
        return cls(parts.draft) if parts.draft else None


@dataclass(frozen=True)
class QuestionPayload(ButtonPayload):
    """An answer to a question of a draft, and the card, line, note or message that it concerns."""

    draft_id: str
    question: Question
    choice: str = ""
    subject: str = ""

    def to_parts(self) -> PayloadParts:
        """Return all four parts."""
        return PayloadParts(self.draft_id, self.question.key, self.choice, self.subject)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the answer; ValueError for a question that doesn't exist."""
        question = Question.from_key(parts.question)
        return cls(parts.draft, question, parts.choice, parts.subject) if parts.draft else None


@dataclass(frozen=True)
class EditorPayload(ButtonPayload):
    """The draft in the editor, and its version when the editor was opened."""

    draft_id: str
    version: int | None = None

    def to_parts(self) -> PayloadParts:
        """Return the version as the choice."""
        return PayloadParts(self.draft_id, choice=format_number(self.version))

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the draft and version; older payloads also name a question."""
        return cls(parts.draft, parse_number(parts.choice)) if parts.draft else None


@dataclass(frozen=True)
class DestinationPayload(ButtonPayload):
    """A site to which a story is taken."""

    draft_id: str
    destination: str

    def to_parts(self) -> PayloadParts:
        """Return the destination as the subject."""
        return PayloadParts(self.draft_id, subject=self.destination)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the destination; the buttons of a question also name the question and a choice."""
        return cls(parts.draft, parts.subject) if parts.draft and parts.subject else None


@dataclass(frozen=True)
class ReplacementPayload(ButtonPayload):
    """The draft to put aside, and the story that the new one translates, if any."""

    draft_id: str
    translation_of: str = ""

    def to_parts(self) -> PayloadParts:
        """Return the translated story as the subject."""
        return PayloadParts(self.draft_id, subject=self.translation_of)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the draft and the translated story."""
        return cls(parts.draft, parts.subject) if parts.draft else None


@dataclass(frozen=True)
class LandingPayload(ButtonPayload):
    """What became of a finished story."""

    draft_id: str
    answer: LandingStatus

    def to_parts(self) -> PayloadParts:
        """Return the answer as the choice."""
        return PayloadParts(self.draft_id, choice=self.answer)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the answer; None for one that doesn't exist."""
        answer = next((known for known in LANDING_ANSWERS if known == parts.choice), None)
        return cls(parts.draft, answer) if parts.draft and answer else None


@dataclass(frozen=True)
class PagePayload(ButtonPayload):
    """A page of a long modal, counted from 0; with a draft where the document is one story's."""

    document: PagedDocument
    page: int = 0
    draft_id: str = ""

    def to_parts(self) -> PayloadParts:
        """Return the page as the choice and the document as the subject."""
        return PayloadParts(self.draft_id, choice=str(self.page), subject=self.document)

    @classmethod
    def from_parts(cls, parts: PayloadParts) -> Self | None:
        """Return the page; None for a document or number that doesn't exist."""
        document = next((known for known in _DOCUMENTS if known == parts.subject), None)
        page = parse_number(parts.choice)
        return cls(document, page, parts.draft) if document and page is not None else None
