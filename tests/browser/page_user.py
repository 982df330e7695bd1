"""Somebody at the page: what they do on it, what they see there, and the pictures that are taken of it."""

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
    """Somebody at the page: says, presses, sees; and takes a picture of it when pictures are wanted."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def last_message(self) -> Locator:
        """The newest message."""
        return self.page.get_by_test_id("message").last

    async def says(self, text: str) -> None:
        """Type it and press Enter."""
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.keyboard.press("Enter")

    async def presses(self, label: str, nth: int = -1) -> None:
        """Press the newest button of this name."""
        await self.page.get_by_role("button", name=label, exact=True).nth(nth).click()

    async def sees(self, words: str) -> None:
        """Wait until the newest message says it."""
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
        """The page as it looks now, when pictures are wanted; from the top of the last message, or of another."""
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
        """Tell a detail about the first line; leave the rest, until this is asked."""
        told = False
        while words not in (text := await self.last_message.inner_text()):
            if not told:
                await self.says(detail)
                told = True
            else:
                await self.presses(skip)
            await expect(self.last_message).not_to_have_text(text, use_inner_text=True)
            await expect(self.last_message).to_have_attribute("data-author", HAKAWATI)


def text_pattern(words: str) -> re.Pattern[str]:
    """These words, whatever marks of direction stand between them."""
    return re.compile("[\u2066-\u2069]*".join(map(re.escape, words)))


@dataclass(frozen=True)
class SeenMessage:
    """A message of the bot's as it stands on the page, and the moment at which it came."""

    ts: str
    words: str
    time: str
    """As the page says it, in the zone and the language of whoever reads it."""

    def local_time(self, zone: str) -> datetime:
        """When it came, by the clock on the wall there."""
        return datetime.fromtimestamp(float(self.ts), UTC).astimezone(ZoneInfo(zone))

    def is_shown_at(self, moment: datetime) -> bool:
        """Whether the time that the page says is this one."""
        told = re.search(r"(\d+):(\d\d)", self.time)
        assert told, self.time
        return (int(told[1]) % 12, int(told[2])) == (moment.hour % 12, moment.minute)


class SwitchingPageUser(PageUser):
    """Whoever the page is acting as, one after the other; the replies that each of them got are kept apart."""

    def __init__(self, page: Page, url: str) -> None:
        super().__init__(page)
        self._url = url
        self.who = ""
        self.replies: set[tuple[str, str]] = set()
        """To whom, and when, the bot answered: all else it said unasked."""

    @property
    def modal(self) -> Locator:
        """The open form."""
        return self.page.get_by_test_id("modal")

    async def switches_to(self, who: str, tab: str = "messages") -> None:
        """Open the page as somebody else."""
        self.who = who
        await self.page.goto(f"{self._url}/?as={who}&channel=dm&tab={tab}")
        await self.page.wait_for_selector("body.ready")

    async def opens_tab(self, tab: str) -> None:
        """Go to the other tab."""
        await self.page.get_by_test_id(f"tab-{tab}").click()

    async def sees(self, words: str) -> None:
        """Wait until the newest message says it."""
        await expect(self.last_message).to_contain_text(text_pattern(words))

    async def sees_home(self, words: str) -> None:
        """Wait until the Home tab says it."""
        await expect(self.page.get_by_test_id("home")).to_contain_text(text_pattern(words))

    async def submits_form(self, form: str, submit: str, after: str = "") -> None:
        """Send the open form, which has this title, and wait until it gives way: to the next one, or to the page."""
        await expect(self.modal.get_by_role("heading", name=form)).to_be_visible()
        await self.modal.get_by_role("button", name=submit, exact=True).last.click()
        if after:
            await expect(self.modal.get_by_role("heading", name=after)).to_be_visible()
        else:
            await expect(self.modal).to_be_hidden()

    async def chooses(self, label: str, *names: str) -> None:
        """Tick some of a list in the open form."""
        await self.modal.get_by_role("button", name=re.compile(f"^{label}")).click()
        for name in names:
            await self.page.get_by_test_id("option").filter(has_text=name).click()
        await self.page.keyboard.press("Tab")

    async def lets_time_go_by(self, button: str, times: int = 1) -> None:
        """Press a button of the practice clock, and wait until the bot has dealt with all of it."""
        for _ in range(times):
            await self.page.get_by_test_id(f"clock-{button}").click()
            await expect(self.page.get_by_test_id("clock")).to_have_attribute(
                "aria-busy", "false", timeout=60_000
            )

    async def list_messages(self) -> list[SeenMessage]:
        """Everything that the bot has said to them, as it stands on the page."""
        rows = await self.page.get_by_test_id("message").evaluate_all(
            "all => all.map(m => [m.dataset.author, m.dataset.ts, m.innerText, m.getAttribute('aria-label')])"
        )
        return [SeenMessage(ts, words, time) for author, ts, words, time in rows if author == HAKAWATI]
