"""Stored waves: editable until they start, with members that can be removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.models.programmes import EmployeeRecord
from db.models.waves import WaveAnswer, WaveMember, WavePart
from db.queries.drafts import add_draft, has_any_draft_or_story
from db.queries.employee_records import has_starters_after, load_employee_records, upsert_employee_record
from db.queries.erasure import erase_person
from db.queries.outbox import count_sent_notices, list_possible_deliveries
from db.queries.people import (
    count_stopped_between,
    find_last_activity,
    list_directory,
    set_fewer_messages,
    set_messages_allowed_at,
    set_paused_until,
    set_stopped_at,
    upsert_person_profile,
)
from db.queries.waves import (
    add_or_promote_members,
    count_invited_by_wave,
    delete_unstarted_wave,
    find_latest_wave_of_person,
    find_member,
    find_wave,
    find_wave_answer,
    list_drafts_of_invited,
    list_members_including_excluded,
    list_waves,
    mark_removed_and_suppress_notices,
    replace_members,
    upsert_unstarted_wave,
    upsert_wave_answer,
)
from db.queries.workspaces import upsert_workspace
from tests.db.notice_samples import claim_and_commit, planned_notice, stored_notices
from tests.db.notice_samples import plan_notices as plan_notices
from tests.db.samples import MAYA, NOW, OMAR, TEAM, draft, person, wave, workspace

DAY = timedelta(days=1)


async def test_wave_can_be_changed_until_it_starts(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await upsert_unstarted_wave(connection, wave())
        assert await upsert_unstarted_wave(connection, wave(version=2, name="Summer", started_at=NOW))
        assert not await upsert_unstarted_wave(connection, wave(version=3, name="Autumn"))
        assert not await delete_unstarted_wave(connection, TEAM, "w1")
        assert [w.name for w in await list_waves(connection, TEAM)] == ["Summer"]


async def test_deleted_wave_leaves_nothing(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_unstarted_wave(connection, wave())
        await replace_members(
            connection, TEAM, "w1", [WaveMember(MAYA, "chosen"), WaveMember(OMAR, "chosen_out")]
        )
        assert await delete_unstarted_wave(connection, TEAM, "w1")
        assert not await delete_unstarted_wave(connection, TEAM, "w1")
        assert await find_wave(connection, TEAM, "w1") is None
        assert await list_members_including_excluded(connection, TEAM, "w1") == ()


async def test_people_chosen_by_name_count_as_invited_once_they_are(
    database: Database,
) -> None:
    async with database.write_transaction() as connection:
        await upsert_unstarted_wave(connection, wave())
        await replace_members(
            connection, TEAM, "w1", [WaveMember(MAYA, "chosen"), WaveMember(OMAR, "chosen_out")]
        )
        await add_or_promote_members(
            connection, TEAM, "w1", [WaveMember(MAYA, "invited", "tech"), WaveMember(OMAR, "invited", "gtm")]
        )
        await add_or_promote_members(connection, TEAM, "w1", [WaveMember(MAYA, "invited", "gtm")])

        assert await list_members_including_excluded(connection, TEAM, "w1") == (
            WaveMember(MAYA, "invited", "tech"),
            WaveMember(OMAR, "chosen_out"),
        )
        assert await count_invited_by_wave(connection, TEAM) == {"w1": 1}


async def test_erasure_for_leaving_clears_the_name_in_the_list_and_keeps_the_row(
    database: Database,
) -> None:
    members = (WaveMember(MAYA, "invited", "tech"), WaveMember(OMAR, "invited", "gtm"))
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        await upsert_person_profile(connection, person())
        await upsert_unstarted_wave(connection, wave(asked_by=MAYA))
        await replace_members(connection, TEAM, "w1", members)
        assert await list_members_including_excluded(connection, TEAM, "w1") == members
        await erase_person(connection, TEAM, MAYA, NOW, after_leaving=True)

        assert await list_members_including_excluded(connection, TEAM, "w1") == (
            replace(members[0], member=None),
            members[1],
        )
        found = await find_wave(connection, TEAM, "w1")
    assert found is not None
    assert found.asked_by is None


async def test_directory_employee_records_and_authors_are_found(database: Database) -> None:
    record = EmployeeRecord(TEAM, OMAR, "Routes", None, None, None, NOW)
    async with database.write_transaction() as connection:
        for user, name in ((MAYA, "Maya"), (OMAR, "Omar")):
            await upsert_person_profile(connection, person(user_id=user, real_name=name))
        await upsert_employee_record(connection, record)
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)

        assert [p.user_id for p in await list_directory(connection, TEAM)] == [MAYA, OMAR]
        assert await load_employee_records(connection, TEAM) == {OMAR: record}
        assert [await has_any_draft_or_story(connection, TEAM, user) for user in (MAYA, OMAR)] == [
            True,
            False,
        ]


async def test_starters_are_people_whose_first_day_is_later(database: Database) -> None:
    today = NOW.date()
    async with database.write_transaction() as connection:
        for user, starts_on in ((MAYA, None), (OMAR, today)):
            await upsert_person_profile(connection, person(user_id=user))
            await upsert_employee_record(
                connection, EmployeeRecord(TEAM, user, "Routes", starts_on, None, None, NOW)
            )

        assert await has_starters_after(connection, TEAM, today - DAY)
        assert not await has_starters_after(connection, TEAM, today)


@pytest.mark.parametrize("last", ["w1", "w2"])
async def test_latest_of_two_waves_on_one_day_is_the_one_started_last(database: Database, last: str) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
        for wave_id in ("w1", "w2"):
            started_at = NOW + timedelta(hours=wave_id == last)
            await upsert_unstarted_wave(connection, wave(id=wave_id, started_at=started_at))
            await add_or_promote_members(connection, TEAM, wave_id, [WaveMember(MAYA, "invited", "tech")])

        found = await find_latest_wave_of_person(connection, TEAM, MAYA)

    assert found is not None
    assert found.id == last


async def test_answer_is_stored_and_the_latest_counts(database: Database) -> None:
    answer = WaveAnswer(TEAM, MAYA, "w1", "later", NOW)
    async with database.write_transaction() as connection:
        await upsert_unstarted_wave(connection, wave())
        assert await find_last_activity(connection, TEAM, MAYA) is None
        await upsert_wave_answer(connection, answer)
        await upsert_wave_answer(connection, replace(answer, answer="declined", answered_at=NOW + DAY))

        assert await find_wave_answer(connection, TEAM, MAYA, "w1") == replace(
            answer, answer="declined", answered_at=NOW + DAY
        )
        assert await find_wave_answer(connection, TEAM, OMAR, "w1") is None
        assert await find_last_activity(connection, TEAM, MAYA) == NOW + DAY


async def test_setting_a_preference_is_activity_even_after_it_is_withdrawn(
    database: Database,
) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
        await set_fewer_messages(connection, TEAM, MAYA, NOW, fewer=True)
        assert await find_last_activity(connection, TEAM, MAYA) == NOW
        await set_fewer_messages(connection, TEAM, MAYA, NOW + DAY, fewer=False)
        assert await find_last_activity(connection, TEAM, MAYA) == NOW + DAY
        await set_paused_until(connection, TEAM, MAYA, NOW.date() + 9 * DAY, at=NOW + 2 * DAY)
        await upsert_person_profile(connection, person(fetched_at=NOW + 3 * DAY))

        assert await find_last_activity(connection, TEAM, MAYA) == NOW + 2 * DAY


async def test_latest_wave_of_a_person_and_their_drafts_since_then_are_found(
    database: Database,
) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
        parts: list[WavePart] = ["invited", "invited", "chosen_out"]
        for n, part in enumerate(parts, 1):
            await upsert_unstarted_wave(connection, wave(id=f"w{n}", opens_on=NOW.date() + n * DAY))
            await add_or_promote_members(connection, TEAM, f"w{n}", [WaveMember(MAYA, part)])
            await add_or_promote_members(connection, TEAM, f"w{n}", [WaveMember(MAYA, "invited")])
        await add_draft(connection, TEAM, MAYA, draft(), at=NOW)

        latest = await find_latest_wave_of_person(connection, TEAM, MAYA)
        found = await list_drafts_of_invited(connection, TEAM, "w1", since_then=NOW)
        assert await list_drafts_of_invited(connection, TEAM, "w1", since_then=NOW + DAY) == ()
        assert await list_drafts_of_invited(connection, TEAM, "w3", since_then=NOW) == ()
    assert latest is not None
    assert (latest.id, [stored.draft.id for stored in found]) == ("w2", ["d1"])


async def test_attempted_notice_counts_before_its_result_is_known(database: Database) -> None:
    await plan_notices(
        database, planned_notice(kind="invitation"), planned_notice(kind="landed", not_before=NOW + DAY)
    )
    async with database.write_transaction() as connection:
        assert await list_possible_deliveries(connection, TEAM, MAYA, ("invitation",)) == ()
    await claim_and_commit(database)
    async with database.write_transaction() as connection:
        attempted = await list_possible_deliveries(connection, TEAM, MAYA, ("invitation", "landed"))
        assert [(one.kind, one.attempted_at) for one in attempted] == [("invitation", NOW)]
        assert await count_sent_notices(connection, TEAM, ("invitation",), NOW - DAY, until_then=NOW) == 0


async def test_stops_are_counted_until_they_are_withdrawn(database: Database) -> None:
    async with database.write_transaction() as connection:
        for user in (MAYA, OMAR):
            await upsert_person_profile(connection, person(user_id=user))
            await set_stopped_at(connection, TEAM, user, NOW)
        assert await count_stopped_between(connection, TEAM, NOW - DAY, NOW + DAY) == 2
        assert await count_stopped_between(connection, TEAM, NOW + DAY, NOW + 2 * DAY) == 0
        await set_messages_allowed_at(connection, TEAM, MAYA, NOW + DAY)
        await set_fewer_messages(connection, TEAM, MAYA, NOW, fewer=True)
        assert await count_stopped_between(connection, TEAM, NOW - DAY, NOW + DAY) == 1
        assert [p.fewer_at for p in await list_directory(connection, TEAM)] == [NOW, None]


async def test_chosen_people_become_invited_in_their_existing_row(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_unstarted_wave(connection, wave())
        await replace_members(
            connection, TEAM, "w1", [WaveMember(MAYA, "chosen"), WaveMember(OMAR, "chosen_out")]
        )
        await add_or_promote_members(
            connection, TEAM, "w1", [WaveMember(MAYA, "invited", "tech"), WaveMember(OMAR, "invited")]
        )
        await add_or_promote_members(connection, TEAM, "w1", [WaveMember(MAYA, "chosen_out")])

        found = await list_members_including_excluded(connection, TEAM, "w1")
    assert found == (WaveMember(MAYA, "invited", "tech"), WaveMember(OMAR, "chosen_out"))


async def test_removing_a_member_suppresses_their_pending_notices_of_the_wave(database: Database) -> None:
    # Given two people invited to a wave, one of them to another wave too, and a notice of another kind
    reminders = [
        planned_notice(
            kind="reminder", occurrence=f"{wave_id}:{user}", subject=wave_id, recipient=user, user_id=user
        )
        for wave_id, user in (("w1", MAYA), ("w1", OMAR), ("w2", MAYA))
    ]
    await plan_notices(database, *reminders, planned_notice(), people=(MAYA, OMAR))
    async with database.write_transaction() as connection:
        await upsert_unstarted_wave(connection, wave())
        await replace_members(
            connection, TEAM, "w1", [WaveMember(user, "invited", "tech") for user in (MAYA, OMAR)]
        )
        # When one is removed, twice, together with somebody who isn't a member
        assert await mark_removed_and_suppress_notices(
            connection, TEAM, "w1", [MAYA, "U0NOBODY"], at=NOW
        ) == (MAYA,)
        assert await mark_removed_and_suppress_notices(connection, TEAM, "w1", [MAYA], at=NOW + DAY) == ()
        # Then their row stays, with the time of the removal
        assert await find_member(connection, TEAM, MAYA, "w1") == WaveMember(MAYA, "invited", "tech", NOW)
        assert await find_member(connection, TEAM, OMAR, "w1") == WaveMember(OMAR, "invited", "tech")
        assert await find_member(connection, TEAM, "U0NOBODY", "w1") is None
    # And only their notices of that wave are suppressed
    assert [(one.occurrence, one.state, one.reason) for one in await stored_notices(database)] == [
        (f"w1:{MAYA}", "suppressed", "taken_off"),
        (f"w1:{OMAR}", "pending", None),
        (f"w2:{MAYA}", "pending", None),
        ("d1", "pending", None),
    ]
