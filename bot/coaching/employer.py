"""Employer named (check 12): a post about the product should say that its writer works there."""

from bot.coaching.contexts import CoachingContext
from bot.coaching.names import has_any_name
from bot.coaching.types import CoachingCheck, CoachingNote


def check_employer_named(text: str, context: CoachingContext) -> CoachingNote | None:
    """Return a note when neither the company's name nor an alias is in the text; None while no name is known."""
    if not context.company_names or has_any_name(text, context.company_names):
        return None
    return CoachingNote(CoachingCheck.EMPLOYER, "unnamed", None, {"company": context.company_names[0]})
