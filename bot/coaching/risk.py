"""Risk (check 1): details that may not be meant for strangers; every hit asks, "did you mean to?"."""

from bot.coaching.clients import detect_clients_and_code_names
from bot.coaching.colleagues import detect_colleagues
from bot.coaching.contacts import detect_contact_details
from bot.coaching.contexts import CoachingContext
from bot.coaching.events import detect_future_company_events
from bot.coaching.figures import detect_business_figures
from bot.coaching.privacy import detect_private_matters
from bot.coaching.types import CoachingCheck, CoachingFinding, CoachingNote, FindingKind

_OTHERS_KINDS = frozenset((FindingKind.THEIR_PAY, FindingKind.CANDIDATE, FindingKind.HEALTH))


def detect_risks(text: str, context: CoachingContext) -> tuple[CoachingFinding, ...]:
    """Return every hit in a text, in order of place."""
    found = (
        *detect_contact_details(text, context.region),
        *detect_business_figures(text),
        *detect_clients_and_code_names(text, context),
        *detect_colleagues(text, context),
        *detect_future_company_events(text),
        *detect_private_matters(text),
    )
    return tuple(sorted(set(found), key=lambda hit: (hit.start, hit.end, hit.kind)))


def check_risks(text: str, context: CoachingContext) -> tuple[CoachingNote, ...]:
    """Return the notes of the last look: about the company's affairs, about others, and about the writer's own pay."""
    found = detect_risks(text, context)
    others = tuple(hit for hit in found if hit.kind is FindingKind.COLLEAGUE or hit.kind in _OTHERS_KINDS)
    pay = tuple(hit for hit in found if hit.kind is FindingKind.OWN_PAY)
    public = tuple(hit for hit in found if hit not in others and hit not in pay)
    groups = (("public", public), ("others", others), ("pay", pay))
    return tuple(_risk_note(variant, hits) for variant, hits in groups if hits)


def _risk_note(variant: str, found: tuple[CoachingFinding, ...]) -> CoachingNote:
    first = found[0]
    return CoachingNote(CoachingCheck.RISK, variant, (first.start, first.end), {"count": len(found)}, found)
