"""The context of a check: everything besides the text itself that a note may depend on."""

from dataclasses import dataclass, field

from bot.coaching.jargon import Jargon
from bot.coaching.types import Line
from bot.text import Language, language


@dataclass(frozen=True)
class Context:
    """What is known about the writer, the company and the draft; whatever is unknown stays empty."""

    story_language: Language = "en"
    silenced: frozenset[int] = frozenset()
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
    jargon: Jargon = field(default_factory=Jargon)
    bank_lines: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    headline: str = ""

    def language_of(self, text: str) -> Language:
        """The language a text is judged by: its own, or the story's when it has no letters."""
        return language(text) or self.story_language
