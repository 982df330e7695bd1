"""What is worth telling of all that somebody else changed about a person."""

from __future__ import annotations

from collections.abc import Iterable

from db.models.notices import PersonChange


def changes_to_notify(changes: Iterable[PersonChange]) -> tuple[PersonChange, ...]:
    """All of it in its order, but for what was undone again before anybody was told.

    What a notice has tried to tell before may have been read, and is never left out.
    """
    in_order = tuple(changes)
    undone = {
        subject
        for subject, fresh in _group_unnotified(in_order).items()
        if fresh[0].before == fresh[-1].after
    }
    return tuple(one for one in in_order if one.outbox_id is not None or _change_subject(one) not in undone)


def _group_unnotified(changes: tuple[PersonChange, ...]) -> dict[tuple[str, str], list[PersonChange]]:
    """What no notice has held yet, by what it is about."""
    found: dict[tuple[str, str], list[PersonChange]] = {}
    for one in changes:
        if one.outbox_id is None:
            found.setdefault(_change_subject(one), []).append(one)
    return found


def _change_subject(change: PersonChange) -> tuple[str, str]:
    """What a change is about: somebody is in one segment and one team, but may have several roles."""
    one_of_many = change.kind in ("role", "wave")
    return change.kind, (change.before or change.after) if one_of_many else ""
