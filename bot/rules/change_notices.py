"""What is worth telling of all that somebody else changed about a person."""

from __future__ import annotations

from collections.abc import Iterable

from db.models.notices import Change


def worth_telling(changes: Iterable[Change]) -> tuple[Change, ...]:
    """All of it in its order, but for what was undone again before anybody was told.

    What a notice has tried to tell before may have been read, and is never left out.
    """
    in_order = tuple(changes)
    undone = {subject for subject, fresh in _fresh(in_order).items() if fresh[0].before == fresh[-1].after}
    return tuple(one for one in in_order if one.outbox_id is not None or _subject(one) not in undone)


def _fresh(changes: tuple[Change, ...]) -> dict[tuple[str, str], list[Change]]:
    """What no notice has held yet, by what it is about."""
    found: dict[tuple[str, str], list[Change]] = {}
    for one in changes:
        if one.outbox_id is None:
            found.setdefault(_subject(one), []).append(one)
    return found


def _subject(change: Change) -> tuple[str, str]:
    """What a change is about: somebody is in one segment and one team, but may have several roles."""
    one_of_many = change.deed in ("role", "wave")
    return change.deed, (change.before or change.after) if one_of_many else ""
