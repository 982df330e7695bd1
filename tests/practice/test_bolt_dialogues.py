"""Tests of whole gestures between a person and a real Bolt app, over HTTP and over Socket Mode."""

from collections.abc import Callable

from tests.e2e.slack_user import SlackUser
from tests.practice.reference_bot import ReferenceBot


async def test_bot_redraws_its_message_when_its_button_is_pressed(bot: ReferenceBot, maya: SlackUser) -> None:
    await maya.says("hi")
    await maya.sees("Begin?")

    await maya.clicks("Begin")

    await maya.sees("Begun.")
    click = bot.payloads_of("block_actions")[0]
    assert click["container"] == {
        "type": "message",
        "message_ts": click["message"]["ts"],
        "channel_id": "D0MAYA",
        "is_ephemeral": False,
    }
    assert click["actions"][0]["value"] == "7"
    assert click["message"]["text"] == "Hello. Begin?"
    assert click["response_url"].startswith(bot.workspace.url)
    assert click["channel"] == {"id": "D0MAYA", "name": "directmessage"}
    assert click["user"]["team_id"] == click["team"]["id"] == "T0QAMAR"


async def test_message_event_is_complete_when_a_person_writes(bot: ReferenceBot, maya: SlackUser) -> None:
    ts = await maya.says("tea & <b>biscuits</b> ☕")

    envelope = await bot.wait_for_payload("message")
    event = envelope["event"]
    assert event["text"] == "tea &amp; &lt;b&gt;biscuits&lt;/b&gt; :coffee:"
    assert (event["ts"], event["user"], event["channel"], event["channel_type"]) == (
        ts,
        "U0MAYA",
        "D0MAYA",
        "im",
    )
    assert event["client_msg_id"]
    assert event["blocks"][0]["type"] == "rich_text"
    assert envelope["authorizations"][0]["user_id"] == "U0HAKAWATI"
    assert {"token", "team_id", "api_app_id", "event_id", "event_time"} <= set(envelope)
    assert envelope["is_ext_shared_channel"] is False


