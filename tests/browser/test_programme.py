"""Test of a whole programme on the page: set up, dry run, start, and every message that follows.

If PICTURES names a folder, the README's pictures are taken on the way (`make pictures`).
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

import practice
from practice.channels import dm_id
from practice.people import Person
from practice.server import Workspace
from tests.browser.conftest import ConsoleErrors, PageOpener
from tests.browser.page_user import SeenMessage, SwitchingPageUser, text_pattern
from tests.e2e.app_under_test import FAST_TIMINGS, AppUnderTest
from tests.e2e.app_under_test import open_workspace as practice_workspace

pytestmark = pytest.mark.browser

MONDAY = datetime(2027, 8, 16, 6, tzinfo=UTC)
"""Nine in the morning in Cairo; in these weeks hardly anybody in the company has a holiday."""
PEOPLE = Path(practice.__file__).parent / "people.csv"
GREETING = "I wrote mine on a train.\nIt was kinder than I feared."

INVITATION = ("asked me to write to everyone in", "أكتب إلى كل من في")
FIRST = ("asked a few days ago whether", "قبل أيام")
SECOND = ("This is the last time I ask.", "آخر مرة")
AGAIN = ("Here I am again, as you asked.", "عدت كما اتفقنا")
CAMPAIGN_TEXTS = {"invitation": INVITATION, "first": FIRST, "second": SECOND}
KINDS = {**CAMPAIGN_TEXTS, "again": AGAIN}

SUNDAY_TO_THURSDAY = {"U0HUDA", "U0OMAR", "U0YUSUF", "U0SALMA", "U0BASMA", "U0TARIQ"}
"""People in Riyadh, Cairo, Amman and Kuwait; everybody else works from Monday to Friday."""
EXPECTED_KINDS = {
    "U0MAYA": ["again"],  # a postponed message is replaced by the promise of when it'll come back
    "U0SALMA": ["again"],
    "U0CHEN": [],
    "U0BASMA": [],
    "U0JACK": ["invitation", "first"],
    "U0IVAN": ["invitation"],
    "U0OLIVER": ["invitation"],
    "U0SEAN": [],
    "U0ELENA": ["invitation"],
    "U0NOUR": ["invitation"],
}
"""The messages each person who answered has received by the end; everybody else receives all three."""


@pytest_asyncio.fixture
async def app_under_test(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[AppUnderTest]:
    """The bot itself in a practice workspace, on that Monday morning."""
    shutil.copyfile(sqlite_template, tmp_path / "hakawati.db")
    async with practice_workspace(replace(FAST_TIMINGS, ack=15.0, trigger=15.0)) as workspace:
        workspace.world.clock.move_to(MONDAY)
        app_under_test = AppUnderTest(workspace, f"sqlite+aiosqlite:///{tmp_path / 'hakawati.db'}")
        async with app_under_test.http_session, app_under_test.running():
            yield app_under_test


@pytest.fixture
def workspace(app_under_test: AppUnderTest) -> Workspace:
    """The workspace the page belongs to."""
    return app_under_test.workspace


@asynccontextmanager
async def collect_replies(app_under_test: AppUnderTest, person: SwitchingPageUser) -> AsyncIterator[None]:
    """Record what the bot sends to the current person meanwhile as replies."""

    def bot_messages() -> set[tuple[str, str]]:
        messages = app_under_test.workspace.world.messages.list_in_channel(dm_id(person.user))
        return {(person.user, message.ts) for message in messages if message.bot_id}

    before = bot_messages()
    yield
    await app_under_test.wait_until_idle()
    person.replies |= bot_messages() - before


async def set_up_programme(page: SwitchingPageUser) -> None:
    """Fill in the four setup forms as Omar, who runs the IT, and hand the programme over."""
    await page.switches_to("U0OMAR", "home")
    await page.sees_home("Nobody runs the programme here yet.")
    await page.presses("Set it up")
    await page.modal.get_by_label("What else it is called").fill("قمر")
    await page.submits_form("Company and segments", "Go on", "Days and hours")
    await expect(page.modal.get_by_role("checkbox", name="Sunday")).to_be_checked()
    await page.submits_form("Days and hours", "Go on", "Channels")
    await page.modal.get_by_label("Highlights and momentum").select_option("#monday-stories")
    await expect(page.modal.get_by_label("Asks").get_by_role("option")).to_have_text(
        ["Choose a channel", "#general", "#engineering", "#monday-stories"]
    )
    await page.submits_form("Channels", "Go on", "People in charge")
    await page.chooses("Owners", "Lina Haddad", "دانا الخطيب")
    await page.modal.get_by_label("Sponsor").select_option("U0LINA")
    await page.chooses("Executives", "Nadia Qamar", "Farid Khoury")
    await page.submits_form("People in charge", "Save", "It is set up")
    await page.submits_form("It is set up", "Close")
    await expect(page.page.get_by_test_id("home")).not_to_contain_text("The programme")


async def upload_people_list(page: SwitchingPageUser) -> None:
    """Open the programme on Lina's Home tab and upload a file that says who is in which segment."""
    await page.switches_to("U0LINA", "home")
    await page.sees_home("I am not in it: write there “/invite” and @Hakawati.")
    await page.page.get_by_test_id("channel").filter(has_text="monday-stories").click()
    await page.says("/invite @Hakawati")
    await page.page.get_by_test_id("dm").click()
    await page.opens_tab("home")
    await page.sees_home("#monday-stories. I can post there.")
    await page.opens_tab("messages")
    await page.page.get_by_test_id("composer-file").set_input_files(PEOPLE)
    await page.page.keyboard.press("Enter")
    await page.sees("Thank you, I have the list.")
    await page.lets_time_go_by("hour", 4)
    await page.sees("38 lines were taken.")


