"""Tests of the page itself: loading, writing, editing, threads, reactions, files, people, the clock, a phone."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import FilePayload, Page, expect

from practice.server import Workspace
from tests.browser.blocks import actions_block, button
from tests.browser.conftest import ConsoleErrors, PageOpener
from tests.browser.scripted_app import ScriptedApp

pytestmark = pytest.mark.browser


async def send_message(page: Page, text: str) -> None:
    """Type into the composer and press Enter."""
    await page.get_by_test_id("composer").fill(text)
    await page.keyboard.press("Enter")


async def test_page_opens_in_english_without_console_errors_for_an_english_person(
    page_for: PageOpener, console_errors: ConsoleErrors
) -> None:
    page = await page_for("U0MAYA")

    await expect(page.locator("html")).to_have_attribute("dir", "ltr")
    await expect(page.get_by_test_id("person-chooser")).to_contain_text("Maya Okafor")
    await expect(page.get_by_test_id("composer")).to_be_focused()
    assert console_errors.messages == []


async def test_page_is_right_to_left_without_console_errors_for_an_arabic_person(
    page_for: PageOpener, console_errors: ConsoleErrors
) -> None:
    page = await page_for("U0SALMA")

    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(page.get_by_test_id("tab-home")).to_have_text("الرئيسية")
    assert console_errors.messages == []


async def test_page_uses_only_its_own_fonts_when_it_shows_both_scripts(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "Salma says مرحباً")
    await expect(page.get_by_test_id("message")).to_contain_text("مرحباً")

    loaded = await page.evaluate(
        "document.fonts.ready.then(f => [...f].filter(x => x.status === 'loaded').map(x => x.family))"
    )

    assert {"Figtree", "Vazirmatn"} <= {family.strip('"') for family in loaded}


async def test_message_appears_in_the_conversation_when_enter_is_pressed(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")

    await page.keyboard.type("one line")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("and another")
    await page.keyboard.press("Enter")

    await expect(page.get_by_test_id("message").locator(".p")).to_have_text(["one line", "and another"])
    await expect(page.get_by_test_id("composer")).to_have_value("")


async def test_markup_stays_text_when_a_person_types_it(
    page_for: PageOpener, console_errors: ConsoleErrors
) -> None:
    page = await page_for("U0MAYA")

    await send_message(page, "<script>alert(1)</script> & <b>bold</b> &lt;")

    shown = page.get_by_test_id("message").locator(".p")
    await expect(shown).to_have_text("<script>alert(1)</script> & <b>bold</b> &lt;")
    assert console_errors.messages == []


async def test_message_shows_its_new_words_when_it_was_edited(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")
    await send_message(page, "hello @Lina Haddad")
    await expect(page.get_by_test_id("message")).to_contain_text("@Lina Haddad")

    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_test_id("edit-box")).to_have_value("hello @Lina Haddad")
    await page.get_by_test_id("edit-box").fill("goodbye")
    await page.keyboard.press("Enter")

    await expect(page.get_by_test_id("message")).to_contain_text(re.compile(r"goodbye.*\(edited\)", re.S))


async def test_message_is_gone_when_its_author_deletes_it(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")
    await send_message(page, "a slip")
    await page.get_by_test_id("message").hover()

    await page.get_by_test_id("delete").click()
    await page.get_by_test_id("confirm-yes").click()

    await expect(page.get_by_test_id("message")).to_have_count(0)


async def test_reply_appears_in_the_thread_when_one_was_opened(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")
    await send_message(page, "the root")
    await page.get_by_test_id("message").hover()

    await page.get_by_test_id("reply").click()
    await page.get_by_test_id("thread-composer").fill("a reply")
    await page.keyboard.press("Enter")

    await expect(page.get_by_test_id("thread").get_by_test_id("message")).to_have_count(2)
    await expect(page.get_by_test_id("thread-line")).to_contain_text("1 reply")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("thread")).to_be_hidden()


async def test_reaction_comes_and_goes_when_it_is_picked_and_pressed(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")
    await send_message(page, "good news")
    await page.get_by_test_id("message").hover()

    await page.get_by_test_id("react").click()
    await page.get_by_test_id("emoji-search").fill("sunflower")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("reaction")).to_have_attribute("aria-pressed", "true")

    await page.get_by_test_id("reaction").click()
    await expect(page.get_by_test_id("reaction")).to_have_count(0)


async def test_file_can_be_read_and_taken_when_it_was_shared(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")
    story: FilePayload = {"name": "قصتي.txt", "mimeType": "text/plain", "buffer": "سطر واحد".encode()}

    await page.get_by_test_id("composer-file").set_input_files(story)
    await page.get_by_test_id("send").click()

    await expect(page.locator(".file-preview")).to_have_text("سطر واحد")
    await expect(page.get_by_test_id("download")).to_have_attribute("download", "قصتي.txt")


async def test_other_persons_see_a_channel_message_as_unread_until_they_open_it(page_for: PageOpener) -> None:
    maya, lina = await page_for("U0MAYA"), await page_for("U0LINA")
    await maya.locator("[data-channel=C0GENERAL]").click()
    await expect(maya.locator("h1")).to_have_text("general")

    await send_message(maya, "good morning")

    unread = lina.locator("[data-channel=C0GENERAL]")
    await expect(unread.get_by_test_id("unread")).to_have_text("1")
    await unread.click()
    await expect(lina.get_by_test_id("message")).to_contain_text("good morning")
    await expect(unread.get_by_test_id("unread")).to_have_count(0)


async def test_page_switches_to_another_person_when_found_by_title(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")

    await page.get_by_test_id("person-chooser").click()
    await page.get_by_test_id("person-search").fill("customer success riyadh")
    await page.locator("[data-user=U0SALMA]").click()

    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert "as=U0SALMA" in page.url


async def test_leaver_can_read_but_not_write(page_for: PageOpener, console_errors: ConsoleErrors) -> None:
    page = await page_for("U0ROBIN")

    await expect(page.locator(".timeline .closed-note")).to_contain_text("This account is deactivated")
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    assert console_errors.messages == []


async def test_clock_moves_for_everybody_when_its_buttons_are_pressed(
    page_for: PageOpener, workspace: Workspace
) -> None:
    maya, salma = await page_for("U0MAYA"), await page_for("U0SALMA")

    await maya.get_by_test_id("clock-monday").click()

    await expect(maya.get_by_test_id("clock-time")).to_have_text("9:00 AM")
    await expect(maya.get_by_test_id("clock")).to_contain_text("Mon")
    await expect(salma.get_by_test_id("clock")).to_contain_text("الاثنين")


async def test_button_on_home_works_after_a_message_has_come_meanwhile(
    page_for: PageOpener, app: ScriptedApp, console_errors: ConsoleErrors
) -> None:
    view = {"type": "home", "blocks": [actions_block(button("Halt", "halt"))]}
    await app.slack.views_publish(user_id="U0MAYA", view=view)
    page = await page_for("U0MAYA", tab="home")
    await app.post("U0MAYA", "Something has come.")
    await expect(page.get_by_test_id("tab-unread")).to_have_text("1")

    async with page.expect_request("**/human/click"):
        await page.get_by_role("button", name="Halt").click()

    await page.get_by_test_id("tab-messages").click()
    await expect(page.get_by_test_id("tab-unread")).to_be_hidden()
    assert console_errors.messages == []


async def test_bot_is_brought_into_a_channel_as_in_slack(page_for: PageOpener, workspace: Workspace) -> None:
    page = await page_for("U0MAYA")
    await page.locator("[data-channel=C0GENERAL]").click()

    await send_message(page, "/invite @nobody")
    await expect(page.get_by_test_id("banner")).to_contain_text("Here nobody could be: @nobody")
    await send_message(page, "/invite @Hakawati")

    await expect(page.locator(".bar-note")).to_contain_text("39 members")
    channel = workspace.world.channels.find("C0GENERAL")
    assert channel is not None
    assert workspace.world.bot_user_id in channel.members


async def test_table_in_a_file_is_shown_as_a_table(
    page_for: PageOpener, console_errors: ConsoleErrors
) -> None:
    page = await page_for("U0MAYA")
    table = '\ufeffName,Words\r\nMaya,"one, ""two"""\r\nسلمى,"two\nlines"\r\n'

    await page.get_by_test_id("composer-file").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    await page.keyboard.press("Enter")

    cells = page.get_by_test_id("message").last.get_by_role("table").locator("th, td")
    await expect(cells).to_have_text(["Name", "Words", "Maya", 'one, "two"', "سلمى", "two lines"])
    assert console_errors.messages == []


