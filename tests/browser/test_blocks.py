"""Tests of an app's content on the page: directions, buttons, modals, Home, copying, faults."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.blocks import (
    actions_block,
    button,
    input_block,
    modal,
    option,
    plain_text,
    preformatted_block,
    section,
)
from tests.browser.conftest import ConsoleErrors, PageOpener
from tests.browser.scripted_app import ScriptedApp

pytestmark = pytest.mark.browser

Json = dict[str, Any]
TEXT = {"type": "plain_text_input", "action_id": "v"}
PLACE = {"type": "static_select", "action_id": "v", "options": [option("LinkedIn"), option("Medium")]}


def open_modal_on_press(app: ScriptedApp, view: Json) -> None:
    """Open this modal when the button "open" is pressed."""

    async def answer(payload: Json) -> None:
        await app.slack.views_open(trigger_id=payload["trigger_id"], view=view)

    app.answers["open"] = answer


async def test_each_paragraph_has_its_own_direction_when_a_message_mixes_scripts(
    page_for: PageOpener, app: ScriptedApp, console_errors: ConsoleErrors
) -> None:
    page = await page_for("U0MAYA")

    await app.post("U0MAYA", "Maya wrote 3 lines\n<@U0MAYA> كتبت 3 سطور\nمن Qamar Labs")

    lines = page.get_by_test_id("message").locator(".p")
    await expect(lines).to_have_count(3)
    sides = await lines.evaluate_all("all => all.map(line => getComputedStyle(line).direction)")
    assert sides == ["ltr", "rtl", "rtl"]
    assert console_errors.messages == []


async def test_buttons_are_aligned_with_their_text_when_an_english_page_shows_arabic(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    page = await page_for("U0MAYA")

    await app.post(
        "U0MAYA", "x", [section("هل نبدأ؟"), actions_block(button("لنبدأ", "a"), button("لاحقاً", "b"))]
    )

    first = await page.get_by_role("button", name="لنبدأ").bounding_box()
    second = await page.get_by_role("button", name="لاحقاً").bounding_box()
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]


async def test_mrkdwn_is_rendered_as_in_slack(page_for: PageOpener, app: ScriptedApp) -> None:
    page = await page_for("U0MAYA")

    await app.post(
        "U0MAYA",
        "*bold* _it_ ~gone~ `a*b*` &lt;i&gt; snake_case_word 2*3*4 :coffee: :custom: "
        "<https://example.com/?a=1&amp;b=2|a link> <javascript:alert(1)|no link>\n&gt; a quote",
    )

    shown = page.get_by_test_id("message")
    await expect(shown.locator("strong")).to_have_text("bold")
    await expect(shown.locator("em")).to_have_text("it")
    await expect(shown.locator("code")).to_have_text("a*b*")
    await expect(shown.locator("blockquote")).to_have_text("a quote")
    await expect(shown.locator("a")).to_have_attribute("href", "https://example.com/?a=1&b=2")
    await expect(shown).to_contain_text("<i> snake_case_word 2*3*4 ☕ :custom: a link no link")


async def test_copy_button_copies_exactly_the_text_when_pressed(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    story = "أول سطر مع Maya & <b>.\n\n  Second line :coffee: *as it is*"
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "Your story", [preformatted_block(story)])

    await page.get_by_test_id("copy").click()

    await expect(page.get_by_test_id("copy")).to_have_text("Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == story


async def test_app_receives_the_choice_when_a_button_is_pressed(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    ticks = {"type": "checkboxes", "action_id": "ticks", "options": [option("a post"), option("an event")]}
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "x", [{**actions_block(ticks, button("All done", "send")), "block_id": "row"}])

    await page.get_by_label("an event").check()
    await page.get_by_role("button", name="All done").click()

    await expect(page.get_by_role("button", name="All done")).not_to_have_attribute("aria-disabled", "true")
    pressed = app.payloads[-1]
    assert pressed["actions"][0]["action_id"] == "send"
    ticked = pressed["state"]["values"]["row"]["ticks"]["selected_options"]
    assert [chosen["value"] for chosen in ticked] == ["an event"]


async def test_nothing_is_sent_when_a_confirm_dialog_is_declined(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    sure = {
        "title": plain_text("Erase?"),
        "text": plain_text("For ever."),
        "confirm": plain_text("Erase"),
        "deny": plain_text("Keep"),
    }
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "x", [actions_block(button("Delete", "delete", style="danger", confirm=sure))])

    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Keep").click()
    count_before = len(app.payloads)
    await page.get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Erase").click()

    await expect(page.get_by_test_id("confirm")).to_have_count(0)
    await expect(page.locator(".waiting")).to_have_count(0)
    assert len(app.payloads) == count_before + 1


async def test_button_is_marked_and_the_page_shows_an_error_when_the_app_does_not_answer(
    page_for: PageOpener, app: ScriptedApp, workspace: Any
) -> None:
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "x", [actions_block(button("Anybody there?", "x"))])
    workspace.app.request_url = "http://127.0.0.1:9/nobody"

    await page.get_by_role("button", name="Anybody there?").click()

    await expect(page.get_by_test_id("ack-fault")).to_be_visible()
    await expect(page.get_by_test_id("banner")).to_contain_text("Hakawati did not answer")


async def test_modal_keeps_what_was_typed_and_shows_errors_beside_the_fields_when_it_is_refused(
    page_for: PageOpener, app: ScriptedApp, console_errors: ConsoleErrors
) -> None:
    async def refuse(payload: Json) -> Json:
        return {"response_action": "errors", "errors": {"text": "Shorter, please."}}

    long_one = {**TEXT, "multiline": True, "max_length": 10}
    open_modal_on_press(
        app,
        modal("Your text", input_block("text", "Text", long_one), input_block("place", "Place", PLACE)),
    )
    app.answers["form"] = refuse
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "x", [actions_block(button("Open", "open"))])
    await page.get_by_role("button", name="Open").click()
    text = page.get_by_test_id("modal").get_by_label("Text")

    await text.fill("far too long a text")
    await page.get_by_test_id("modal-submit").click()
    errors = page.get_by_test_id("field-error")
    await expect(errors).to_have_text(["Too long by 9 characters.", "Please complete this required field."])
    await expect(text).to_have_value("far too long a text")

    await text.fill("short")
    await page.get_by_label("Place").select_option("Medium")
    await page.get_by_test_id("modal-submit").click()
    await expect(errors.first).to_have_text("Shorter, please.")
    await expect(text).to_have_value("short")
    assert console_errors.messages == []


async def test_modal_closes_and_the_app_has_its_values_when_it_is_submitted(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    themes = {"type": "multi_static_select", "action_id": "v", "options": [option("Trust"), option("Craft")]}
    day = {"type": "datepicker", "action_id": "v"}
    open_modal_on_press(
        app,
        modal(
            "Form",
            input_block("text", "Text", TEXT),
            input_block("t", "Themes", themes),
            input_block("d", "Day", day),
        ),
    )
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "x", [actions_block(button("Open", "open"))])
    await page.get_by_role("button", name="Open").click()

    await expect(page.get_by_test_id("modal").get_by_label("Text")).to_be_focused()
    await page.keyboard.type("hello")
    await page.get_by_test_id("block-multi-select").click()
    await page.get_by_test_id("option").filter(has_text="Craft").click()
    await page.keyboard.press("Escape")
    await page.get_by_label("Day").fill("2027-01-04")
    await page.get_by_test_id("modal-submit").click()

    await expect(page.get_by_test_id("modal")).to_be_hidden()
    values = app.payloads[-1]["view"]["state"]["values"]
    assert values["text"]["v"]["value"] == "hello"
    assert [chosen["value"] for chosen in values["t"]["v"]["selected_options"]] == ["Craft"]
    assert values["d"]["v"]["selected_date"] == "2027-01-04"


async def test_escape_closes_one_modal_after_the_other_when_they_are_stacked(
    page_for: PageOpener, app: ScriptedApp
) -> None:
    async def push(payload: Json) -> None:
        await app.slack.views_push(trigger_id=payload["trigger_id"], view=modal("Second", section("deeper")))

    open_modal_on_press(app, modal("First", section("here"), actions_block(button("Deeper", "push"))))
    app.answers["push"] = push
    page = await page_for("U0MAYA")
    await app.post("U0MAYA", "x", [actions_block(button("Open", "open"))])
    await page.get_by_role("button", name="Open").click()
    await page.get_by_role("button", name="Deeper").click()
    title = page.locator("#modal-title")
    await expect(title).to_have_text("Second")

    await page.keyboard.press("Escape")
    await expect(title).to_have_text("First")
    await page.keyboard.press("Escape")

    await expect(page.get_by_test_id("modal")).to_be_hidden()
