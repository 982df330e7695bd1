"""Risk (check 1): what may not be meant for strangers; every hit is a question, "did you mean to?"."""

from bot.coaching.clients import clients
from bot.coaching.colleagues import colleagues
from bot.coaching.contacts import contacts
from bot.coaching.contexts import Context
from bot.coaching.events import events
from bot.coaching.figures import figures
from bot.coaching.privacy import privacy
from bot.coaching.types import Check, Found, Kind, Note

_THEIRS = frozenset((Kind.THEIR_PAY, Kind.CANDIDATE, Kind.HEALTH))


def risks(text: str, context: Context) -> tuple[Found, ...]:
    """Every hit in a text, in the order in which they stand there."""
    found = (
        *contacts(text, context.region),
        *figures(text),
        *clients(text, context),
        *colleagues(text, context),
        *events(text),
        *privacy(text),
    )
    return tuple(sorted(set(found), key=lambda hit: (hit.start, hit.end, hit.kind)))


def risk_notes(text: str, context: Context) -> tuple[Note, ...]:
    """The questions of the last look: about the company's affairs, about others, and about one's own pay."""
    found = risks(text, context)
    others = tuple(hit for hit in found if hit.kind is Kind.COLLEAGUE or hit.kind in _THEIRS)
    pay = tuple(hit for hit in found if hit.kind is Kind.OWN_PAY)
    public = tuple(hit for hit in found if hit not in others and hit not in pay)
    groups = (("public", public), ("others", others), ("pay", pay))
    return tuple(_note(variant, hits) for variant, hits in groups if hits)


def _note(variant: str, found: tuple[Found, ...]) -> Note:
    first = found[0]
    return Note(Check.RISK, variant, (first.start, first.end), {"count": len(found)}, found)
