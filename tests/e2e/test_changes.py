"""Notices of changes by others (role, segment, removal): once, at an allowed hour, a day's changes together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.cli.commands import add_owner
from bot.jobs.deliver import deliver_due
from bot.jobs.reconcile import reconcile_outbox
from bot.services import UserRef
from bot.timings import REQUIRED_SEARCHES
from bot.workflows.privacy.erasure import erase_person_and_confirm
from bot.workflows.programme.roles import replace_role_holders
from db.models.programmes import Role
from tests.e2e import visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import count_bot_messages, receive_invitation
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import halt_delivery
from tests.e2e.slack_user import SlackUser
from tests.e2e.stored_data import table_rows
from tests.e2e.wave_steps import opt_out_users, set_up_programme

CHANGE_TEXT = "Something that concerns you has been changed there by somebody else:"
NOW_RECRUITER_TEXT, NO_RECRUITER = (
    "You are a recruiter in the programme now.",
    "You are a recruiter in the programme no longer.",
)
SEGMENT_CHANGE_TEXT = "By the people list you are in the segment"
WHY_AFTER_STOP_TEXT = "Such news comes after “stop” too"


async def give_roles(owner: SlackUser, roles: Mapping[str, object]) -> None:
    """Change the roles in the form on the Home tab."""
    await owner.opens_home()
    await owner.sees(phrase("desk-change"), where="home")
    await owner.clicks(phrase("desk-change"), where="home", nth=1)
    await owner.sees("Who show a candidate", where="modal")
    await owner.submits(dict(roles))


async def upload_people_list(owner: SlackUser, *lines: str) -> None:
    """Share a people list in the DM, and wait until it's imported."""
    before = await owner.shares_file("people.csv", "\n".join(lines).encode())
    await owner.sees("I am through with the list.", after=before)


async def set_role(app: AppUnderTest, user: str, role: Role, *, by: str, has: bool = True) -> None:
    """Give somebody a role in this owner's name, or take it away."""
    assert app.bot is not None
    services = app.bot.services
    await replace_role_holders(services, UserRef(services.team, by), {role: [user] if has else []})


@pytest.mark.wide
async def test_role_given_by_somebody_else_is_announced_once_at_an_allowed_hour_in_the_readers_language(
    app: AppUnderTest,
) -> None:
    # Given two people, one an Arabic reader, and an owner who is up before them
    lina, marco, huda = await set_up_programme(app), app.person("U0MARCO"), app.person("U0HUDA")
    # When she gives each a role
    await give_roles(lina, {"recruiter": [marco.id], "people_partner": [huda.id]})
    # Then neither is woken
    await app.advance_clock(huda, to_next="monday 08:55")
    await huda.has_not_seen("يخصّك")
    await app.advance_clock(huda, to_next="monday 09:01")
    told = await huda.sees("أُسند إليك دور شراكة الموارد البشرية. كان ذلك بقرار من <@U0LINA>.")
    assert visible_content.has_text(told, "فتكفي رسالة إلى <@U0LINA>.")
    await marco.has_not_seen(CHANGE_TEXT)
    # When it is nine in Rome, then he reads it: what, who, why, and how it is put right
    await app.advance_clock(marco, to_next="monday 09:01")
    told = await marco.sees(CHANGE_TEXT)
    for words in (
        NOW_RECRUITER_TEXT,
        "That was <@U0LINA>.",
        "If that is not right, write to <@U0LINA>.",
        WHY_AFTER_STOP_TEXT,
    ):
        assert visible_content.has_text(told, words)
    # And it is never announced again, nor announced to the owner who did it
    await app.advance_clock(marco, advance_seconds=7 * 86_400)
    assert await count_bot_messages(marco, NOW_RECRUITER_TEXT) == 1
    assert await count_bot_messages(lina, WHY_AFTER_STOP_TEXT) == 0


