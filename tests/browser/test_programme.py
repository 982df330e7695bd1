"""A programme on the page, as its new owner meets it: set up, tried dry, started, and every message that comes of it.

With PICTURES naming a folder, the pictures of the README are taken on the way (`make pictures`).
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
"""Nine in the morning in Cairo; in these weeks hardly anybody of the company has a holiday."""
PEOPLE = Path(practice.__file__).parent / "people.csv"
GREETING = "I wrote mine on a train.\nIt was kinder than I feared."

INVITATION = ("asked me to write to everyone in", "أكتب إلى كل من في")
FIRST = ("asked a few days ago whether", "قبل أيام")
SECOND = ("This is the last time I ask.", "آخر مرة")
AGAIN = ("Here I am again, as you asked.", "عدت كما اتفقنا")
CAMPAIGN_TEXTS = {"invitation": INVITATION, "first": FIRST, "second": SECOND}
KINDS = {**CAMPAIGN_TEXTS, "again": AGAIN}

SUNDAY_TO_THURSDAY = {"U0HUDA", "U0OMAR", "U0YUSUF", "U0SALMA", "U0BASMA", "U0TARIQ"}
"""Riyadh, Cairo, Amman and Kuwait; everybody else works from Monday to Friday."""
HEARD = {
    "U0MAYA": ["again"],  # what was put off gives way to when it will come back
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
"""What stands in the end with those who answered; everybody else got all three."""


@pytest_asyncio.fixture
async def stage(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[AppUnderTest]:
    """The bot itself in a practice workspace, in which it is that Monday morning."""
    shutil.copyfile(sqlite_template, tmp_path / "hakawati.db")
    async with practice_workspace(replace(FAST_TIMINGS, ack=15.0, trigger=15.0)) as made:
        made.world.clock.move_to(MONDAY)
        stage = AppUnderTest(made, f"sqlite+aiosqlite:///{tmp_path / 'hakawati.db'}")
        async with stage.http_session, stage.running():
            yield stage


@pytest.fixture
def workspace(stage: AppUnderTest) -> Workspace:
    """Where the page is."""
    return stage.workspace


@asynccontextmanager
async def collect_replies(stage: AppUnderTest, person: SwitchingPageUser) -> AsyncIterator[None]:
    """What the bot says to them meanwhile is a reply."""

    def said() -> set[tuple[str, str]]:
        messages = stage.workspace.world.messages.list_in_channel(dm_id(person.who))
        return {(person.who, message.ts) for message in messages if message.bot_id}

    before = said()
    yield
    await stage.wait_until_idle()
    person.replies |= said() - before


async def set_up_programme(page: SwitchingPageUser) -> None:
    """Omar, who runs the IT, fills in the four forms and hands it over."""
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
    """Lina finds the programme on her Home tab, and says in a file who belongs where."""
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
    """She fills in the form, sees the dry run and both samples, and starts."""
    await page.opens_tab("home")
    await page.presses("Invite people")
    await page.modal.get_by_label("A name for it").fill("Autumn")
    for whom in ("Building the product", "Working with customers"):
        await page.modal.get_by_role("checkbox", name=whom).check()
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


async def answer_invitations(stage: AppUnderTest, page: SwitchingPageUser) -> None:
    """On Wednesday everybody has been asked, and some press or type what stands under it."""
    await page.switches_to("U0MAYA")
    await page.takes_a_picture("invitation", 700)
    for who, presses, said in (
        ("U0MAYA", ["Later", "Tomorrow"], "I'll come back to it on 19 August 2027"),
        ("U0SALMA", ["لاحقاً", "الأسبوع القادم"], "سأعود إلى هذا في 22 أغسطس 2027"),
        ("U0CHEN", ["Not for me"], "All right, I won't ask again about this."),
        ("U0BASMA", ["لا يناسبني"], "لن أسأل عن هذا مرة أخرى"),
        ("U0JACK", ["Fewer"], "comes once a week at most from now on"),
        ("U0IVAN", ["Stop"], "Done. I won't write unless you write to me."),
        ("U0SEAN", ["Let's start"], "Tell me more"),
    ):
        await page.switches_to(who)
        async with collect_replies(stage, page):
            for label in presses:
                await page.presses(label)
            await page.sees(said)
    await page.switches_to("U0OLIVER")
    async with collect_replies(stage, page):
        await page.says("stop")
        await page.sees("Done. I won't write unless you write to me.")


async def opt_out_two_people(stage: AppUnderTest, page: SwitchingPageUser) -> None:
    """One on the Home tab, one by typing it in Arabic."""
    await page.switches_to("U0ELENA", "home")
    async with collect_replies(stage, page):
        await page.presses("Please don't write first")
        await page.sees_home("I may write to you first: no")
    await page.switches_to("U0NOUR")
    async with collect_replies(stage, page):
        await page.says("توقف")
        await page.sees("لن أكتب")


def kind_of(message: SeenMessage) -> str:
    """What it is, of all that an invitation leads to."""
    return next((kind for kind, words in KINDS.items() if any(w in message.words for w in words)), "")


def is_in_allowed_hours(message: SeenMessage, person: Person) -> bool:
    """Whether it came when the programme may write to them, by the clock and the week they live by."""
    at = message.local_time(person.tz)
    week = [6, 0, 1, 2, 3] if person.id in SUNDAY_TO_THURSDAY else [0, 1, 2, 3, 4]
    if kind_of(message) in CAMPAIGN_TEXTS:
        return time(10) <= at.time() < time(16) and at.weekday() in week[1:4]
    if kind_of(message) == "again":
        return time(9) <= at.time() < time(18) and at.weekday() in week
    return time(9) <= at.time() < time(20)


async def assert_messages_for(person: Person, page: SwitchingPageUser, *, is_asked: bool) -> None:
    """Look at everything that came to one person, as it stands on their page."""
    await page.switches_to(person.id)
    unasked = [
        message for message in await page.list_messages() if (person.id, message.ts) not in page.replies
    ]
    for message in unasked:
        assert is_in_allowed_hours(message, person), (person.id, message)
        # Morocco changes its mind about its hour: a browser may know of it before Python does, or after.
        assert person.tz == "Africa/Casablanca" or message.is_shown_at(message.local_time(person.tz)), (
            person.id,
            message,
        )
    wanted = [message for message in unasked if kind_of(message) in CAMPAIGN_TEXTS]
    for earlier, later in zip(wanted, wanted[2:], strict=False):
        assert later.local_time("UTC") - earlier.local_time("UTC") >= timedelta(days=7), (person.id, later)
    expected = HEARD.get(person.id, list(CAMPAIGN_TEXTS)) if is_asked else []
    assert [kind for message in unasked if (kind := kind_of(message))] == expected, person.id
    if not is_asked:
        assert unasked == [], person.id


@pytest.mark.long
async def test_owner_invites_forty_people_and_each_hears_at_an_hour_of_their_own(
    stage: AppUnderTest, page_for: PageOpener, complaints: ConsoleErrors
) -> None:
    page = SwitchingPageUser(await page_for("U0OMAR"), stage.workspace.url)
    # Given a programme that is set up, and a wave that is started, on a Monday
    await set_up_programme(page)
    page.who = "U0LINA"
    async with collect_replies(stage, page):
        await upload_people_list(page)
        await start_wave(page)
    # When two days go by, then everybody is asked, and they answer
    await page.lets_time_go_by("day", 2)
    await answer_invitations(stage, page)
    await page.lets_time_go_by("day", 2)
    # When everything is halted over Salma's Sunday, then nothing comes until it goes on
    await page.switches_to("U0LINA", "home")
    await page.presses("Halt everything")
    await page.sees_home("Nothing goes out that I say unasked")
    await page.lets_time_go_by("monday")
    await page.switches_to("U0SALMA")
    await page.sees("سأعود إلى هذا في 22 أغسطس 2027")
    await page.switches_to("U0LINA", "home")
    await page.presses("Go on")
    await page.sees_home("Everything goes out as planned.")
    await opt_out_two_people(stage, page)
    # When the tenth working day is over, and then the last day on which anybody is reminded
    await page.lets_time_go_by("day", 5)
    await page.lets_time_go_by("monday")
    await page.lets_time_go_by("day", 3)
    # Then each has heard what they should, at a decent hour, and nothing after their no
    for person in stage.workspace.world.people:
        if not person.is_bot:
            outside = (
                person.is_restricted or person.deleted or person.team != stage.workspace.world.company.team_id
            )
            await assert_messages_for(person, page, is_asked=not outside)
    assert complaints.messages == []
