"""A browser in front of a practice workspace, and a scripted app in place of the bot."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from practice.config import Timings
from practice.server import Workspace, build_workspace
from tests.browser.scripted_app import MANIFEST, ScriptedApp

NO_BROWSER = "There is no Chromium on this machine, so the browser tests were left out (CHROMIUM names one)."
# Loopback only: a test must not depend on the browser's own background traffic.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class ConsoleErrors:
    """Errors and warnings in the browser's console during a test."""

    messages: list[str] = field(default_factory=list)


PageOpener = Callable[..., Awaitable[Page]]


def find_chromium() -> str | None:
    """Return the path of a Chromium: the one that CHROMIUM names, Debian's, or another one on the path."""
    names = (os.environ.get("CHROMIUM") or "", "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """A fresh headless browser."""
    path = find_chromium()
    if path is None:
        pytest.skip(NO_BROWSER)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield opened
        await opened.close()


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A practice workspace whose app is the scripted one."""
    workspace = build_workspace(MANIFEST, timings=Timings(ack=1.0, message_burst=10_000), transport="http")
    await workspace.start()
    yield workspace
    await workspace.stop()


@pytest_asyncio.fixture
async def app(workspace: Workspace) -> AsyncIterator[ScriptedApp]:
    """The app; it posts and opens what a test asks it to."""
    app = ScriptedApp(workspace)
    await app.start()
    yield app
    await app.stop()


@pytest.fixture
def console_errors() -> ConsoleErrors:
    """The browser's console errors; a test of the page asserts that there are none."""
    return ConsoleErrors()


@pytest_asyncio.fixture
async def page_for(
    browser: Browser, workspace: Workspace, console_errors: ConsoleErrors
) -> AsyncIterator[PageOpener]:
    """A function that opens the page as a person: `await page_for("U0MAYA")`, on a laptop or on a `phone`."""

    async def open_page(person: str, *, phone: bool = False, tab: str = "messages") -> Page:
        context = await browser.new_context(
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 800},
            has_touch=phone,
        )
        await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=workspace.url)
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: console_errors.messages.append(str(error)))
        page.on(
            "console", lambda message: _record_console_message(console_errors, message.type, message.text)
        )
        await page.goto(f"{workspace.url}/?as={person}&channel=dm&tab={tab}")
        await page.wait_for_selector("body.ready")
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()


def _record_console_message(console_errors: ConsoleErrors, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        console_errors.messages.append(f"{kind}: {text}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print that there was no browser: skipped tests alone are easily overlooked."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_BROWSER in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_BROWSER, yellow=True)
