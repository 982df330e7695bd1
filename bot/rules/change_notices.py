"""Selection of the changes about which a person is notified."""

from __future__ import annotations

from collections.abc import Iterable

from db.models.notices import PersonChange


def changes_to_notify(changes: Iterable[PersonChange]) -> tuple[PersonChange, ...]:
    """Return the changes in order, without those that were undone before the person was notified.

    A change that an earlier notice has covered may have been read, and is never left out.
    """
    in_order = tuple(changes)
    undone = {
        subject
        for subject, fresh in _group_unnotified(in_order).items()
        if fresh[0].before == fresh[-1].after
    }
    return tuple(one for one in in_order if one.outbox_id is not None or _change_subject(one) not in undone)


def _group_unnotified(changes: tuple[PersonChange, ...]) -> dict[tuple[str, str], list[PersonChange]]:
    """Group the changes that no notice has covered yet by subject."""
    found: dict[tuple[str, str], list[PersonChange]] = {}
    for one in changes:
        if one.outbox_id is None:
            found.setdefault(_change_subject(one), []).append(one)
    return found


def _change_subject(change: PersonChange) -> tuple[str, str]:
    """Return the subject of a change: a person has one segment and one team, but may have several roles."""
    one_of_many = change.kind in ("role", "wave")
    return change.kind, (change.before or change.after) if one_of_many else ""
