"""Removal from a wave: no more of it reaches the person, they're notified, and the owner learns nothing from it."""

from __future__ import annotations

import pytest

from db.models.programmes import EmployeeRecord
from db.queries import outbox, waves
from db.queries.employee_records import upsert_employee_record
from tests.e2e import visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import (
    FIRST_REMINDER_TEXT,
    INVITATION_TEXT,
    SECOND_REMINDER_TEXT,
    count_bot_messages,
    receive_invitation,
)
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser
from tests.e2e.wave_steps import opt_out_users, set_up_programme, start_wave

TAKEN_OFF_TEXT = "You are no longer on the list of an invitation to write a story"
REMOVAL_TEXT = "Nothing more of “Spring” goes to"


async def take_people_off(owner: SlackUser, *users: str) -> Json:
    """Name these people in the form, and return what the owner reads then."""
    await owner.opens_home()
    await owner.sees(phrase("desk-wave-off"), where="home")
    await owner.clicks(phrase("desk-wave-off"), where="home")
    await owner.sees("How many were invited stays as it was.", where="modal")
    before = (await owner.messages())[-1]
    await owner.submits({"off": list(users)})
    return await owner.sees(REMOVAL_TEXT, after=before)


async def list_notice_states(app: AppUnderTest, user: str) -> list[tuple[str, str | None]]:
    """Return the state and reason of each of this person's wave messages."""
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        rows = await connection.exec_driver_sql(
            f"SELECT state, reason FROM outbox WHERE user_id = '{user}' AND kind <> 'changes' ORDER BY id"
        )
        return [(row.state, row.reason) for row in rows]


@pytest.mark.wide
async def test_no_more_of_the_wave_comes_and_the_notice_names_its_author(app: AppUnderTest) -> None:
    # Given two people who have been invited
    maya, lina, ivan = await receive_invitation(app), app.person("U0LINA"), app.person("U0IVAN")
    await ivan.sees(INVITATION_TEXT)
    # When an owner takes one of them off
    await take_people_off(lina, maya.id)
    await app.advance_clock(maya, to_next="tuesday 12:00")
    # Then she is notified, and no reminder comes to her, while it comes to the other
    told = await maya.sees(TAKEN_OFF_TEXT)
    assert visible_content.has_text(told, "That was <@U0LINA>.")
    await app.advance_clock(maya, to_next="monday 12:00")
    await app.advance_clock(maya, to_next="tuesday 12:00")
    # A locked row, as during the nightly directory sync, is skipped until the next tick.
    await app.advance_clock(maya, advance_seconds=60)
    await ivan.sees(FIRST_REMINDER_TEXT)
    await app.advance_clock(maya, advance_seconds=30 * 86_400)
    assert (
        await count_bot_messages(maya, FIRST_REMINDER_TEXT),
        await count_bot_messages(maya, SECOND_REMINDER_TEXT),
    ) == (0, 0)
    assert await count_bot_messages(maya, TAKEN_OFF_TEXT) == 1
    assert await list_notice_states(app, maya.id) == [("sent", None), *[("suppressed", "taken_off")] * 2]
    # And what was changed says that it was done, and of nobody
    await lina.opens_home()
    await lina.clicks(phrase("desk-log"), where="home")
    shown = await lina.sees("<@U0LINA>: took people off the invitation “Spring”", where="modal")
    assert not visible_content.has_text(shown, maya.id)


async def test_invitation_that_was_still_to_come_does_not(app: AppUnderTest) -> None:
    lina, maya = await set_up_programme(app), app.person("U0MAYA")
    await start_wave(app, lina)

    await take_people_off(lina, maya.id)
    await app.advance_clock(maya, to_next="monday 12:00")
    await maya.sees(TAKEN_OFF_TEXT)
    await app.advance_clock(maya, to_next="tuesday 12:00")

    await maya.has_not_seen(INVITATION_TEXT)


async def test_answer_is_the_same_whatever_they_have_done_and_whether_they_stood_on_the_roll(
    app: AppUnderTest,
) -> None:
    # Given one who has said no, one who has said stop, one who did nothing, and one who was not invited
    maya, lina = await receive_invitation(app), app.person("U0LINA")
    await maya.clicks(phrase("invitation-no"))
    await maya.sees(phrase("invitation-declined"))
    await opt_out_users(app, "U0CHEN")
    # When each is taken off
    said = [(await take_people_off(lina, user))["text"] for user in ("U0MAYA", "U0CHEN", "U0IVAN", "U0SALMA")]
    await app.advance_clock(maya, to_next="wednesday 12:00")
    # Then the owner reads the same each time, and people who were on the list are notified
    assert len(set(said)) == 1
    assert [
        await count_bot_messages(app.person(f"U0{name}"), TAKEN_OFF_TEXT) for name in ("MAYA", "CHEN", "IVAN")
    ] == [
        1,
        1,
        1,
    ]
    assert await app.person("U0SALMA").messages() == []
    # And as many were invited as before
    await lina.opens_home()
    await lina.clicks(phrase("desk-part"), where="home")
    await lina.sees(phrase("part-invited", n=17), where="modal")
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        wave = (await waves.list_waves(connection, app.bot.services.team))[0]
        members = await waves.list_members_including_excluded(connection, wave.team_id, wave.id)
    assert {"U0MAYA", "U0CHEN", "U0IVAN"} <= {m.member for m in members if m.part == "invited"}


