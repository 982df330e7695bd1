"""The context of a check: everything that a note may depend on apart from the text."""

from dataclasses import dataclass, field

from bot.coaching.jargon import JargonList
from bot.coaching.types import KeptLine
from bot.text import Language, detect_language


@dataclass(frozen=True)
class CoachingContext:
    """The known facts about the writer, the company and the draft; unknown ones are empty."""

    story_language: Language = "en"
    silenced_checks: frozenset[int] = frozenset()
    # The answer about life outside work; None when that step was skipped.
    outside_answer: str | None = None
    outside_offered_again: bool = False
    own_first_names: tuple[str, ...] = ()
    company_names: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    code_names: tuple[str, ...] = ()
    # The people of the directory without the writer.
    colleagues: tuple[str, ...] = ()
    region: str | None = None
    jargon: JargonList = field(default_factory=JargonList)
    bank_lines: tuple[str, ...] = ()
    published_stories: tuple[str, ...] = ()
    kept_lines: tuple[KeptLine, ...] = ()
    headline: str = ""

    def language_of(self, text: str) -> Language:
        """Return the language of a text; for a text without letters, the story's."""
        return detect_language(text) or self.story_language
