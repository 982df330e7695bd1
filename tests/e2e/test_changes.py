"""Whom somebody else gives a role, moves or takes off is told: once, at a decent hour, all of a day together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.cli.commands import add_owner
from bot.jobs.deliver import deliver
from bot.jobs.reconcile import reconcile
from bot.services import Who
from bot.timings import LOOKS
from bot.workflows.privacy.erasure import erase
from bot.workflows.programme.settings import set_holders
from db.models.programmes import Role
from tests.e2e import screen
from tests.e2e.inviting import is_silent, runs_programme
from tests.e2e.people import Person
from tests.e2e.records import rows_of
from tests.e2e.stage import Stage
from tests.e2e.test_halting import halts
from tests.e2e.test_invitations import is_invited, times_seen

ONE = "Something that concerns you has been changed there by somebody else:"
RECRUITER, NO_RECRUITER = (
    "You are a recruiter in the programme now.",
    "You are a recruiter in the programme no longer.",
)
MOVED = "By the people list you are in the segment"
WHY = "Such news comes after “stop” too"


async def gives_roles(owner: Person, roles: Mapping[str, object]) -> None:
    """Change who is what, on the form of the Home tab."""
    await owner.opens_home()
    await owner.sees("Change", where="home")
    await owner.clicks("Change", where="home", nth=1)
    await owner.sees("Who show a candidate", where="modal")
    await owner.submits(dict(roles))


async def gives_list(owner: Person, *lines: str) -> None:
    """Put a people list into the conversation, and wait until it is through."""
    before = await owner.shares_file("people.csv", "\n".join(lines).encode())
    await owner.sees("I am through with the list.", after=before)


async def has_role(stage: Stage, user: str, role: Role, *, by: str, has: bool = True) -> None:
    """Somebody has been given a role by this owner, or has lost it."""
    assert stage.bot is not None
    services = stage.bot.services
    await set_holders(services, Who(services.team, by), {role: [user] if has else []})


@pytest.mark.wide
async def test_role_given_by_somebody_else_is_told_once_at_a_decent_hour_in_the_readers_language(
    stage: Stage,
) -> None:
    # Given two people, one of whom reads Arabic, and an owner who is up before them
    lina, marco, huda = await runs_programme(stage), stage.person("U0MARCO"), stage.person("U0HUDA")
    # When she gives each a role
    await gives_roles(lina, {"recruiter": [marco.id], "people_partner": [huda.id]})
    # Then neither is woken
    await stage.time_goes_by(huda, to_next="monday 08:55")
    await huda.has_not_seen("يخصّك")
    await stage.time_goes_by(huda, to_next="monday 09:01")
    told = await huda.sees("أُسند إليك دور شراكة الموارد البشرية. كان ذلك بقرار من <@U0LINA>.")
    assert screen.shows(told, "فتكفي رسالة إلى <@U0LINA>.")
    await marco.has_not_seen(ONE)
    # When it is nine in Rome, then he reads it: what, who, why, and how it is put right
    await stage.time_goes_by(marco, to_next="monday 09:01")
    told = await marco.sees(ONE)
    for words in (RECRUITER, "That was <@U0LINA>.", "If that is not right, write to <@U0LINA>.", WHY):
        assert screen.shows(told, words)
    # And it is never told again, nor told to her who did it
    await stage.time_goes_by(marco, advance_seconds=7 * 86_400)
    assert await times_seen(marco, RECRUITER) == 1
    assert await times_seen(lina, WHY) == 0


async def test_list_tells_whom_it_moves_and_nobody_else(stage: Stage) -> None:
    # Given somebody who said something else of their work than the list does
    lina = await runs_programme(stage)
    maya, salma, chen, ivan = (stage.person(f"U0{name}") for name in ("MAYA", "SALMA", "CHEN", "IVAN"))
    await ivan.says("hi")
    await ivan.opens_home()
    await ivan.sees("Nearer to your work", where="home")
    await ivan.clicks("Working with customers", where="home")
    await stage.quiet()
    # When a list moves three people, leaves one where they are, and is about its giver too
    await gives_list(
        lina,
        "email,segment,team,executive",
        "maya@qamarlabs.example,gtm,Routes,",
        "salma@qamarlabs.example,,Helpdesk,yes",
        "chen@qamarlabs.example,neither,,",
        "ivan@qamarlabs.example,tech,Routes,no",
        "lina@qamarlabs.example,tech,Brand,",
    )
    await stage.time_goes_by(maya, to_next="monday 12:00")
    # Then each of the three reads what it was
    told = await maya.sees(f"{MOVED} “Working with customers” now. That was <@U0LINA>.")
    assert screen.shows(told, "If that is not right, write to <@U0LINA>.")
    told = await salma.sees("اسمك الآن في الفريق «Helpdesk»، بحسب قائمة الموظفين.")
    assert screen.shows(told, "أمران يخصّانك")
    assert screen.shows(told, "أُدرج اسمك ضمن القيادة التنفيذية.")
    await chen.sees("By the people list you are in none of the segments any more.")
    # And the two others nothing
    assert (await times_seen(ivan, WHY), await times_seen(lina, WHY)) == (0, 0)


async def test_changes_of_one_night_come_together_and_what_was_undone_is_left_out(stage: Stage) -> None:
    lina, marco = await runs_programme(stage), stage.person("U0MARCO")
    # Given a role, a team, and another role that is taken again, all before it is nine in Rome
    await has_role(stage, marco.id, Role.RECRUITER, by=lina.id)
    await has_role(stage, marco.id, Role.PEOPLE_PARTNER, by=lina.id)
    await gives_list(lina, "email,team", "marco@qamarlabs.example,Hiring")
    await has_role(stage, marco.id, Role.PEOPLE_PARTNER, by="U0DANA", has=False)
    # When it is
    await stage.time_goes_by(marco, to_next="monday 09:30")
    # Then one message has the two, in their order
    told = await marco.sees("2 things that concern you have been changed")
    text = str(told["blocks"])
    assert text.index("You are a recruiter") < text.index("Hiring")
    assert "people partner" not in text
    assert await times_seen(marco, WHY) == 1


async def test_nothing_is_told_when_all_of_it_was_undone(stage: Stage) -> None:
    lina, marco = await runs_programme(stage), stage.person("U0MARCO")
    await has_role(stage, marco.id, Role.RECRUITER, by=lina.id)
    await has_role(stage, marco.id, Role.RECRUITER, by=lina.id, has=False)

    await stage.time_goes_by(marco, to_next="monday 10:00")

    assert await marco.messages() == []
    assert [row[9] for row in await rows_of(stage, "outbox")] == ["suppressed"]


@pytest.mark.wide
async def test_it_is_told_once_a_day_after_stop_and_while_everything_is_halted(stage: Stage) -> None:
    # Given a wave under way and halted, and somebody who has said stop
    maya, lina = await is_invited(stage), stage.person("U0LINA")
    await maya.clicks("Stop")
    await maya.sees("Done.")
    await halts(lina)
    # When somebody gives her a role, then she is told
    await gives_roles(lina, {"recruiter": [maya.id]})
    await stage.time_goes_by(maya, to_next="tuesday 11:00")
    await maya.sees(RECRUITER)
    # When it is taken from her on the same day, then that waits for the next
    await gives_roles(lina, {"recruiter": []})
    await stage.time_goes_by(maya, to_next="tuesday 19:00")
    await stage.time_goes_by(maya, to_next="wednesday 08:00")
    await maya.has_not_seen(NO_RECRUITER)
    await stage.time_goes_by(maya, to_next="wednesday 09:01")
    # Whose row is just being written, as when everybody is read at night, is passed over until the next tick.
    await stage.time_goes_by(maya, advance_seconds=60)
    await maya.sees(NO_RECRUITER)
    assert await times_seen(maya, WHY) == 2


async def test_nobody_is_told_who_had_everything_deleted_in_between_or_before(stage: Stage) -> None:
    # Given somebody who is given a role and has everything deleted before they are told
    lina, marco = await runs_programme(stage), stage.person("U0MARCO")
    assert stage.bot is not None
    services = stage.bot.services
    await has_role(stage, marco.id, Role.RECRUITER, by=lina.id)
    await erase(services, Who(services.team, marco.id))
    await marco.sees("Everything you said, chose and did here is deleted.")
    # When the day goes by, and they are given another one
    await stage.time_goes_by(marco, to_next="monday 09:30")
    await has_role(stage, marco.id, Role.PEOPLE_PARTNER, by=lina.id)
    await gives_list(lina, "email,team", "marco@qamarlabs.example,Hiring", "maya@qamarlabs.example,Hiring")
    await stage.time_goes_by(marco, advance_seconds=86_400)
    # Then they hear nothing, no row tells why, and others hear
    await marco.has_not_seen(WHY)
    assert "erased" not in str(await rows_of(stage, "outbox"))
    await stage.person("U0MAYA").sees("in the team “Hiring” now")


async def test_whoever_is_made_an_owner_on_the_command_line_is_told_though_nobody_knew_them(
    stage: Stage,
) -> None:
    # Given a workspace of which nobody has been read, at night
    dana = stage.person("U0DANA")
    await stage.time_goes_by(dana, to_next="monday 03:00")
    assert stage.bot is not None
    # When somebody is made an owner by whoever runs the bot
    async for _ in add_owner(stage.bot.services, "dana@qamarlabs.example"):
        pass
    # Then it is told in her language, at her hour
    await stage.time_goes_by(dana, to_next="monday 09:01")
    told = await dana.sees("أُسند إليك دور إدارة البرنامج")
    assert screen.shows(told, "كان ذلك من سطر الأوامر")
    assert screen.shows(told, "فتكفي رسالة إلى من يديرون البرنامج هنا.")


async def test_what_never_arrived_is_said_again_with_what_has_come_since(stage: Stage) -> None:
    # Given a Slack that fails when somebody is told
    lina, marco = await runs_programme(stage), stage.person("U0MARCO")
    assert stage.bot is not None
    services = stage.bot.services
    await has_role(stage, marco.id, Role.RECRUITER, by=lina.id)
    await marco.does("faults", rules=[{"method": "chat.postMessage", "kind": "500", "count": 1}])
    await stage.time_goes_by(marco, to_next="monday 09:30")
    await marco.has_not_seen(WHY)
    # When it is looked for in vain, and the role is taken from him meanwhile
    await has_role(stage, marco.id, Role.RECRUITER, by="U0DANA", has=False)
    for _ in range(LOOKS):
        async with services.transaction() as connection:
            await connection.exec_driver_sql("UPDATE outbox SET lease_until = '2000-01-01 00:00:00.000000'")
        await reconcile(services, services.clock.now())
    await deliver(services, services.clock.now())
    # Then both are told, for he may have read the first; and once
    told = await marco.sees("2 things that concern you have been changed")
    assert screen.shows(told, RECRUITER)
    assert screen.shows(told, NO_RECRUITER)
    await stage.time_goes_by(marco, advance_seconds=3 * 86_400)
    assert await times_seen(marco, WHY) == 1


async def test_those_to_write_to_are_owners_when_whoever_did_it_has_left(stage: Stage) -> None:
    lina, marco = await runs_programme(stage), stage.person("U0MARCO")
    await has_role(stage, marco.id, Role.RECRUITER, by=lina.id)
    await lina.does("person", id=lina.id, deleted=True)
    await stage.workspace.world.delivery.idle()

    await stage.time_goes_by(marco, to_next="monday 09:30")

    told = await marco.sees("That was <@U0LINA>.")
    assert screen.shows(told, "write to <@U0DANA>.")


async def test_guests_are_told_nothing(stage: Stage) -> None:
    lina, marco = await runs_programme(stage), stage.person("U0MARCO")
    await has_role(stage, marco.id, Role.RECRUITER, by=lina.id)
    await is_silent(stage, "U0CHEN")
    await marco.does("person", id=marco.id, is_restricted=True)
    await stage.workspace.world.delivery.idle()

    await stage.time_goes_by(marco, to_next="monday 09:30")

    await marco.has_not_seen(WHY)
