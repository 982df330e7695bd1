"""An audience: whom an owner means with a wave, by segment, by team, as executives or one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.waves import Candidate, LeftOut, left_out
from db.models import Person
from db.models.programmes import Listing


class Meant(StrEnum):
    """As what somebody is meant: in these words they read why the message came to them."""

    SEGMENT = "segment"
    TEAM = "team"
    EXECUTIVES = "executives"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class Audience:
    """Whom an owner means, and whom not."""

    segments: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    executives: frozenset[str] = frozenset()
    """The ids of the executives, when they are meant as such."""
    chosen: frozenset[str] = frozenset()
    chosen_out: frozenset[str] = frozenset()


def meant_as(person: Person, listing: Listing | None, audience: Audience) -> Meant | None:
    """As what this person is meant; None for whom the owner does not mean."""
    works_in = listing.works_in if listing else None
    reasons = (
        (Meant.SEGMENT, person.segment in audience.segments),
        (Meant.TEAM, works_in in audience.teams),
        (Meant.EXECUTIVES, person.user_id in audience.executives),
        (Meant.CHOSEN, person.user_id in audience.chosen),
    )
    return next((meant for meant, holds in reasons if holds), None)


def candidate(
    person: Person, listing: Listing | None, audience: Audience, *, by_own_doing: bool = False
) -> Candidate:
    """Somebody of the workspace, seen with this wave in mind.

    Whoever means a whole segment hears of those who could not be put into any, for they may have been forgotten.
    """
    is_chosen_out = person.user_id in audience.chosen_out
    meant = is_chosen_out or meant_as(person, listing, audience) is not None
    if audience.segments and not meant:
        without = left_out(Candidate(person))
        meant = without in (LeftOut.NO_SEGMENT, LeftOut.GUEST) and person.segment is None
    return Candidate(person, meant, is_chosen_out, by_own_doing)


def silent_ones(
    everybody: Mapping[str, Person], authors: frozenset[str], erased: frozenset[str]
) -> frozenset[str]:
    """The ids of those who are not invited by their own doing: stopped, erased, or already at it."""
    stopped = {user for user, person in everybody.items() if person.is_stopped}
    return frozenset(stopped | (authors & everybody.keys()) | erased)
