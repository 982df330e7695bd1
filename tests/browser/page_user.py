"""A person using the page: their actions, what they see, and the pictures taken on the way."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Locator, Page, expect

HAKAWATI = "U0HAKAWATI"


class PageUser:
    """A person using the page; takes pictures when PICTURES names a folder."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def last_message(self) -> Locator:
        """The newest message."""
        return self.page.get_by_test_id("message").last

    async def says(self, text: str) -> None:
        """Type a message and press Enter."""
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.keyboard.press("Enter")

    async def presses(self, label: str, nth: int = -1) -> None:
        """Press the newest button with this label."""
        await self.page.get_by_role("button", name=label, exact=True).nth(nth).click()

    async def sees(self, words: str) -> None:
        """Wait until the newest message contains these words."""
        await expect(self.last_message).to_contain_text(words)

    async def writes_in_the_modal(self, text: str, save: str) -> None:
        """Fill the only field of the open modal, and save."""
        modal = self.page.get_by_test_id("modal")
        await modal.locator("textarea").first.fill(text)
        await modal.get_by_role("button", name=save, exact=True).click()
        await expect(modal).to_be_hidden()

    async def takes_a_picture(
        self, name: str, height: int = 800, *, top: bool = False, of: Locator | None = None
    ) -> None:
        """Save a screenshot if wanted, scrolled to the top of the last message or of another element."""
        if folder := os.environ.get("PICTURES"):
            await self.page.set_viewport_size({"width": 1280, "height": height})
            if top or of:
                await (of or self.last_message).evaluate(
                    "message => message.scrollIntoView({block: 'start'})"
                )
            await self.page.evaluate("document.fonts.ready")
            await self.page.screenshot(path=Path(folder) / f"{name}.png")
            await self.page.set_viewport_size({"width": 1280, "height": 800})

    async def answers_until(self, words: str, detail: str, skip: str) -> None:
        """Answer with a detail about the first line and skip the rest, until these words appear."""
        is_detail_sent = False
        while words not in (text := await self.last_message.inner_text()):
            if not is_detail_sent:
                await self.says(detail)
                is_detail_sent = True
            else:
                await self.presses(skip)
            await expect(self.last_message).not_to_have_text(text, use_inner_text=True)
            await expect(self.last_message).to_have_attribute("data-author", HAKAWATI)


def text_pattern(words: str) -> re.Pattern[str]:
    """Return a pattern of these words that ignores bidi isolation marks."""
    return re.compile("[\u2066-\u2069]*".join(map(re.escape, words)))


@dataclass(frozen=True)
class SeenMessage:
    """A message of the bot as shown on the page, and the moment it arrived."""

    ts: str
    words: str
    time: str
    """The time as the page shows it, in the reader's zone and language."""

    def local_time(self, zone: str) -> datetime:
        """Return the local time of arrival in a time zone."""
        return datetime.fromtimestamp(float(self.ts), UTC).astimezone(ZoneInfo(zone))

    def is_shown_at(self, moment: datetime) -> bool:
        """Return whether the page shows this time for the message."""
        shown = re.search(r"(\d+):(\d\d)", self.time)
        assert shown, self.time
        return (int(shown[1]) % 12, int(shown[2])) == (moment.hour % 12, moment.minute)


class SwitchingPageUser(PageUser):
    """A person using the page as different people in turn; collects the replies each of them got."""

    def __init__(self, page: Page, url: str) -> None:
        super().__init__(page)
        self._url = url
        self.user = ""
        self.replies: set[tuple[str, str]] = set()
        """Person and ts of each reply of the bot; its other messages are proactive."""

    @property
    def modal(self) -> Locator:
        """The open form."""
        return self.page.get_by_test_id("modal")

    async def switches_to(self, user: str, tab: str = "messages") -> None:
        """Open the page as somebody else."""
        self.user = user
        await self.page.goto(f"{self._url}/?as={user}&channel=dm&tab={tab}")
        await self.page.wait_for_selector("body.ready")

    async def opens_tab(self, tab: str) -> None:
        """Switch to another tab."""
        await self.page.get_by_test_id(f"tab-{tab}").click()

    async def sees(self, words: str) -> None:
        """Wait until the newest message contains these words."""
        await expect(self.last_message).to_contain_text(text_pattern(words))

    async def sees_home(self, words: str) -> None:
        """Wait until the Home tab contains these words."""
        await expect(self.page.get_by_test_id("home")).to_contain_text(text_pattern(words))

    async def submits_form(self, form: str, submit: str, after: str = "") -> None:
        """Submit the open form with this title, and wait for the next form or until it closes."""
        await expect(self.modal.get_by_role("heading", name=form)).to_be_visible()
        await self.modal.get_by_role("button", name=submit, exact=True).last.click()
        if after:
            await expect(self.modal.get_by_role("heading", name=after)).to_be_visible()
        else:
            await expect(self.modal).to_be_hidden()

    async def chooses(self, label: str, *names: str) -> None:
        """Tick items of a list in the open form."""
        await self.modal.get_by_role("button", name=re.compile(f"^{label}")).click()
        for name in names:
            await self.page.get_by_test_id("option").filter(has_text=name).click()
        await self.page.keyboard.press("Tab")

    async def lets_time_go_by(self, button: str, times: int = 1) -> None:
        """Press a button of the practice clock, and wait until the bot has done everything due."""
        for _ in range(times):
            await self.page.get_by_test_id(f"clock-{button}").click()
            await expect(self.page.get_by_test_id("clock")).to_have_attribute(
                "aria-busy", "false", timeout=60_000
            )

    async def list_messages(self) -> list[SeenMessage]:
        """Return every message of the bot to this person, as shown on the page."""
        rows = await self.page.get_by_test_id("message").evaluate_all(
            "all => all.map(m => [m.dataset.author, m.dataset.ts, m.innerText, m.getAttribute('aria-label')])"
        )
        return [SeenMessage(ts, words, time) for author, ts, words, time in rows if author == HAKAWATI]
