"""What is in sight while things move: one's own message, the whole composer, the words at the clock."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.blocks import actions_block, button, section
from tests.browser.conftest import ConsoleErrors, PageOpener
from tests.browser.scripted_app import ScriptedApp

pytestmark = pytest.mark.browser


async def scroll_to_top(page: Page) -> None:
    """Scroll up, as with a wheel, to the first message."""
    await page.get_by_test_id("timeline").hover()
    await page.mouse.wheel(0, -100_000)
    await expect(page.get_by_test_id("message").first).to_be_in_viewport()


async def test_own_message_is_in_sight_when_it_was_sent_while_reading_further_up(
    page_for: PageOpener, puppet: ScriptedApp
) -> None:
    # Given somebody who reads the first of many messages, and a page that hears late of what is new
    for number in range(40):
        await puppet.post("U0MAYA", f"Message number {number}.")
    page = await page_for("U0MAYA")
    await expect(page.get_by_test_id("message")).to_have_count(40)
    await scroll_to_top(page)
    answered = asyncio.Event()

    async def late(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    await page.route("**/human/messages*", late)
    # When they write something, and the app has answered before the page shows it
    await page.get_by_test_id("composer").fill("my own words")
    async with page.expect_response("**/human/say"):
        await page.keyboard.press("Enter")
    await puppet.post("U0MAYA", "The answer.")
    answered.set()
    # Then their words and the answer are in sight
    for words in ("my own words", "The answer."):
        await expect(page.get_by_test_id("timeline").get_by_text(words)).to_be_in_viewport()


async def test_click_counts_when_its_message_is_redrawn_under_it(
    page_for: PageOpener, puppet: ScriptedApp
) -> None:
    # Given a message with a button, and somebody whose finger is on it
    ts = await puppet.post("U0MAYA", "Shall we?", [actions_block(button("Let's start", "start"))])
    page = await page_for("U0MAYA")
    held = page.get_by_role("button", name="Let's start")
    await held.hover()
    await page.mouse.down()
    # When the message is redrawn before they let go
    opened = await puppet.slack.conversations_open(users="U0MAYA")
    async with page.expect_response("**/human/messages*"):
        redrawn = [section("It takes a quarter of an hour."), actions_block(button("Let's start", "start"))]
        await puppet.slack.chat_update(
            channel=opened["channel"]["id"], ts=ts, text="Shall we?", blocks=redrawn
        )
    await page.mouse.up()
    # Then the app hears of the click, and the new message is there
    await expect(page.get_by_test_id("timeline").get_by_text("a quarter of an hour")).to_be_visible()
    async with asyncio.timeout(5):
        while not any(heard.get("actions") for heard in puppet.payloads):
            await page.evaluate("() => new Promise(requestAnimationFrame)")


@pytest.mark.parametrize("person", ["U0MAYA", "U0SALMA"])
async def test_composer_is_as_tall_as_its_words_when_the_window_changes(
    page_for: PageOpener, complaints: ConsoleErrors, person: str
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
        # Then the field is as tall as its words, or two fifths of the window when they need more
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
    assert complaints.messages == []


async def test_no_dot_is_left_alone_when_the_name_of_the_zone_takes_a_line(page_for: PageOpener) -> None:
    # Given somebody whose zone has a long name in Arabic
    page = await page_for("U0SALMA")
    zone = page.locator(".clock-zone")
    await expect(zone).to_contain_text("GMT+3")
    # When the offset stands on a line of its own, as it does beside a narrow clock
    await zone.evaluate("(zone) => { zone.style.inlineSize = '100px'; }")
    # Then the dot between the two is cut off with whatever hangs over the line's beginning
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
