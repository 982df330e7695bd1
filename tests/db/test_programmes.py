"""The stored programme: settings, roles, the audit, directory syncs and people lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from db.engine.database import Database
from db.models.programmes import DirectorySync, EmployeeRecord, Role
from db.queries.audit import add_audit_entry, list_audit_entries
from db.queries.directory_syncs import (
    begin_directory_sync,
    find_directory_sync,
    mark_sync_done,
    mark_sync_progress,
)
from db.queries.employee_records import find_employee_record, upsert_employee_record
from db.queries.erasure import erase_person, find_tombstone
from db.queries.people import find_person, set_segment, upsert_person_profile
from db.queries.people_list_uploads import (
    add_people_list_upload,
    list_unfinished_uploads,
    mark_list_reading_progress,
)
from db.queries.programmes import find_programme, lock_programme, upsert_programme
from db.queries.roles import (
    add_role,
    delete_role,
    list_active_holder_ids,
    list_role_holders,
    list_roles_of_person,
)
from db.queries.workspaces import upsert_workspace
from tests.db.samples import MAYA, NOW, OMAR, TEAM, audit_line, people_list, person, programme, workspace

LATER = NOW + timedelta(hours=1)


async def test_settings_change_and_the_time_of_the_first_setup_stays(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await lock_programme(connection, TEAM) is None
        await upsert_programme(connection, programme())
        await upsert_programme(connection, programme(aliases="Qamar\nقمر", created_at=LATER))
        found = await find_programme(connection, TEAM)

    assert found == programme(aliases="Qamar\nقمر")
    assert found is not None
    assert found.company_names == ("Qamar Labs", "Qamar", "قمر")


async def test_role_is_granted_once_and_revoked_once(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await add_role(connection, TEAM, MAYA, Role.OWNER, at=NOW)
        assert not await add_role(connection, TEAM, MAYA, Role.OWNER, at=LATER)
        assert await list_roles_of_person(connection, TEAM, MAYA) == {Role.OWNER}
        assert [holder.granted_at for holder in await list_role_holders(connection, TEAM)] == [NOW]
        assert await delete_role(connection, TEAM, MAYA, Role.OWNER)
        assert not await delete_role(connection, TEAM, MAYA, Role.OWNER)
        assert await list_role_holders(connection, TEAM) == ()


async def test_somebody_who_left_has_no_rights_even_with_a_role(database: Database) -> None:
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person(user_id=OMAR))
        for user in (MAYA, OMAR):
            await add_role(connection, TEAM, user, Role.OWNER, at=NOW)
        # Maya isn't known yet, as when the command line makes somebody an owner: that doesn't exclude her.
        assert await list_active_holder_ids(connection, TEAM, (Role.OWNER,)) == (MAYA, OMAR)
        await upsert_person_profile(connection, person(deleted=True))

        assert await list_active_holder_ids(connection, TEAM, (Role.OWNER,)) == (OMAR,)
        assert await list_active_holder_ids(connection, TEAM, (Role.SPONSOR,)) == ()


@pytest.mark.parametrize(("after_leaving", "named"), [(False, MAYA), (True, None)])
async def test_audit_names_people_who_erased_their_data_and_nobody_erased_for_leaving(
    database: Database, after_leaving: bool, named: str | None
) -> None:
    async with database.write_transaction() as connection:
        await upsert_workspace(connection, workspace())
        await add_audit_entry(connection, audit_line(target=OMAR))
        await add_audit_entry(connection, audit_line(actor=OMAR, target=MAYA, created_at=LATER))
        await erase_person(connection, TEAM, MAYA, LATER, after_leaving=after_leaving)

        assert await list_audit_entries(connection, TEAM, 10) == (
            audit_line(actor=OMAR, target=named, created_at=LATER),
            audit_line(actor=named, target=OMAR),
        )
        tombstone = await find_tombstone(connection, TEAM, MAYA)
        assert tombstone is not None
        assert tombstone.after_leaving is after_leaving


async def test_one_sync_runs_at_a_time_until_it_ends_or_stalls(database: Database) -> None:
    async with database.write_transaction() as connection:
        assert await begin_directory_sync(connection, TEAM, NOW, before=NOW - timedelta(minutes=10))
        await mark_sync_progress(connection, TEAM, NOW, 200)
        assert not await begin_directory_sync(connection, TEAM, LATER, before=NOW)
        assert await begin_directory_sync(connection, TEAM, LATER, before=LATER)
        await mark_sync_done(connection, TEAM, LATER, None)
        assert await find_directory_sync(connection, TEAM) == DirectorySync(TEAM, LATER, LATER, done_at=LATER)
        assert await begin_directory_sync(connection, TEAM, LATER, before=NOW)


async def test_line_of_a_list_is_read_by_only_one_replica(database: Database) -> None:
    async with database.write_transaction() as connection:
        upload = people_list()
        assert await add_people_list_upload(connection, upload)
        assert not await add_people_list_upload(connection, upload)
        further = replace(upload, line=20, taken=19)
        assert await mark_list_reading_progress(connection, TEAM, further, 0)
        assert not await mark_list_reading_progress(connection, TEAM, further, 0)
        assert await list_unfinished_uploads(connection, TEAM, 5) == (further,)
        assert await mark_list_reading_progress(connection, TEAM, replace(further, line=21, done_at=NOW), 20)
        assert await list_unfinished_uploads(connection, TEAM, 5) == ()


async def test_segment_in_the_list_and_the_chosen_segment_are_separate(database: Database) -> None:
    record = EmployeeRecord(TEAM, MAYA, None, None, None, None, NOW, "gtm")
    async with database.write_transaction() as connection:
        await upsert_person_profile(connection, person())
        await upsert_employee_record(connection, record)
        await set_segment(connection, TEAM, MAYA, "tech")
        await upsert_employee_record(connection, replace(record, segment="other"))
        found = await find_person(connection, TEAM, MAYA)
        stored = await find_employee_record(connection, TEAM, MAYA)

    assert found is not None
    assert stored is not None
    assert (found.segment, stored.segment) == ("tech", "other")
