"""Claims: an unreadable notice delays only itself, and a lost database connection delays none."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.workflows.delivery.claim import NoticeSkipped, claim_next
from db.queries.drafts import add_draft
from db.queries.outbox import add_notices
from tests.db.notice_samples import only_notice, planned_notice
from tests.db.samples import draft
from tests.workflows.recording_services import MAYA, NOW, TEAM, ServicesFactory

LOST = """
CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END$$
"""
AT_THE_CLAIM = "CREATE TRIGGER lost BEFORE INSERT ON attempts FOR EACH ROW EXECUTE FUNCTION hang_up()"


async def test_unreadable_notice_is_checked_again_later(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(None, MAYA)
    async with services.transaction() as connection:
        await add_draft(connection, TEAM, MAYA.user_id, draft(), at=NOW)
        await add_notices(connection, TEAM, [planned_notice()], NOW)
        await connection.execute(text("UPDATE drafts SET draft = '{'"))

    assert await claim_next(services) == NoticeSkipped()

    notice = await only_notice(services.database)
    assert (notice.state, notice.reason, notice.not_before > NOW) == ("pending", "unreadable", True)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_notice_is_due_as_before_when_the_database_connection_is_lost_during_its_claim(
    make_services: ServicesFactory,
) -> None:
    services = await make_services(None, MAYA)
    async with services.transaction() as connection:
        await add_draft(connection, TEAM, MAYA.user_id, draft(), at=NOW)
        await add_notices(connection, TEAM, [planned_notice()], NOW)
        for statement in (LOST, AT_THE_CLAIM):
            await connection.execute(text(statement))

    with pytest.raises(DBAPIError):
        await claim_next(services)

    notice = await only_notice(services.database)
    assert (notice.state, notice.reason, notice.not_before) == ("pending", None, NOW)
