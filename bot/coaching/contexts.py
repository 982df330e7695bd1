"""The context of a check: everything besides the text itself that a note may depend on."""

from dataclasses import dataclass, field

from bot.coaching.jargon import JargonList
from bot.coaching.types import KeptLine
from bot.text import Language, detect_language


@dataclass(frozen=True)
class CoachingContext:
    """What is known about the writer, the company and the draft; whatever is unknown stays empty."""

    story_language: Language = "en"
    silenced_checks: frozenset[int] = frozenset()
    # The answer about life outside work; None when that step was skipped.
    outside_answer: str | None = None
    outside_offered_again: bool = False
    own_first_names: tuple[str, ...] = ()
    company_names: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    code_names: tuple[str, ...] = ()
    # The others of the directory, without the writer.
    colleagues: tuple[str, ...] = ()
    region: str | None = None
    jargon: JargonList = field(default_factory=JargonList)
    bank_lines: tuple[str, ...] = ()
    published_stories: tuple[str, ...] = ()
    kept_lines: tuple[KeptLine, ...] = ()
    headline: str = ""

    def language_of(self, text: str) -> Language:
        """The language a text is judged by: its own, or the story's when it has no letters."""
        return detect_language(text) or self.story_language
