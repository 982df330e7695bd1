"""Tests of Home, commands, shortcuts and dates on the practice page."""

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


def open_modal_on_press(app: ScriptedApp, view: Json) -> None:
    """Open this modal when the button "open" is pressed."""

    async def answer(payload: Json) -> None:
        await app.slack.views_open(trigger_id=payload["trigger_id"], view=view)

    app.answers["open"] = answer


async def test_home_shows_the_published_view_when_its_tab_is_opened(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    page = await page_for("U0SALMA")
    await page.get_by_test_id("tab-home").click()

    view = {"type": "home", "blocks": [section("قصتك المهنية"), actions_block(button("متابعة", "go"))]}
    await app.slack.views_publish(user_id="U0SALMA", view=view)

    await page.get_by_test_id("home").get_by_role("button", name="متابعة").click()
    await expect(page.get_by_test_id("home")).to_contain_text("قصتك المهنية")


async def test_command_is_offered_and_answered_for_one_person_only_when_typed(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    async def answer(payload: Json) -> Json:
        return {"response_type": "ephemeral", "text": f"You said {payload['text']}"}

    app.answers["/hakawati"] = answer
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
    page_for: PageOpener, app: ScriptedApp
) -> None:
    open_modal_on_press(app, modal("Begin", section("here")))
    app.answers["story:start"] = app.answers["open"]
    page = await page_for("U0MAYA")

    await page.get_by_test_id("shortcuts").click()
    await page.get_by_test_id("shortcut").click()

    await expect(page.locator("#modal-title")).to_have_text("Begin")


async def test_date_field_is_labelled_and_sends_its_date_when_the_year_is_complete(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    day = {"type": "datepicker", "action_id": "day", "placeholder": plain_text("On a date")}
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "x", [actions_block(day)])
    field = page.get_by_label("On a date")
    await expect(field).to_have_class("field short hinted")

    await field.focus()
    await page.keyboard.type("03122027")
    await expect(field).to_have_value("2027-03-12")
    await expect(field).to_have_class("field short")

    async with asyncio.timeout(10):
        while not (actions := [payload["actions"][0] for payload in app.payloads if payload.get("actions")]):
            await page.wait_for_timeout(50)
    assert [action["selected_date"] for action in actions] == ["2027-03-12"]
