"""Erasure by the author of a whole story: no table and no byte contains a word of it afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.workflows.privacy import erasure
from bot.workflows.privacy.message_deletion import DeletionPolicy
from practice import events
from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_steps import begin_story, finish_story

CANARY = "quartz lighthouse marmalade"


async def erase_everything(person: SlackUser) -> None:
    """Erase everything from Home, through both confirmations."""
    await person.opens_home()
    await person.sees(phrase("home-held-delete"), where="home")
    await person.clicks(phrase("home-held-delete"), where="home")
    await person.sees(phrase("erase-beyond"), where="modal")
    await person.submits()
    await person.sees(phrase("erase-sure-title"), where="modal")
    await person.submits({phrase("erase-sure-label"): ["yes"]})
    await person.sees(phrase("erase-done"), where="modal")
    await person.closes(everything=True)
    await person.sees(phrase("erase-done-again"))


async def sweep_messages(app: AppUnderTest) -> None:
    """Let the bot delete its messages with the person's words, without Slack's rate limit."""
    assert app.bot is not None
    while await stored_data.table_rows(app, "sweeps"):
        assert await erasure.delete_messages_pending_deletion(
            app.bot.services, DeletionPolicy(pause_seconds=0)
        )


async def write_story_with_canary(person: SlackUser) -> None:
    """Write a whole story with the canary in every part of it, edit it, and export it as files."""
    await finish_story(person, f"I tend the {CANARY}. And more.", f"A {CANARY} led me here. It did.")
    await person.clicks(phrase("choice-edit"))
    await person.submits({"part.1": f"Only the {CANARY}."})
    await person.sees(phrase("remark-saved"))
    await person.opens_home()
    await person.sees(phrase("home-held-take"), where="home")
    await person.clicks(phrase("home-held-take"), where="home")
    await person.sees("letter for letter")


async def test_stop_mentions_no_draft_when_everything_was_deleted_before(maya: SlackUser) -> None:
    # Given somebody in the middle of a story, who deletes it all
    await begin_story(maya)
    await maya.says(f"I tend the {CANARY}.")
    await maya.sees(phrase("ask-turn"))
    await erase_everything(maya)
    for words in ("stop", "hi", "stop"):
        # When they say stop, be it at once or after a hello
        latest = await maya.last_message()
        await maya.says(words)
        # Then no draft is mentioned
        await maya.sees("Done. I won't write unless" if words == "stop" else "Shall we", after=latest)
    await maya.has_not_seen("Your draft stays")


@pytest.mark.wide
async def test_no_word_is_left_anywhere_when_everything_is_deleted(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a whole story of somebody's, in all its versions, and a file of everything
    await write_story_with_canary(maya)
    assert await stored_data.tables_containing(app, CANARY) != []
    # When they delete it all
    await erase_everything(maya)
    await sweep_messages(app)
    # Then no table has a word of it, and nobody's id either, but for one keyed line
    assert await stored_data.tables_containing(app, CANARY) == []
    assert await stored_data.tables_containing(app, maya.id) == []
    assert len(await stored_data.table_rows(app, "tombstones")) == 1
    # And in the conversation only what they typed themselves is left
    left = [message for message in await maya.messages() if CANARY in str(message)]
    assert {message.get("user") for message in left} == {maya.id}
    assert not any(message.get("files") for message in await maya.messages())


async def test_no_byte_of_it_is_left_in_the_file_when_everything_is_deleted(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a whole story of somebody's in a SQLite file
    place = make_url(app.database_url).database
    if not app.database_url.startswith("sqlite"):
        return
    assert place is not None
    await write_story_with_canary(maya)
    # When they delete it all
    await erase_everything(maya)
    await sweep_messages(app)
    # Then neither the file nor its log has a byte of it
    for file in Path(place).parent.glob(f"{Path(place).name}*"):
        assert CANARY.encode() not in file.read_bytes(), file.name
        assert b"U0MAYA" not in file.read_bytes(), file.name


@pytest.mark.wide
async def test_old_words_are_dropped_when_slack_delivers_them_after_the_deletion(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody who has deleted everything
    await finish_story(maya, f"I tend the {CANARY}. And more.")
    await erase_everything(maya)
    world = app.workspace.world
    old = next(
        m for m in world.messages.list_in_channel(maya.channel) if m.user == maya.id and CANARY in m.text
    )
    before = len(await maya.messages())
    # When Slack delivers one of their old messages once more, as a new event, and an edit of it
    events.send_message_posted(world, world.channels.open_dm(maya.id), old)
    await maya.edits(old.ts, f"I tend the {CANARY}, still.")
    await world.delivery.wait_until_idle()
    await app.wait_until_idle()
    # Then nothing comes back, and nothing is sent
    assert await stored_data.list_drafts(app, maya) == ()
    assert await stored_data.tables_containing(app, CANARY) == []
    assert len(await maya.messages()) == before
    # And a message of today starts everything afresh
    await maya.does("clock", advance_seconds=60)
    await maya.says("hi")
    await maya.sees("Shall we?")


@pytest.mark.wide
async def test_old_words_are_dropped_when_their_author_has_come_back_since(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a message that was lost on its way, and its author, who deleted everything and came back
    await begin_story(maya)
    await maya.does("faults", rules=[{"kind": "lose", "event": "message", "count": 1}])
    lost = await maya.says(f"I tend the {CANARY}.")
    await erase_everything(maya)
    await maya.does("clock", advance_seconds=60)
    hello = await maya.says("hi")
    await maya.sees("Shall we?", after=hello)
    await app.wait_until_idle()
    before = len(await maya.messages())
    # When Slack delivers it after all, then an edit of it, and that it was deleted
    world = app.workspace.world
    mark = world.journal.last_number
    old = world.messages.find(maya.channel, lost)
    assert old is not None
    events.send_message_posted(world, world.channels.open_dm(maya.id), old)
    await world.delivery.wait_until_idle()
    await maya.edits(lost, f"I tend the {CANARY}, still.")
    await world.delivery.wait_until_idle()
    await maya.deletes(lost)
    await world.delivery.wait_until_idle()
    await app.wait_until_idle()
    # Then nothing of it comes back, and nothing is sent; and Slack need not deliver any of it again
    assert await stored_data.tables_containing(app, CANARY) == []
    assert len(await maya.messages()) == before - 1
    brought = [entry for entry in world.journal.entries_after(mark) if entry["kind"] == "delivery"]
    assert [entry["attempt"] for entry in brought] == [0, 0, 0]