async def test_list_notifies_people_it_moves_and_nobody_else(app: AppUnderTest) -> None:
    # Given somebody who chose another segment than the list has
    lina = await set_up_programme(app)
    maya, salma, chen, ivan = (app.person(f"U0{name}") for name in ("MAYA", "SALMA", "CHEN", "IVAN"))
    await ivan.says("hi")
    await ivan.opens_home()
    await ivan.sees("Nearer to your work", where="home")
    await ivan.clicks(phrase("choice-gtm"), where="home")
    await app.wait_until_idle()
    # When a list moves three people, leaves one where they are, and is about its giver too
    await upload_people_list(
        lina,
        "email,segment,team,executive",
        "maya@qamarlabs.example,gtm,Routes,",
        "salma@qamarlabs.example,,Helpdesk,yes",
        "chen@qamarlabs.example,neither,,",
        "ivan@qamarlabs.example,tech,Routes,no",
        "lina@qamarlabs.example,tech,Brand,",
    )
    await app.advance_clock(maya, to_next="monday 12:00")
    # Then each of the three reads what it was
    told = await maya.sees(f"{SEGMENT_CHANGE_TEXT} “Working with customers” now. That was <@U0LINA>.")
    assert visible_content.has_text(told, "If that is not right, write to <@U0LINA>.")
    told = await salma.sees("اسمك الآن في الفريق «Helpdesk»، بحسب قائمة الموظفين.")
    assert visible_content.has_text(told, "أمران يخصّانك")
    assert visible_content.has_text(told, "أُدرج اسمك ضمن القيادة التنفيذية.")
    await chen.sees("By the people list you are in none of the segments any more.")
    # And the two others nothing
    assert (
        await count_bot_messages(ivan, WHY_AFTER_STOP_TEXT),
        await count_bot_messages(lina, WHY_AFTER_STOP_TEXT),
    ) == (0, 0)


async def test_changes_of_one_night_come_together_and_what_was_undone_is_left_out(
    app: AppUnderTest,
) -> None:
    lina, marco = await set_up_programme(app), app.person("U0MARCO")
    # Given a role, a team, and another role that is taken again, all before it is nine in Rome
    await set_role(app, marco.id, Role.RECRUITER, by=lina.id)
    await set_role(app, marco.id, Role.PEOPLE_PARTNER, by=lina.id)
    await upload_people_list(lina, "email,team", "marco@qamarlabs.example,Hiring")
    await set_role(app, marco.id, Role.PEOPLE_PARTNER, by="U0DANA", has=False)
    # When it is
    await app.advance_clock(marco, to_next="monday 09:30")
    # Then one message has the two, in their order
    told = await marco.sees("2 things that concern you have been changed")
    text = str(told["blocks"])
    assert text.index("You are a recruiter") < text.index("Hiring")
    assert "people partner" not in text
    assert await count_bot_messages(marco, WHY_AFTER_STOP_TEXT) == 1


async def test_nobody_is_notified_when_everything_was_undone(app: AppUnderTest) -> None:
    lina, marco = await set_up_programme(app), app.person("U0MARCO")
    await set_role(app, marco.id, Role.RECRUITER, by=lina.id)
    await set_role(app, marco.id, Role.RECRUITER, by=lina.id, has=False)

    await app.advance_clock(marco, to_next="monday 10:00")

    assert await marco.messages() == []
    assert [row[9] for row in await table_rows(app, "outbox")] == ["suppressed"]


@pytest.mark.wide
async def test_changes_are_announced_once_a_day_even_after_stop_and_while_halted(app: AppUnderTest) -> None:
    # Given a wave under way and halted, and somebody who has said stop
    maya, lina = await receive_invitation(app), app.person("U0LINA")
    await maya.clicks(phrase("invitation-stop"))
    await maya.sees("Done.")
    await halt_delivery(lina)
    # When somebody gives her a role, then she is notified
    await give_roles(lina, {"recruiter": [maya.id]})
    await app.advance_clock(maya, to_next="tuesday 11:00")
    await maya.sees(NOW_RECRUITER_TEXT)
    # When it is taken from her on the same day, then that waits for the next
    await give_roles(lina, {"recruiter": []})
    await app.advance_clock(maya, to_next="tuesday 19:00")
    await app.advance_clock(maya, to_next="wednesday 08:00")
    await maya.has_not_seen(NO_RECRUITER)
    await app.advance_clock(maya, to_next="wednesday 09:01")
    # A locked row, as during the nightly directory sync, is skipped until the next tick.
    await app.advance_clock(maya, advance_seconds=60)
    await maya.sees(NO_RECRUITER)
    assert await count_bot_messages(maya, WHY_AFTER_STOP_TEXT) == 2


