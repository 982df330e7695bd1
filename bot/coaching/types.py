"""The types of coaching: the checks, their findings, and the notes, without any wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class CoachingCheck(IntEnum):
    """The twelve checks in the order of their notes; a draft remembers them by number."""

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
        """The topic of the note; sentence length and reading ease share one."""
        return CoachingCheck.SENTENCES.topic if self is CoachingCheck.READING else self.name.lower()


class CoachingStage(StrEnum):
    """The stages of the conversation at which notes are asked for."""

    BALANCE = "balance"
    DRAFT = "draft"
    LAST_LOOK = "last_look"
    TAKE = "take"
    SHARE = "share"


class FindingKind(StrEnum):
    """The kind of a finding, for the wording that names it."""

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
    """One finding, with `text == story[start:end]`.

    The hint is the plain alternative to jargon, or the full name of a colleague.
    """

    kind: FindingKind
    start: int
    end: int
    text: str
    hint: str = ""


@dataclass(frozen=True)
class CoachingNote:
    """One note on a draft; its text has the key `message_key` and is filled with `args`."""

    check: CoachingCheck
    variant: str
    span: tuple[int, int] | None = None
    args: Mapping[str, str | int] = field(default_factory=dict)
    findings: tuple[CoachingFinding, ...] = ()

    @property
    def topic(self) -> str:
        """The topic of the note; there is one note for a topic at a time."""
        return self.check.topic

    @property
    def message_key(self) -> str:
        """The key of the note's text."""
        return f"note-{self.topic}-{self.variant}"


@dataclass(frozen=True)
class KeptLine:
    """A kept line as it was saved, with the kind of its theme: culture, company, or None."""

    text: str
    theme_kind: str | None = None
