"""The page that owners read, on a real database: it's the same whatever one person does or doesn't do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.i18n import Texts
from bot.rules.eligibility import UnsentReason
from bot.services import Services
from bot.views.delivery.status_page import delivery_status_modal
from bot.workflows.delivery.status_page import load_status_page
from db.models.notices import OutboxState, PlannedNotice
from db.models.programmes import Programme
from db.models.waves import StoredWave, WaveAnswer, WaveAnswerKind, WaveMember
from db.queries import people, programmes, waves, workspaces
from db.queries.erasure import erase_person
from db.queries.outbox import add_notices
from db.schema.outbox import outbox
from tests.views.samples import text_of_view
from tests.workflows.recording_services import MAYA, NOW, ServicesFactory

DAY = timedelta(days=1)
LEAGUE = ("U0IVAN", "U0FARID", "U0AMARA", "U0TOMAS")
"""Those who tell the owner all that they do themselves."""
PRIVATE = sorted(reason.value for reason in UnsentReason if reason.is_private)
OWN = ("paused", "week_spent", "quiet_hours", "do_not_disturb")
WORLDS = (f"T0{n}" for n in count())


@dataclass(frozen=True)
class NoticeOutcome:
    """A message of a kind, and its fate a number of days ago."""

    kind: str
    state: OutboxState
    reason: str | None
    days: int


@dataclass(frozen=True)
class PersonHistory:
    """Everything that somebody received and chose."""

    rows: tuple[NoticeOutcome, ...] = ()
    answer: WaveAnswerKind | None = None
    has_stopped: bool = False
    wants_fewer: bool = False
    is_quiet: bool = False
    is_erased: bool = False


def outcomes_with(
    state: OutboxState, *reasons: str | None
) -> st.SearchStrategy[tuple[OutboxState, str | None]]:
    """Draw a state in which a message is or has ended, for one of these reasons."""
    return st.tuples(st.just(state), st.sampled_from(reasons))


rows = st.builds(
    lambda kind, end, days: NoticeOutcome(kind, end[0], end[1], days),
    st.sampled_from(["invitation", "reminder", "invitation_again", "paused", "landed"]),
    st.one_of(
        outcomes_with("pending", None, *OWN),
        outcomes_with("sent", None),
        outcomes_with("unknown", "not_found"),
        outcomes_with("suppressed", *PRIVATE),
        outcomes_with("expired", "too_late", "halted", *OWN),
    ),
    st.integers(0, 14),
)
"""All but what Slack refuses: that is named when it was refused to five people, and takes a fault of the app."""
fates = st.builds(
    PersonHistory,
    st.lists(rows, min_size=1, max_size=4).map(tuple),
    st.sampled_from([None, "begun", "declined", "later"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@st.composite
def histories_of_five(draw: st.DrawFn) -> tuple[list[PersonHistory], PersonHistory, PersonHistory]:
    """Draw what the four did, and two alternatives for the fifth: often the same as the four, which makes it five."""
    one = draw(fates)
    league = draw(st.one_of(st.just([one] * len(LEAGUE)), st.lists(fates, min_size=4, max_size=4)))
    return league, one, draw(fates)


async def store_history(connection: AsyncConnection, team: str, user: str, fate: PersonHistory) -> None:
    """Store this fate of somebody."""
    await people.upsert_person_profile(connection, replace(MAYA, team_id=team, user_id=user))
    await waves.add_or_promote_members(connection, team, "w1", [WaveMember(user, "invited", "tech")])
    for n, row in enumerate(fate.rows):
        due = NOW + DAY if row.state == "pending" else NOW - DAY * row.days
        planned = PlannedNotice(row.kind, user, f"w1:{n}", due, NOW + 9 * DAY, user_id=user, subject="w1")
        await add_notices(connection, team, [replace(planned, due_on=due.date())], NOW)
        await set_outcome(connection, team, planned, row)
    if fate.answer is not None:
        await waves.upsert_wave_answer(connection, WaveAnswer(team, user, "w1", fate.answer, NOW))
    await people.set_stopped_at(connection, team, user, NOW if fate.has_stopped else None)
    await people.set_fewer_messages(connection, team, user, NOW, fewer=fate.wants_fewer)
    await people.set_paused_until(
        connection, team, user, (NOW + DAY).date() if fate.is_quiet else None, at=NOW
    )
    if fate.is_erased:
        await erase_person(connection, team, user, NOW)


async def set_outcome(
    connection: AsyncConnection, team: str, planned: PlannedNotice, row: NoticeOutcome
) -> None:
    """Store this fate of a message."""
    is_recipients = (outbox.c.team_id == team) & (outbox.c.recipient == planned.recipient)
    this_one = is_recipients & (outbox.c.occurrence == planned.occurrence)
    values: dict[str, Any] = {"state": row.state, "reason": row.reason, "changed_at": NOW - DAY * row.days}
    await connection.execute(update(outbox).where(this_one).values(**values))


async def read_page_in_new_workspace(
    services: Services, opens_on: datetime, fifth: PersonHistory, four: list[PersonHistory]
) -> str:
    """Read the page in a new workspace, with these fates of five people on the list of a wave."""
    team = next(WORLDS)
    services.workspace = replace(services.workspace, team_id=team)
    programme = Programme(team, "Qamar Labs", NOW)
    wave = StoredWave(team, "w1", "Spring", opens_on.date(), (NOW + 9 * DAY).date(), "", NOW, started_at=NOW)
    async with services.transaction(durable=False) as connection:
        await workspaces.upsert_workspace(connection, services.workspace)
        await programmes.upsert_programme(connection, programme)
        await waves.upsert_unstarted_wave(connection, wave)
        for user, fate in zip((MAYA.user_id, *LEAGUE), (fifth, *four), strict=True):
            await store_history(connection, team, user, fate)
    view = delivery_status_modal(
        await load_status_page(services, replace(MAYA, team_id=team), programme), Texts("en")
    )
    return text_of_view(view)


@given(st.integers(-2, 20), histories_of_five())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nobody_can_tell_what_the_fifth_chose_when_four_tell_it_all(
    make_services: ServicesFactory,
    days_ago: int,
    chosen: tuple[list[PersonHistory], PersonHistory, PersonHistory],
) -> None:
    services = await make_services()
    league, one, another = chosen
    opened = NOW - DAY * days_ago

    first = await read_page_in_new_workspace(services, opened, one, league)

    assert first == await read_page_in_new_workspace(services, opened, another, league)
    assert "5 people stand on its list." in first