@pytest.mark.parametrize("fields", [{}, {"whom": [], "chosen": ["U0MAYA", "U0IVAN"]}])
async def test_joiner_who_was_taken_off_is_not_invited_later(
    app: AppUnderTest, fields: dict[str, object]
) -> None:
    # Given somebody whose first day is the Monday on which a wave is started
    lina, maya = await set_up_programme(app), app.person("U0MAYA")
    assert app.bot is not None
    services = app.bot.services
    now = services.clock.now()
    async with services.transaction() as connection:
        await upsert_employee_record(
            connection, EmployeeRecord(services.team, "U0MAYA", "Routes", now.date(), None, None, now, "tech")
        )
    await start_wave(app, lina, **fields)
    # When they are taken off before their tenth working day, and it comes
    await take_people_off(lina, maya.id)
    await app.advance_clock(maya, advance_seconds=14 * 86_400)
    await app.advance_clock(maya, to_next="tuesday 12:00")
    # Then nothing does, not even that: they were on no list
    assert await maya.messages() == []


async def test_later_under_an_old_invitation_promises_nothing_to_those_taken_off(app: AppUnderTest) -> None:
    maya, lina = await receive_invitation(app), app.person("U0LINA")
    await take_people_off(lina, maya.id)
    await maya.clicks(phrase("invitation-later"))
    await maya.sees(phrase("invitation-later-ask"))

    await maya.clicks(phrase("invitation-tomorrow"))

    await maya.sees(phrase("invitation-later-closed"))
    await app.advance_clock(maya, advance_seconds=3 * 86_400)
    assert await count_bot_messages(maya, "Here I am again") == 0


async def test_notice_snoozed_before_does_not_come_either(app: AppUnderTest) -> None:
    maya, lina = await receive_invitation(app), app.person("U0LINA")
    await maya.clicks(phrase("invitation-later"))
    await maya.sees(phrase("invitation-later-ask"))
    await maya.clicks(phrase("invitation-tomorrow"))
    await maya.sees("I'll come back to it on")

    await take_people_off(lina, maya.id)
    await app.advance_clock(maya, to_next="wednesday 12:00")

    assert await count_bot_messages(maya, "Here I am again") == 0
    assert set(await list_notice_states(app, maya.id)) == {("sent", None), ("suppressed", "taken_off")}


async def test_form_of_somebody_who_runs_it_no_longer_takes_nobody_off(app: AppUnderTest) -> None:
    maya, dana = await receive_invitation(app), app.person("U0DANA")
    await dana.opens_home()
    await dana.sees(phrase("desk-wave-off", "ar"), where="home")
    await dana.clicks(phrase("desk-wave-off", "ar"), where="home")
    await dana.sees("أما عدد المدعوين فيبقى كما كان.", where="modal")
    await dana.does("person", id="U0DANA", is_restricted=True)

    await dana.submits({"off": [maya.id]})
    await app.wait_until_idle()

    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        wave = (await waves.list_waves(connection, app.bot.services.team))[0]
        member = await waves.find_member(connection, wave.team_id, maya.id, wave.id)
        assert await outbox.has_pending_notice(connection, wave.team_id, "reminder", wave.id, user_id=maya.id)
    assert member is not None
    assert member.off_at is None


async def test_nobody_is_taken_off_a_wave_that_is_closed(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)
    await start_wave(app, lina)
    await lina.opens_home()
    await lina.sees(phrase("desk-wave-off"), where="home")
    await lina.clicks(phrase("desk-wave-off"), where="home")
    await lina.sees("How many were invited stays as it was.", where="modal")
    await app.advance_clock(lina, advance_seconds=60 * 86_400)

    await lina.submits({"off": ["U0MAYA"]})

    await lina.sees(phrase("problem-no-wave"), where="modal")
    await lina.closes()
    await lina.opens_home()
    await lina.no_longer_sees(phrase("desk-wave-off"), where="home")
