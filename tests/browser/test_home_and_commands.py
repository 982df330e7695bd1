"""Home, commands, shortcuts and dates in the practice page."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import expect

from tests.browser.blocks import (
    actions_block,
    button,
    modal,
    plain_text,
    section,
)
from tests.browser.conftest import PageOpener
from tests.browser.scripted_app import ScriptedApp

Json = dict[str, Any]


def open_modal_on_press(puppet: ScriptedApp, view: Json) -> None:
    """Let the button "open" open this modal."""

    async def answer(payload: Json) -> None:
        await puppet.slack.views_open(trigger_id=payload["trigger_id"], view=view)

    puppet.answers["open"] = answer


async def test_home_shows_what_was_published_when_its_tab_is_opened(
    page_for: PageOpener, puppet: ScriptedApp
) -> None:
    page = await page_for("U0SALMA")
    await page.get_by_test_id("tab-home").click()

    view = {"type": "home", "blocks": [section("قصتك المهنية"), actions_block(button("متابعة", "go"))]}
    await puppet.slack.views_publish(user_id="U0SALMA", view=view)

    await page.get_by_test_id("home").get_by_role("button", name="متابعة").click()
    await expect(page.get_by_test_id("home")).to_contain_text("قصتك المهنية")


async def test_command_is_offered_and_answered_for_one_person_only_when_typed(
    page_for: PageOpener, puppet: ScriptedApp
) -> None:
    async def answer(payload: Json) -> Json:
        return {"response_type": "ephemeral", "text": f"You said {payload['text']}"}

    puppet.answers["/hakawati"] = answer
    page = await page_for("U0MAYA")

    await page.keyboard.type("/hak")
    await expect(page.get_by_test_id("suggestion")).to_contain_text("/hakawati")
    await page.keyboard.press("Tab")
    await page.keyboard.type("help")
    await page.keyboard.press("Enter")

    shown = page.get_by_test_id("message")
    await expect(shown).to_contain_text("Only visible to you")
    await expect(shown).to_contain_text("You said help")


async def test_shortcut_opens_its_modal_when_chosen_from_the_menu(
    page_for: PageOpener, puppet: ScriptedApp
) -> None:
    open_modal_on_press(puppet, modal("Begin", section("here")))
    puppet.answers["story:start"] = puppet.answers["open"]
    page = await page_for("U0MAYA")

    await page.get_by_test_id("shortcuts").click()
    await page.get_by_test_id("shortcut").click()

    await expect(page.locator("#modal-title")).to_have_text("Begin")


async def test_date_says_what_it_is_for_and_is_told_to_the_app_when_its_year_is_whole(
    page_for: PageOpener, puppet: ScriptedApp
) -> None:
    day = {"type": "datepicker", "action_id": "day", "placeholder": plain_text("On a date")}
    page = await page_for("U0MAYA")
    await puppet.post("U0MAYA", "x", [actions_block(day)])
    field = page.get_by_label("On a date")
    await expect(field).to_have_class("field short hinted")

    await field.focus()
    await page.keyboard.type("03122027")
    await expect(field).to_have_value("2027-03-12")
    await expect(field).to_have_class("field short")

    async with asyncio.timeout(10):
        while not (told := [one["actions"][0] for one in puppet.payloads if one.get("actions")]):
            await page.wait_for_timeout(50)
    assert [action["selected_date"] for action in told] == ["2027-03-12"]