async def start_wave(page: SwitchingPageUser) -> None:
    """Fill in the wave's form, check the dry run and both samples, and start it."""
    await page.opens_tab("home")
    await page.presses("Invite people")
    await page.modal.get_by_label("A name for it").fill("Autumn")
    for segment in ("Building the product", "Working with customers"):
        await page.modal.get_by_role("checkbox", name=segment).check()
    await page.modal.get_by_label("Your own words to them").fill(GREETING)
    await page.submits_form("Invite people", "Show the dry run")
    await expect(page.page.get_by_test_id("tab-unread")).to_be_visible()
    await page.opens_tab("messages")
    table = page.last_message.get_by_role("table")
    await expect(table.get_by_role("row")).to_have_count(1 + 38 + 1)
    await expect(table.get_by_role("row", name="Maya Okafor")).to_contain_text("2027-08-1710:00Europe/Berlin")
    await expect(table.get_by_role("row", name="Theo Guest")).to_contain_text("Guests")
    shown = page.page.get_by_test_id("message").filter(has_text="Dry run: Autumn").first
    for words in ("38 people stand on the list", "10:00 · العربية · 9 people", "Guests: Theo Guest"):
        await expect(shown).to_contain_text(text_pattern(words))
    await page.takes_a_picture("dry-run", 1000, of=shown)
    await page.presses("Send it to me")
    await page.sees("الأمر قصة مهنية قصيرة بكلماتك.")
    await page.presses("لا يناسبني")
    await page.sees("That was a sample; nothing happens.")
    await page.page.get_by_role("button", name="Start", exact=True).click()
    await page.sees("Started: “Autumn”. The first messages go out on 17 August 2027")


async def answer_invitations(app_under_test: AppUnderTest, page: SwitchingPageUser) -> None:
    """Answer invitations on Wednesday, when everybody has got one, by pressing buttons or typing."""
    await page.switches_to("U0MAYA")
    await page.takes_a_picture("invitation", 700)
    for user, presses, reply in (
        ("U0MAYA", ["Later", "Tomorrow"], "I'll come back to it on 19 August 2027"),
        ("U0SALMA", ["لاحقاً", "الأسبوع القادم"], "سأعود إلى هذا في 22 أغسطس 2027"),
        ("U0CHEN", ["Not for me"], "All right, I won't ask again about this."),
        ("U0BASMA", ["لا يناسبني"], "لن أسأل عن هذا مرة أخرى"),
        ("U0JACK", ["Fewer"], "comes once a week at most from now on"),
        ("U0IVAN", ["Stop"], "Done. I won't write unless you write to me."),
        ("U0SEAN", ["Let's start"], "Tell me more"),
    ):
        await page.switches_to(user)
        async with collect_replies(app_under_test, page):
            for label in presses:
                await page.presses(label)
            await page.sees(reply)
    await page.switches_to("U0OLIVER")
    async with collect_replies(app_under_test, page):
        await page.says("stop")
        await page.sees("Done. I won't write unless you write to me.")


