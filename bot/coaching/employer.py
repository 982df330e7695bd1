"""Employer named (check 12): whether a post about the product says that its writer works there."""

from bot.coaching.contexts import Context
from bot.coaching.names import is_named
from bot.coaching.types import Check, Note


def employer(text: str, context: Context) -> Note | None:
    """A note when neither the company's name nor an alias is in the text; none while no name is known."""
    if not context.company_names or is_named(text, context.company_names):
        return None
    return Note(Check.EMPLOYER, "unnamed", None, {"company": context.company_names[0]})
