"""The nouns of coaching: the checks, what one of them found, and the note that says so without words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class CoachingCheck(IntEnum):
    """The twelve checks in the order of their notes; the number is what a draft remembers."""

    RISK = 1
    GAPS = 2
    PERSONAL = 3
    HOOK = 4
    VOICE = 5
    JARGON = 6
    BALANCE = 7
    SENTENCES = 8
    READING = 9
    SAMENESS = 10
    LENGTH = 11
    EMPLOYER = 12

    @property
    def topic(self) -> str:
        """What the note is about; sentence length and reading ease are one topic."""
        return CoachingCheck.SENTENCES.topic if self is CoachingCheck.READING else self.name.lower()


class CoachingStage(StrEnum):
    """The points of the conversation at which notes are asked for."""

    BALANCE = "balance"
    DRAFT = "draft"
    LAST_LOOK = "last_look"
    TAKE = "take"
    SHARE = "share"


class FindingKind(StrEnum):
    """What a hit is, for the wording that names it."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    POSTCODE = "postcode"
    FIGURE = "figure"
    CUSTOMER = "customer"
    CODE_NAME = "code_name"
    DATE = "date"
    COLLEAGUE = "colleague"
    THEIR_PAY = "their_pay"
    CANDIDATE = "candidate"
    HEALTH = "health"
    OWN_PAY = "own_pay"
    GAP = "gap"
    JARGON = "jargon"


@dataclass(frozen=True)
class CoachingFinding:
    """One hit, with `text == story[start:end]`.

    The hint is what to say instead of jargon, and the whole name of a colleague.
    """

    kind: FindingKind
    start: int
    end: int
    text: str
    hint: str = ""


@dataclass(frozen=True)
class CoachingNote:
    """One note on a draft; its words are found under `wording` and filled with `args`."""

    check: CoachingCheck
    variant: str
    span: tuple[int, int] | None = None
    args: Mapping[str, str | int] = field(default_factory=dict)
    findings: tuple[CoachingFinding, ...] = ()

    @property
    def topic(self) -> str:
        """What the note is about; there is one note for a topic at a time."""
        return self.check.topic

    @property
    def message_key(self) -> str:
        """The key of the note's words."""
        return f"note-{self.topic}-{self.variant}"


@dataclass(frozen=True)
class KeptLine:
    """A kept line as it was saved, with the kind of its theme: culture, company, or None."""

    text: str
    theme_kind: str | None = None
