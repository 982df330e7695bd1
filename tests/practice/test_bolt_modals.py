"""Tests of modals between a person and a real Bolt app: the four answers to a submission, and closing."""

from typing import Any

import pytest

from tests.e2e.slack_user import SlackUser
from tests.practice.reference_bot import ReferenceBot, modal, section, text_input


async def test_modal_submits_its_text_and_closes_when_the_app_acks_with_nothing(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await _open_form(maya)

    await maya.submits({"Your story": "Once"})

    assert await maya.modal() is None
    view = bot.payloads_of("view_submission")[0]["view"]
    assert view["state"]["values"] == {"story": {"value": {"type": "plain_text_input", "value": "Once"}}}
    assert view["private_metadata"] == "m"


async def test_modal_stays_open_with_its_text_when_the_app_answers_errors(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    bot.answer = {"response_action": "errors", "errors": {"story": "A little longer?"}}
    await _open_form(maya)

    answer = await maya.submits({"Your story": "Once"})

    assert answer["errors"] == {"story": "A little longer?"}
    view = await maya.sees("Once", where="modal")
    assert view["values"]["story"]["value"]["value"] == "Once"


async def test_modal_shows_new_content_when_the_app_answers_update(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    bot.answer = {"response_action": "update", "view": modal("Thanks", section("Kept."))}
    await _open_form(maya)
    before = await maya.modal()

    await maya.submits({"Your story": "Once"})

    after = await maya.sees("Kept.", where="modal")
    assert before is not None
    assert after["id"] == before["id"]
    assert after["hash"] != before["hash"]


async def test_second_modal_is_stacked_on_the_first_when_the_app_answers_push(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    bot.answer = {"response_action": "push", "view": modal("More", text_input("And then", "then"))}
    await _open_form(maya)

    await maya.submits({"Your story": "Once"})
    await maya.sees("And then", where="modal")
    await maya.closes()

    await maya.sees("Your story", where="modal")


async def test_every_modal_closes_when_the_app_answers_clear(bot: ReferenceBot, maya: SlackUser) -> None:
    bot.answer = {"response_action": "push", "view": modal("More", text_input("And then", "then"))}
    await _open_form(maya)
    await maya.submits({"Your story": "Once"})
    bot.answer = {"response_action": "clear"}

    await maya.submits({"And then": "twice"})

    assert await maya.modal() is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "No such block"}},
        {"response_action": "dance"},
        {"response_action": "update", "view": {"type": "modal"}},
    ],
)
async def test_person_sees_an_error_when_the_answer_is_invalid(
    bot: ReferenceBot, maya: SlackUser, answer: dict[str, Any]
) -> None:
    bot.answer = answer if answer.get("response_action") != "update" else {**answer, "view": modal("x" * 25)}
    await _open_form(maya)

    result = await maya.submits({"Your story": "Once"}, must=False)

    assert result["ok"] is False
    assert "trouble connecting" in result["problem"]
    await maya.sees("Once", where="modal")


async def test_app_is_notified_when_a_modal_with_notify_on_close_is_closed(
    bot: ReferenceBot, maya: SlackUser
) -> None:
    await _open_form(maya)

    await maya.closes(everything=True)

    closed = await bot.wait_for_payload("view_closed")
    assert closed["is_cleared"] is True
    assert closed["view"]["id"] == closed["view"]["root_view_id"]


async def _open_form(maya: SlackUser) -> None:
    await maya.says("hi")
    await maya.sees("Begin?")
    await maya.clicks("Open")
    await maya.sees("Your story", where="modal")
