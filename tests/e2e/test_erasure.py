"""Personal data as a file, and its erasure: confirmed twice, done at once, and reported honestly."""

from __future__ import annotations

import json

import pytest

from bot.services import UserRef
from bot.workflows.programme.roles import replace_role_holders
from db.models.programmes import Role
from db.queries import erasure
from db.queries.data_export import load_personal_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.notice_steps import receive_invitation
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_seeder import STORY_TEXT, StorySeeder, finished_draft
from tests.e2e.story_steps import begin_story
from tests.e2e.wave_steps import set_up_programme, start_wave

CANARY = "zanzibar-canary"


def story_seeder(app: AppUnderTest) -> StorySeeder:
    """Return a seeder for Maya's stored data."""
    assert app.bot is not None
    return StorySeeder(app.bot.services)


async def dump_held_data(app: AppUnderTest) -> str:
    """Return everything stored about Maya as one string."""
    seeder = story_seeder(app)
    async with seeder.services.database.read_transaction() as connection:
        return json.dumps(await load_personal_data(connection, seeder.services.team, "U0MAYA"))


async def erase_everything(maya: SlackUser) -> None:
    """Confirm both questions and erase everything."""
    await maya.opens_home()
    await maya.sees(phrase("home-held-delete"), where="home")
    await maya.clicks(phrase("home-held-delete"), where="home")
    await maya.sees(phrase("erase-beyond"), where="modal")
    await maya.submits()
    await maya.sees(phrase("erase-sure"), where="modal")
    await maya.submits({phrase("erase-sure-label"): ["yes"]})


async def wait_for_confirmation(maya: SlackUser) -> None:
    """Wait for the last message, and close the modal with the same text."""
    await maya.sees(phrase("erase-done"), where="modal")
    await maya.closes()
    await maya.sees(phrase("erase-done"))


async def run_due_jobs(app: AppUnderTest) -> None:
    """Move the calendar, which makes every due job run at once."""
    async with app.http_session.post(
        f"{app.workspace.url}/human/clock", json={"advance_seconds": 60}
    ) as answer:
        assert answer.status == 200


async def test_everything_held_is_listed_in_words(app: AppUnderTest, maya: SlackUser) -> None:
    seeder = story_seeder(app)
    await seeder.add_story(finished_draft(), "first", STORY_TEXT)
    await seeder.add_card_statistics("d1")
    await maya.opens_home()
    await maya.sees(phrase("home-held-show"), where="home")

    await maya.clicks(phrase("home-held-show"), where="home")

    for line in (
        "the name Maya Okafor",
        "One story or draft",
        "2 versions of whole texts",
        "One line counted as shown to you",
        "One line counted as picked by you",
        "Finished · English · begun on",
        "Counting lines: yes",
    ):
        await maya.sees(line, where="modal")


@pytest.mark.wide
async def test_file_holds_everything_without_loss(app: AppUnderTest, maya: SlackUser) -> None:
    text = "Line one\n\n<!channel> & {{gap}} 😀 قصة"
    await story_seeder(app).add_story(finished_draft(text=text), text)
    await maya.opens_home()
    await maya.sees(phrase("home-held-take"), where="home")

    await maya.clicks(phrase("home-held-take"), where="home")

    await maya.sees(phrase("export-sent"))
    file = next(f for m in await maya.messages() for f in m.get("files", []))
    async with app.http_session.get(file["url_private_download"]) as answer:
        held = json.loads(await answer.text())["held"]
    assert [version["text"] for version in held["versions"]] == [text]
    assert held["drafts"][0]["draft"]["edited"] == text
    assert held["people"][0]["real_name"] == "Maya Okafor"