async def test_menu_is_a_drawer_on_a_phone(page_for: PageOpener, console_errors: ConsoleErrors) -> None:
    page = await page_for("U0SALMA", phone=True)
    await expect(page.get_by_test_id("sidebar")).to_be_hidden()

    await page.get_by_test_id("drawer-toggle").click()
    await expect(page.get_by_test_id("person-chooser")).to_be_visible()
    await page.locator("[data-channel=C0GENERAL]").click()

    await expect(page.get_by_test_id("sidebar")).to_be_hidden()
    await expect(page.locator("h1")).to_have_text("general")
    overflow = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert (overflow, console_errors.messages) == (False, [])


async def test_page_has_every_label_in_both_languages(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")

    english, arabic = await page.evaluate(
        "import('/static/js/words.js').then(({dictionaries: d}) => [d.en, d.ar].map(Object.keys))"
    )

    assert sorted(english) == sorted(arabic)


async def test_unsent_text_is_kept_when_another_channel_is_opened(page_for: PageOpener) -> None:
    page = await page_for("U0MAYA")
    await page.get_by_test_id("composer").fill("half a sentence")

    await page.locator("[data-channel=C0GENERAL]").click()
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await page.get_by_test_id("dm").click()

    await expect(page.get_by_test_id("composer")).to_have_value("half a sentence")