async def test_edit_and_delete_reach_the_bot_when_a_person_makes_them(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await maya.says("frist")
    await maya.edits("frist", "first")
    await maya.deletes("first")

    changed = (await bot.wait_for_payload("message", subtype="message_changed"))["event"]
    deleted = (await bot.wait_for_payload("message", subtype="message_deleted"))["event"]
    assert changed["message"]["text"] == "first"
    assert changed["message"]["edited"]["user"] == "U0MAYA"
    assert changed["previous_message"]["text"] == "frist"
    assert deleted["deleted_ts"] == changed["message"]["ts"]


async def test_message_changes_without_a_change_of_text_when_a_preview_appears(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await maya.says("see https://example.org/x", unfurl=True)

    event = (await bot.wait_for_payload("message", subtype="message_changed"))["event"]
    assert event["message"]["text"] == event["previous_message"]["text"] == "see <https://example.org/x>"
    assert event["message"]["attachments"][0]["from_url"] == "https://example.org/x"
    assert "edited" not in event["message"]


async def test_reply_names_its_thread_when_it_is_written_in_one(bot: ReferenceBot, maya: SlackUser) -> None:
    await maya.says("hi")
    question = await maya.sees("Begin?")
    await maya.says("in the thread", thread=question)

    event = (await bot.wait_for_payload("message", count=2))["event"]
    assert event["thread_ts"] == question["ts"]
    assert event["parent_user_id"] == "U0HAKAWATI"
    assert [m["text"] for m in await maya.messages(thread=question)] == ["Hello. Begin?", "in the thread"]
    assert "in the thread" not in [m["text"] for m in await maya.messages()]


async def test_file_reaches_the_bot_when_it_is_shared(bot: ReferenceBot, maya: SlackUser) -> None:
    await maya.shares_file("voice.m4a", b"sound", text="listen")

    event = (await bot.wait_for_payload("message", subtype="file_share"))["event"]
    assert event["text"] == "listen"
    assert event["files"][0]["mimetype"] == "audio/mp4"
    assert (await bot.wait_for_payload("file_shared"))["event"]["file_id"] == event["files"][0]["id"]


async def test_reaction_reaches_the_bot_when_it_is_put_on_and_taken_off(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await maya.says("hi")
    question = await maya.sees("Begin?")

    await maya.reacts("tada", question)
    await maya.reacts("tada", question, remove=True)

    added = (await bot.wait_for_payload("reaction_added"))["event"]
    assert (added["reaction"], added["user"], added["item_user"]) == ("tada", "U0MAYA", "U0HAKAWATI")
    assert added["item"] == {"type": "message", "channel": "D0MAYA", "ts": question["ts"]}
    assert (await bot.wait_for_payload("reaction_removed"))["event"]["reaction"] == "tada"


async def test_home_appears_when_it_is_opened(bot: ReferenceBot, maya: SlackUser) -> None:
    await maya.opens_home()
    await maya.sees("Your home", where="home")
    assert "view" not in (await bot.wait_for_payload("app_home_opened"))["event"]

    await maya.clicks("From home", where="home")
    await maya.opens_home()

    click = bot.payloads_of("block_actions")[0]
    assert not {"message", "channel", "response_url"} & set(click)
    assert click["view"]["type"] == "home"
    assert (await bot.wait_for_payload("app_home_opened", count=2))["event"]["view"]["hash"] == click["view"][
        "hash"
    ]


async def test_command_reply_is_visible_to_one_person_when_the_app_acks_with_text(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await maya.types_command("/echo my words & more")

    answer = await maya.sees("my words & more")
    assert answer["ephemeral"] is True
    body = bot.payloads_of("/echo")[0]
    assert (body["user_id"], body["channel_id"], body["channel_name"]) == (
        "U0MAYA",
        "D0MAYA",
        "directmessage",
    )


async def test_command_names_people_when_it_asks_for_escaping(bot: ReferenceBot, maya: SlackUser) -> None:
    await maya.types_command("/escaped ask @Lina Haddad in #general")

    answer = await maya.sees("<@U0LINA>")
    assert answer["text"] == "ask <@U0LINA> in <#C0GENERAL|general>"
    assert answer["ephemeral"] is False


async def test_person_sees_an_error_when_a_command_is_not_answered_in_time(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    result = await maya.types_command("/sleep", must=False)

    assert result["ok"] is False
    await maya.sees("/sleep failed with the error")


async def test_global_shortcut_opens_a_modal_when_it_is_used(bot: ReferenceBot, maya: SlackUser) -> None:
    await maya.uses_shortcut("begin")

    await maya.sees("From a shortcut", where="modal")
    assert not {"channel", "response_url"} & set(bot.payloads_of("shortcut")[0])


async def test_message_shortcut_can_answer_when_it_is_used(bot: ReferenceBot, maya: SlackUser) -> None:
    await maya.says("keep this")
    message = await maya.sees("keep this")

    await maya.uses_shortcut("keep", on=message)

    assert (await maya.sees("Kept."))["ephemeral"] is True
    assert bot.payloads_of("message_action")[0]["message"]["text"] == "keep this"


async def test_colleagues_come_and_change_when_their_settings_do(bot: ReferenceBot, maya: SlackUser) -> None:
    await maya.does("person", id="U0MAYA", locale="ar", tz="Asia/Riyadh")
    await maya.does("person", id="U0NEW", name="new", real_name="New Colleague")

    changed = (await bot.wait_for_payload("user_change"))["event"]["user"]
    assert (changed["locale"], changed["tz"]) == ("ar", "Asia/Riyadh")
    assert (await bot.wait_for_payload("team_join"))["event"]["user"]["id"] == "U0NEW"


async def test_bot_gets_events_of_a_channel_only_when_it_was_invited(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    maya_in_general = maya.in_channel("C0GENERAL")
    await maya_in_general.says("before")
    await maya_in_general.does("invite")
    await maya_in_general.says("after")

    assert (await bot.wait_for_payload("member_joined_channel"))["event"]["user"] == "U0HAKAWATI"
    event = (await bot.wait_for_payload("message"))["event"]
    assert (event["text"], event["channel_type"]) == ("after", "channel")


async def test_stranger_shows_his_own_team_when_he_writes_in_a_shared_channel(
    bot: ReferenceBot, person: Callable[[str], SlackUser]
) -> None:
    await person("U0LINA").in_channel("C0SHARED").does("invite")

    await person("U0STRANGER").in_channel("C0SHARED").says("hello from Orbit")

    envelope = await bot.wait_for_payload("message")
    assert envelope["is_ext_shared_channel"] is True
    assert (envelope["team_id"], envelope["authorizations"][0]["team_id"]) == ("T0OTHER", "T0QAMAR")
    assert envelope["event"]["user_team"] == "T0OTHER"


async def test_bot_gets_the_uninstall_events_when_an_admin_removes_it(
    bot: ReferenceBot, person: Callable[[str], SlackUser]
) -> None:
    await person("U0OMAR").does("install", remove=True)

    assert (await bot.wait_for_payload("tokens_revoked"))["event"]["tokens"] == {
        "oauth": [],
        "bot": ["U0HAKAWATI"],
    }
    await bot.wait_for_payload("app_uninstalled")
