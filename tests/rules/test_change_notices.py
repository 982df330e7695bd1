"""What is worth telling: everything that still holds, in its order, and nothing that was undone unheard."""

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
    """Somebody changed this about Maya."""
    return PersonChange("T0QAMAR", "U0MAYA", deed, before, after, "U0LINA", NOW, outbox_id)


GIVEN, TAKEN = change("role", "", "owner"), change("role", "owner", "")


def test_role_that_was_taken_again_before_anybody_was_told_is_left_out() -> None:
    other = change("role", "", "recruiter")

    assert changes_to_notify([GIVEN, other, TAKEN]) == (other,)
    assert changes_to_notify([GIVEN, TAKEN]) == ()


def test_way_that_leads_back_is_left_out_and_one_that_leads_on_is_told_whole() -> None:
    there, on, back = (
        change("segment", "tech", "gtm"),
        change("segment", "gtm", ""),
        change("segment", "", "tech"),
    )

    assert changes_to_notify([there, on]) == (there, on)
    assert changes_to_notify([there, on, back]) == ()


def test_what_may_have_been_read_already_is_never_left_out() -> None:
    tried = replace(GIVEN, outbox_id=7)

    assert changes_to_notify([tried, TAKEN]) == (tried, TAKEN)


def changed_attribute(one: PersonChange) -> tuple[str, str]:
    """What of somebody it changes."""
    return one.kind, (one.before or one.after) if one.kind in ("role", "wave") else ""


@st.composite
def change_histories(draw: st.DrawFn) -> tuple[PersonChange, ...]:
    """Any run of changes that follow on each other, the first few of them tried before."""
    held: PersonState = {}
    found = []
    for deed, name in draw(
        st.lists(
            st.tuples(st.sampled_from(["role", "segment", "team", "wave"]), st.sampled_from("abc")),
            max_size=9,
        )
    ):
        key = (deed, name) if deed in ("role", "wave") else (deed, "")
        before = held.get(key, name if deed == "wave" else "")
        after = name if before != name else ""
        held[key] = after
        found.append(change(deed, before, after))
    tried = draw(st.integers(0, len(found)))
    return tuple(replace(one, outbox_id=1) if n < tried else one for n, one in enumerate(found))


def state_after(changes: tuple[PersonChange, ...], begin: PersonState) -> PersonState:
    """How it stands when these have been made."""
    return begin | {changed_attribute(one): one.after for one in changes}


@given(change_histories())
def test_whoever_reads_it_knows_how_it_stands(changes: tuple[PersonChange, ...]) -> None:
    begin: PersonState = {}
    for one in changes:
        begin.setdefault(changed_attribute(one), one.before)

    told = changes_to_notify(changes)

    assert state_after(told, begin) == state_after(changes, begin)
    assert [one for one in changes if one in told] == list(told)
    assert changes_to_notify(told) == told
