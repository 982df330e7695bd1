"""Tests of what stays visible on the page: one's own message, the whole composer, the clock's text."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.blocks import actions_block, button, section
from tests.browser.conftest import ConsoleErrors, PageOpener
from tests.browser.scripted_app import ScriptedApp

pytestmark = pytest.mark.browser


async def scroll_to_top(page: Page) -> None:
    """Scroll up to the first message, as with a wheel."""
    await page.get_by_test_id("timeline").hover()
    await page.mouse.wheel(0, -100_000)
    await expect(page.get_by_test_id("message").first).to_be_in_viewport()


async def test_own_message_is_visible_when_it_was_sent_while_reading_further_up(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    # Given somebody reading the first of many messages, on a page that loads new ones late
    for number in range(40):
        await app.post("U0MAYA", f"Message number {number}.")
    page = await page_for("U0MAYA")
    await expect(page.get_by_test_id("message")).to_have_count(40)
    await scroll_to_top(page)
    answered = asyncio.Event()

    async def answer_late(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    await page.route("**/human/messages*", answer_late)
    # When they write a message, and the app answers before the page shows it
    await page.get_by_test_id("composer").fill("my own words")
    async with page.expect_response("**/human/say"):
        await page.keyboard.press("Enter")
    await app.post("U0MAYA", "The answer.")
    answered.set()
    # Then their message and the answer are visible
    for words in ("my own words", "The answer."):
        await expect(page.get_by_test_id("timeline").get_by_text(words)).to_be_in_viewport()


async def test_click_is_sent_when_its_message_is_redrawn_under_it(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    # Given a message with a button, and somebody holding it down
    ts = await app.post("U0MAYA", "Shall we?", [actions_block(button("Let's start", "start"))])
    page = await page_for("U0MAYA")
    start_button = page.get_by_role("button", name="Let's start")
    await start_button.hover()
    await page.mouse.down()
    # When the message is redrawn before they let go
    opened = await app.slack.conversations_open(users="U0MAYA")
    async with page.expect_response("**/human/messages*"):
        redrawn = [section("It takes a quarter of an hour."), actions_block(button("Let's start", "start"))]
        await app.slack.chat_update(channel=opened["channel"]["id"], ts=ts, text="Shall we?", blocks=redrawn)
    await page.mouse.up()
    # Then the app receives the click, and the new message is visible
    await expect(page.get_by_test_id("timeline").get_by_text("a quarter of an hour")).to_be_visible()
    async with asyncio.timeout(5):
        while not any(payload.get("actions") for payload in app.payloads):
            await page.evaluate("() => new Promise(requestAnimationFrame)")


@pytest.mark.parametrize("person", ["U0MAYA", "U0SALMA"])
async def test_composer_is_as_tall_as_its_text_when_the_window_changes(
    page_for: PageOpener, console_errors: ConsoleErrors, person: str
) -> None:
    # Given a long sentence in the composer
    page = await page_for(person)
    field = page.get_by_test_id("composer")
    await field.fill(
        "These are words that need one line where there is room, and several where there is none. " * 3
    )
    for width, height in ((480, 800), (1280, 800), (900, 300), (400, 800), (1280, 800)):
        # When the window becomes narrower, wider or lower
        await page.set_viewport_size({"width": width, "height": height})
        # Then the field is as tall as its text, or two fifths of the window if that needs more
        await page.wait_for_function(
            """() => {
                const field = document.querySelector('[data-testid=composer]');
                const shown = field.offsetHeight;
                field.style.height = 'auto';
                const wanted = Math.min(field.scrollHeight, window.innerHeight * 0.4);
                field.style.height = `${shown}px`;
                return Math.abs(shown - wanted) <= 2;
            }"""
        )
    assert console_errors.messages == []


async def test_zone_separator_is_hidden_when_the_offset_wraps(page_for: PageOpener) -> None:
    # Given somebody whose zone has a long name in Arabic
    page = await page_for("U0SALMA")
    zone = page.locator(".clock-zone")
    await expect(zone).to_contain_text("GMT+3")
    # When the offset wraps to a line of its own, as on a narrow clock
    await zone.evaluate("(zone) => { zone.style.inlineSize = '100px'; }")
    # Then the dot between the two is cut off where it overhangs the beginning of the line
    placed = await zone.evaluate(
        """(zone) => {
            const [name, offset] = [...zone.children].map((part) => part.getBoundingClientRect());
            const line = zone.getBoundingClientRect();
            const dot = getComputedStyle(zone.lastElementChild, '::before');
            return {
                below: offset.top >= name.bottom - 1,
                hangsOver: Math.abs(offset.right - line.right) <= 1 && parseFloat(dot.marginInlineStart) < 0,
                cutOff: getComputedStyle(zone).overflowX,
                text: zone.textContent,
            };
        }"""
    )
    assert (placed["below"], placed["hangsOver"], placed["cutOff"]) == (True, True, "clip")
    assert "·" not in placed["text"]