async def test_nobody_is_notified_who_deleted_everything_in_between_or_before(app: AppUnderTest) -> None:
    # Given somebody who is given a role and deletes everything before the notice comes
    lina, marco = await set_up_programme(app), app.person("U0MARCO")
    assert app.bot is not None
    services = app.bot.services
    await set_role(app, marco.id, Role.RECRUITER, by=lina.id)
    await erase_person_and_confirm(services, UserRef(services.team, marco.id))
    await marco.sees(phrase("erase-done"))
    # When the day goes by, and they are given another one
    await app.advance_clock(marco, to_next="monday 09:30")
    await set_role(app, marco.id, Role.PEOPLE_PARTNER, by=lina.id)
    await upload_people_list(
        lina, "email,team", "marco@qamarlabs.example,Hiring", "maya@qamarlabs.example,Hiring"
    )
    await app.advance_clock(marco, advance_seconds=86_400)
    # Then they hear nothing, no row tells why, and others hear
    await marco.has_not_seen(WHY_AFTER_STOP_TEXT)
    assert "erased" not in str(await table_rows(app, "outbox"))
    await app.person("U0MAYA").sees("in the team “Hiring” now")


async def test_person_made_an_owner_on_the_command_line_is_notified_though_unknown(
    app: AppUnderTest,
) -> None:
    # Given a workspace whose directory has not been read, at night
    dana = app.person("U0DANA")
    await app.advance_clock(dana, to_next="monday 03:00")
    assert app.bot is not None
    # When the operator of the bot makes somebody an owner
    async for _ in add_owner(app.bot.services, "dana@qamarlabs.example"):
        pass
    # Then it comes in her language, at her hour
    await app.advance_clock(dana, to_next="monday 09:01")
    told = await dana.sees("أُسند إليك دور إدارة البرنامج")
    assert visible_content.has_text(told, "كان ذلك من سطر الأوامر")
    assert visible_content.has_text(told, "فتكفي رسالة إلى من يديرون البرنامج هنا.")


async def test_change_that_never_arrived_is_sent_again_with_newer_ones(app: AppUnderTest) -> None:
    # Given a Slack that fails when somebody is notified
    lina, marco = await set_up_programme(app), app.person("U0MARCO")
    assert app.bot is not None
    services = app.bot.services
    await set_role(app, marco.id, Role.RECRUITER, by=lina.id)
    await marco.does("faults", rules=[{"method": "chat.postMessage", "kind": "500", "count": 1}])
    await app.advance_clock(marco, to_next="monday 09:30")
    await marco.has_not_seen(WHY_AFTER_STOP_TEXT)
    # When it is looked for in vain, and the role is taken from him meanwhile
    await set_role(app, marco.id, Role.RECRUITER, by="U0DANA", has=False)
    for _ in range(REQUIRED_SEARCHES):
        async with services.transaction() as connection:
            await connection.exec_driver_sql("UPDATE outbox SET lease_until = '2000-01-01 00:00:00.000000'")
        await reconcile_outbox(services, services.clock.now())
    await deliver_due(services, services.clock.now())
    # Then both come, for he may have read the first; and once
    told = await marco.sees("2 things that concern you have been changed")
    assert visible_content.has_text(told, NOW_RECRUITER_TEXT)
    assert visible_content.has_text(told, NO_RECRUITER)
    await app.advance_clock(marco, advance_seconds=3 * 86_400)
    assert await count_bot_messages(marco, WHY_AFTER_STOP_TEXT) == 1


async def test_owners_are_named_as_contacts_when_the_author_of_the_change_has_left(app: AppUnderTest) -> None:
    lina, marco = await set_up_programme(app), app.person("U0MARCO")
    await set_role(app, marco.id, Role.RECRUITER, by=lina.id)
    await lina.does("person", id=lina.id, deleted=True)
    await app.workspace.world.delivery.wait_until_idle()

    await app.advance_clock(marco, to_next="monday 09:30")

    told = await marco.sees("That was <@U0LINA>.")
    assert visible_content.has_text(told, "write to <@U0DANA>.")


async def test_guests_are_not_notified(app: AppUnderTest) -> None:
    lina, marco = await set_up_programme(app), app.person("U0MARCO")
    await set_role(app, marco.id, Role.RECRUITER, by=lina.id)
    await opt_out_users(app, "U0CHEN")
    await marco.does("person", id=marco.id, is_restricted=True)
    await app.workspace.world.delivery.wait_until_idle()

    await app.advance_clock(marco, to_next="monday 09:30")

    await marco.has_not_seen(WHY_AFTER_STOP_TEXT)
