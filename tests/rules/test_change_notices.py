"""Changes to notify about: all that still hold, in order, and none that were undone before a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.change_notices import changes_to_notify
from db.models.notices import PersonChange, PersonChangeKind

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PersonState = dict[tuple[str, str], str]


def change(deed: PersonChangeKind, before: str, after: str, outbox_id: int | None = None) -> PersonChange:
    """Return a change that somebody else made to Maya."""
    return PersonChange("T0QAMAR", "U0MAYA", deed, before, after, "U0LINA", NOW, outbox_id)


GRANTED, REVOKED = change("role", "", "owner"), change("role", "owner", "")


def test_role_that_was_revoked_before_the_notice_is_left_out() -> None:
    other = change("role", "", "recruiter")

    assert changes_to_notify([GRANTED, other, REVOKED]) == (other,)
    assert changes_to_notify([GRANTED, REVOKED]) == ()


def test_changes_that_end_where_they_started_are_left_out_and_others_are_complete() -> None:
    there, on, back = (
        change("segment", "tech", "gtm"),
        change("segment", "gtm", ""),
        change("segment", "", "tech"),
    )

    assert changes_to_notify([there, on]) == (there, on)
    assert changes_to_notify([there, on, back]) == ()


def test_change_that_may_have_been_read_already_is_never_left_out() -> None:
    tried = replace(GRANTED, outbox_id=7)

    assert changes_to_notify([tried, REVOKED]) == (tried, REVOKED)


def changed_attribute(one: PersonChange) -> tuple[str, str]:
    """Return the attribute that a change is about."""
    return one.kind, (one.before or one.after) if one.kind in ("role", "wave") else ""


@st.composite
def change_histories(draw: st.DrawFn) -> tuple[PersonChange, ...]:
    """Draw a sequence of changes, of which an earlier notice has covered the first few."""
    state: PersonState = {}
    found = []
    kinds: list[PersonChangeKind] = ["role", "segment", "team", "wave"]
    for deed, name in draw(st.lists(st.tuples(st.sampled_from(kinds), st.sampled_from("abc")), max_size=9)):
        key = (deed, name) if deed in ("role", "wave") else (deed, "")
        before = state.get(key, name if deed == "wave" else "")
        after = name if before != name else ""
        state[key] = after
        found.append(change(deed, before, after))
    tried = draw(st.integers(0, len(found)))
    return tuple(replace(one, outbox_id=1) if n < tried else one for n, one in enumerate(found))


def state_after(changes: tuple[PersonChange, ...], initial: PersonState) -> PersonState:
    """Return the state after these changes."""
    return initial | {changed_attribute(one): one.after for one in changes}


@given(change_histories())
def test_reader_of_the_notice_knows_the_present_state(changes: tuple[PersonChange, ...]) -> None:
    initial: PersonState = {}
    for one in changes:
        initial.setdefault(changed_attribute(one), one.before)

    notified = changes_to_notify(changes)

    assert state_after(notified, initial) == state_after(changes, initial)
    assert [one for one in changes if one in notified] == list(notified)
    assert changes_to_notify(notified) == notified