async def test_file_comes_once_when_it_is_asked_for_ten_times_at_once(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await story_seeder(app).add_story(finished_draft(), STORY_TEXT)
    await maya.opens_home()
    await maya.sees(phrase("home-held-take"), where="home")

    for _ in range(10):
        await maya.clicks(phrase("home-held-take"), where="home")
    await app.wait_until_idle()

    assert sum(bool(m.get("files")) for m in await maya.messages()) == 1


@pytest.mark.wide
async def test_nothing_is_left_but_a_line_without_a_name_when_all_is_deleted(
    app: AppUnderTest, maya: SlackUser
) -> None:
    seeder = story_seeder(app)
    await seeder.add_story(finished_draft(text=f"{STORY_TEXT} {CANARY}"), CANARY)
    await seeder.add_card_statistics("d1")
    await seeder.add_bot_message(f"Here's your draft: {CANARY}")
    await seeder.add_bot_message(f"And again: {CANARY}")

    await erase_everything(maya)

    await maya.sees("2 messages of mine carried your words", where="modal")
    await wait_for_confirmation(maya)
    await maya.sees(phrase("home-new-what"), where="home")
    held = json.loads(await dump_held_data(app))
    tombstones = held.pop("tombstones")
    assert {name: rows for name, rows in held.items() if rows} == {}
    assert tombstones[0]["stopped"] is False
    await run_due_jobs(app)
    await maya.no_longer_sees(CANARY)


async def test_nothing_is_deleted_without_the_tick_or_when_the_window_is_closed(
    app: AppUnderTest, maya: SlackUser
) -> None:
    await story_seeder(app).add_story(finished_draft(), CANARY)
    await maya.opens_home()
    await maya.sees(phrase("home-held-delete"), where="home")

    await maya.clicks(phrase("home-held-delete"), where="home")
    await maya.submits()
    await maya.sees(phrase("erase-sure-title"), where="modal")
    kept = await maya.submits()
    window = await maya.modal()
    assert window is not None
    forged = {"sure": {"erase:tick": {"type": "checkboxes", "selected_options": [{"value": "no"}]}}}
    refused = await maya.does("submit", view_id=window["id"], values=forged)
    await maya.closes()

    assert kept["status"] == "kept by the client"
    assert "Nothing has been deleted" in json.dumps(refused)
    assert CANARY in await dump_held_data(app)


async def test_file_taken_along_goes_with_the_rest(app: AppUnderTest, maya: SlackUser) -> None:
    await story_seeder(app).add_story(finished_draft(), STORY_TEXT)
    await maya.opens_home()
    await maya.sees(phrase("home-held-take"), where="home")
    await maya.clicks(phrase("home-held-take"), where="home")
    await maya.sees("letter for letter")

    await erase_everything(maya)
    await wait_for_confirmation(maya)
    await run_due_jobs(app)

    await maya.no_longer_sees(phrase("export-name"))
    assert not any(m.get("files") for m in await maya.messages())


async def test_stop_is_remembered_through_a_deletion(app: AppUnderTest, maya: SlackUser) -> None:
    await begin_story(maya)
    await maya.says("stop")
    await maya.sees("No more messages about this")

    await erase_everything(maya)
    await wait_for_confirmation(maya)
    await maya.says("hi")
    await maya.sees("You asked me to stop")

    seeder = story_seeder(app)
    async with seeder.services.database.read_transaction() as connection:
        tombstone = await erasure.find_tombstone(connection, seeder.services.team, "U0MAYA")
    assert tombstone is not None
    assert tombstone.stopped
    await maya.opens_home()
    await maya.sees("I may write to you first: *no*", where="home")


async def test_sweep_goes_on_when_slack_was_away(app: AppUnderTest, maya: SlackUser) -> None:
    seeder = story_seeder(app)
    await seeder.add_story(finished_draft(), CANARY)
    await seeder.add_bot_message(f"Here's your draft: {CANARY}")
    rules = [{"method": "chat.delete", "kind": "error", "error": "fatal_error", "count": 1}]
    async with app.http_session.post(f"{app.workspace.url}/human/faults", json={"rules": rules}) as answer:
        assert answer.status == 200

    await erase_everything(maya)
    await wait_for_confirmation(maya)
    await run_due_jobs(app)
    await run_due_jobs(app)

    await maya.no_longer_sees(CANARY, timeout=40)


async def test_hello_starts_afresh_even_before_the_last_message_has_come(maya: SlackUser) -> None:
    await begin_story(maya)

    await erase_everything(maya)
    said = await maya.says("hello")

    await maya.sees("Shall we?", after=said)


async def test_nothing_is_sent_to_somebody_who_deleted_everything_before_they_write(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody in the directory who wrote, and had it all deleted
    lina = await set_up_programme(app)
    await maya.says("hi")
    await maya.sees("Shall we?")
    await erase_everything(maya)
    await wait_for_confirmation(maya)
    # When an owner invites them, makes them a partner, and takes the role back
    await start_wave(app, lina, whom=[], chosen=[maya.id, "U0IVAN"])
    assert app.bot is not None
    services, who = app.bot.services, UserRef(app.bot.services.team, lina.id)
    await replace_role_holders(services, who, {Role.RECRUITER: [maya.id, "U0IVAN"]})
    before = len(await maya.messages())
    await app.advance_clock(maya, to_next="thursday 12:00")
    # Then it comes to the other one, and to them nothing
    await app.person("U0IVAN").sees("asked me to write to you and some others")
    await app.person("U0IVAN").sees("You are a recruiter in the programme now")
    assert len(await maya.messages()) == before
    # When they write, then they may get notices and questions like anybody again
    await maya.says("hi")
    await maya.sees("Shall we?")
    await replace_role_holders(services, who, {Role.PEOPLE_PARTNER: [maya.id]})
    await app.advance_clock(maya, to_next="friday 12:00")
    await maya.sees("You are a people partner of the programme now")


async def test_pressing_no_under_an_old_invitation_is_no_writing(app: AppUnderTest) -> None:
    # Given somebody who was invited, and had everything deleted
    maya, lina = await receive_invitation(app), app.person("U0LINA")
    await erase_everything(maya)
    await wait_for_confirmation(maya)
    # When they press that it is not for them, and somebody gives them a role afterwards
    await maya.clicks(phrase("invitation-no"))
    await maya.sees(phrase("invitation-declined"))
    assert app.bot is not None
    services, who = app.bot.services, UserRef(app.bot.services.team, lina.id)
    await replace_role_holders(services, who, {Role.RECRUITER: [maya.id, "U0IVAN"]})
    before = len(await maya.messages())
    await app.advance_clock(maya, to_next="thursday 12:00")
    # Then the other one is notified, and they aren't
    await app.person("U0IVAN").sees("You are a recruiter in the programme now")
    assert len(await maya.messages()) == before


async def test_what_somebody_asks_for_after_deleting_everything_comes(app: AppUnderTest) -> None:
    # Given somebody who was invited, and had everything deleted
    maya = await receive_invitation(app)
    await erase_everything(maya)
    await wait_for_confirmation(maya)
    # When they put the invitation off until tomorrow
    await maya.clicks(phrase("invitation-later"))
    await maya.sees(phrase("invitation-later-ask"))
    await maya.clicks(phrase("invitation-tomorrow"))
    await maya.sees("I'll come back to it")
    await app.advance_clock(maya, to_next="wednesday 16:00")
    # Then it comes
    await maya.sees("Here I am again, as you asked.")