async def opt_out_two_people(app_under_test: AppUnderTest, page: SwitchingPageUser) -> None:
    """Opt out once on the Home tab and once by typing in Arabic."""
    await page.switches_to("U0ELENA", "home")
    async with collect_replies(app_under_test, page):
        await page.presses("Please don't write first")
        await page.sees_home("I may write to you first: no")
    await page.switches_to("U0NOUR")
    async with collect_replies(app_under_test, page):
        await page.says("توقف")
        await page.sees("لن أكتب")


def kind_of(message: SeenMessage) -> str:
    """Return which of an invitation's messages it is, or an empty string."""
    return next((kind for kind, words in KINDS.items() if any(w in message.words for w in words)), "")


def is_in_allowed_hours(message: SeenMessage, person: Person) -> bool:
    """Return whether the message arrived within the programme's hours, in the person's time zone and working week."""
    at = message.local_time(person.tz)
    week = [6, 0, 1, 2, 3] if person.id in SUNDAY_TO_THURSDAY else [0, 1, 2, 3, 4]
    if kind_of(message) in CAMPAIGN_TEXTS:
        return time(10) <= at.time() < time(16) and at.weekday() in week[1:4]
    if kind_of(message) == "again":
        return time(9) <= at.time() < time(18) and at.weekday() in week
    return time(9) <= at.time() < time(20)


async def assert_messages_for(person: Person, page: SwitchingPageUser, *, is_invited: bool) -> None:
    """Check everything that one person got, as shown on their page."""
    await page.switches_to(person.id)
    proactive = [
        message for message in await page.list_messages() if (person.id, message.ts) not in page.replies
    ]
    for message in proactive:
        assert is_in_allowed_hours(message, person), (person.id, message)
        # Morocco changes the dates of its clock changes: a browser may know before Python does, or after.
        assert person.tz == "Africa/Casablanca" or message.is_shown_at(message.local_time(person.tz)), (
            person.id,
            message,
        )
    campaign = [message for message in proactive if kind_of(message) in CAMPAIGN_TEXTS]
    for earlier, later in zip(campaign, campaign[2:], strict=False):
        assert later.local_time("UTC") - earlier.local_time("UTC") >= timedelta(days=7), (person.id, later)
    expected = EXPECTED_KINDS.get(person.id, list(CAMPAIGN_TEXTS)) if is_invited else []
    assert [kind for message in proactive if (kind := kind_of(message))] == expected, person.id
    if not is_invited:
        assert proactive == [], person.id


@pytest.mark.long
async def test_owner_invites_forty_people_and_messages_arrive_at_allowed_local_hours(
    app_under_test: AppUnderTest, page_for: PageOpener, console_errors: ConsoleErrors
) -> None:
    page = SwitchingPageUser(await page_for("U0OMAR"), app_under_test.workspace.url)
    # Given a programme that is set up and a wave that is started, on a Monday
    await set_up_programme(page)
    page.user = "U0LINA"
    async with collect_replies(app_under_test, page):
        await upload_people_list(page)
        await start_wave(page)
    # When two days pass, then everybody is invited, and some answer
    await page.lets_time_go_by("day", 2)
    await answer_invitations(app_under_test, page)
    await page.lets_time_go_by("day", 2)
    # When everything is halted over Salma's Sunday, then nothing is sent until it's resumed
    await page.switches_to("U0LINA", "home")
    await page.presses("Halt everything")
    await page.sees_home("Nothing goes out that I say unasked")
    await page.lets_time_go_by("monday")
    await page.switches_to("U0SALMA")
    await page.sees("سأعود إلى هذا في 22 أغسطس 2027")
    await page.switches_to("U0LINA", "home")
    await page.presses("Go on")
    await page.sees_home("Everything goes out as planned.")
    await opt_out_two_people(app_under_test, page)
    # When the tenth working day is over, and then the last day of the reminders
    await page.lets_time_go_by("day", 5)
    await page.lets_time_go_by("monday")
    await page.lets_time_go_by("day", 3)
    # Then each person got the expected messages, at an allowed hour, and none after declining
    for person in app_under_test.workspace.world.people:
        if not person.is_bot:
            outside = (
                person.is_restricted
                or person.deleted
                or person.team != app_under_test.workspace.world.company.team_id
            )
            await assert_messages_for(person, page, is_invited=not outside)
    assert console_errors.messages == []
