"""Tests of pressing, choosing and filling every kind of element, with Slack's payloads."""

import asyncio
from typing import Any

from practice.response_urls import apply_response
from tests.e2e.slack_user import SlackUser
from tests.practice.reference_bot import ReferenceBot, button, section, text_input

Json = dict[str, Any]


def option(label: str, value: str) -> Json:
    """Return an option."""
    return {"text": {"type": "plain_text", "text": label}, "value": value}


def choice_element(kind: str, **more: Any) -> Json:
    """Return a select, radio, checkboxes or overflow element with three options."""
    options = [option("Red", "r"), option("Green", "g"), option("Blue", "b")]
    return {"type": kind, "action_id": kind, "options": options, **more}


async def post_elements(bot: ReferenceBot, *elements: Json) -> None:
    """Post these elements as the bot."""
    blocks = [section("Choose"), {"type": "actions", "block_id": "choices", "elements": list(elements)}]
    await bot.client.chat_postMessage(channel="U0MAYA", text="Choose", blocks=blocks)


async def press_and_receive(bot: ReferenceBot, maya: SlackUser, label: str, **how: Any) -> Json:
    """Press an element and return the payload that the bot received."""
    await maya.clicks(label, must=False, **how)
    return bot.payloads_of("block_actions")[-1]


async def test_choices_carry_the_chosen_options(bot: ReferenceBot, maya: SlackUser) -> None:
    red = option("Red", "r")
    await post_elements(
        bot, choice_element("static_select"), choice_element("checkboxes", initial_options=[red])
    )
    message = await maya.last_message()

    select = await press_and_receive(bot, maya, "Green", in_message=message, nth=0)
    boxes = await press_and_receive(bot, maya, "Blue", in_message=message, nth=1)

    assert select["actions"][0]["selected_option"]["value"] == "g"
    assert [one["value"] for one in boxes["actions"][0]["selected_options"]] == ["b"]
    state = boxes["state"]["values"]["choices"]
    assert state["static_select"]["selected_option"]["value"] == "g"
    assert state["checkboxes"]["selected_options"][0]["value"] == "b"


async def test_overflow_carries_the_chosen_option_and_has_no_state(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await post_elements(bot, choice_element("overflow"))

    click = await press_and_receive(bot, maya, "Blue")

    assert click["actions"][0]["selected_option"]["value"] == "b"
    assert click["state"]["values"] == {}


async def test_forged_value_reaches_the_bot_when_somebody_sends_one(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await post_elements(bot, button("Go", "go", value="mine"))

    assert (await press_and_receive(bot, maya, "Go", value="somebody else's"))["actions"][0][
        "value"
    ] == "somebody else's"


async def test_old_button_can_still_be_pressed_when_the_message_was_redrawn(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await post_elements(bot, button("Go", "go"))
    seen = await maya.last_message()
    await bot.client.chat_update(channel="D0MAYA", ts=seen["ts"], text="gone", blocks=[section("gone")])

    click = await press_and_receive(bot, maya, "Go", in_message=seen)

    assert click["actions"][0]["action_id"] == "go"
    assert click["message"]["text"] == "gone"


async def test_click_comes_without_its_message_when_that_is_ephemeral(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    blocks = [{"type": "actions", "elements": [button("Sure", "sure")]}]
    world = bot.workspace.world
    url = world.response_urls.consume(world.response_urls.issue("U0MAYA", "D0MAYA"))
    apply_response(world, url, {"text": "Sure?", "blocks": blocks})

    click = await press_and_receive(bot, maya, "Sure")

    assert click["container"]["is_ephemeral"] is True
    assert "message" not in click
    assert click["response_url"]


async def test_twenty_clicks_arrive_twenty_times_when_made_at_once(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await post_elements(bot, button("Go", "go"))

    await asyncio.gather(*(maya.clicks("Go", must=False) for _ in range(20)))

    clicks = bot.payloads_of("block_actions")
    assert len(clicks) == 20
    assert len({click["trigger_id"] for click in clicks}) == 20


async def test_typed_text_comes_with_a_click_when_a_message_has_inputs(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    more = {"type": "actions", "block_id": "go", "elements": [button("Go", "go")]}
    await bot.client.chat_postMessage(channel="U0MAYA", text="t", blocks=[text_input("Name", "name"), more])
    message = await maya.last_message()

    typed = {"name": {"value": {"type": "plain_text_input", "value": "Maya ☕"}}}
    press = {"block_id": "go", "action_id": "go", "state": typed}
    await maya.does("click", must=False, ts=message["ts"], **press)

    state = bot.payloads_of("block_actions")[-1]["state"]["values"]
    assert state == {"name": {"value": {"type": "plain_text_input", "value": "Maya :coffee:"}}}
    assert (await maya.last_message())["values"] == state
