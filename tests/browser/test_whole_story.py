"""Tests of a whole English and a whole Arabic story, written by clicking and typing on the page.

If PICTURES names a folder, the README's pictures are taken on the way (`make pictures`).
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from practice.server import Workspace
from tests.browser.conftest import ConsoleErrors, PageOpener
from tests.browser.page_user import PageUser
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.app_under_test import open_workspace as practice_workspace

pytestmark = pytest.mark.browser

WARM_UP = (
    "I leverage sensor data so that the fridges in our clinics never fail in silence. "
    "Colleagues come to me when a graph looks odd, and every stakeholder hears about it in plain words."
)
TURN = (
    "I studied music and took a support job to pay the rent. "
    "One night a nurse called about a warm fridge, and I stayed."
)
CHANGED = "Nobody here asked me to be louder than I am. The quiet ones get asked first."
OWN = "When an alarm goes off at three in the morning, somebody else is always awake too."
DETAIL = "In my first week I fixed a bug on the train, and half the team waited up to see it work."
OUTSIDE = "On Sundays I mend old radios with my daughter, who is better at soldering than I am."

WARM_UP_AR = "أتابع ثلاجات اللقاح في العيادات حتى لا تتعطل من دون أن يعلم أحد. ويقصدني الزملاء حين يغضب عميل."
TURN_AR = (
    "درست الأدب، ثم بدأت في الدعم الفني لأدفع الإيجار. وفي ليلة اتصلت ممرضة من جدة فبقيت معها حتى الصباح."
)
CHANGED_AR = "لم يُطلب مني هنا أن أرفع صوتي. أول من يُسأل في الاجتماع هو الأهدأ."
OWN_AR = "حين يرنّ التنبيه في الثالثة فجراً أجد زميلاً آخر مستيقظاً معي."
DETAIL_AR = "في أسبوعي الأول بقي نصف الفريق معي على الخط حتى عادت الأجهزة كلها."
OUTSIDE_AR = "أصنع القهوة على مهل كل جمعة، وأقرأ لأمي قصة من ألف ليلة وليلة."


@pytest_asyncio.fixture
async def workspace(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Workspace]:
    """A practice workspace with the bot itself."""
    shutil.copyfile(sqlite_template, tmp_path / "hakawati.db")
    async with practice_workspace() as workspace:
        app_under_test = AppUnderTest(workspace, f"sqlite+aiosqlite:///{tmp_path / 'hakawati.db'}")
        async with app_under_test.http_session, app_under_test.running():
            yield workspace


async def test_english_story_is_written_to_the_end_on_the_page(
    page_for: PageOpener, console_errors: ConsoleErrors
) -> None:
    maya = PageUser(await page_for("U0MAYA"))
    await maya.says("hi")
    await maya.sees("Shall we?")
    await maya.presses("Let's start")
    await maya.sees("Three things first")
    await maya.presses("Start, and count mine")
    await maya.sees("Which is nearer to your work?")
    await maya.presses("Building the product")
    await maya.sees("Which language feels more like you")
    await maya.presses("English")
    await maya.sees("Pick whichever is easiest")
    await maya.takes_a_picture("dm")
    await maya.says(WARM_UP)
    await maya.sees("How did you end up here?")
    await maya.says(TURN)
    await maya.sees("Now the lines")
    await maya.presses("Show me the first five")
    await maya.sees("You can also write a line of your own here")
    await maya.presses("That's me", nth=1)
    await maya.sees("Go on with this one")
    await maya.takes_a_picture("cards", 1000, top=True)
    await maya.presses("Take it out")
    await maya.sees("Nothing kept so far")
    await maya.presses("Nearly, let me change it", nth=0)
    await maya.writes_in_the_modal(CHANGED, "Save")
    await maya.sees("Go on with this one")
    await maya.says(OWN)
    await expect(maya.page.get_by_role("button", name="Go on with these 2", exact=True)).to_be_visible()
    await maya.presses("Go on with these 2")
    await maya.sees("You kept this line")
    await maya.answers_until("Now leave work for a second", DETAIL, "Skip")
    await maya.says(OUTSIDE)
    await maya.sees("Ask me about")
    await maya.says("Ask me about valve radios.")
    await maya.sees("would make a stranger read on")
    await maya.presses("Start with 2")
    await maya.sees("Here's your draft")
    await maya.takes_a_picture("draft", 1000, top=True)
    await maya.presses("I like it")
    await maya.sees("the line under your name")
    await maya.says("Keeps clinics' fridges honest at Qamar Labs")
    await maya.sees("Copy it, open your profile")
    moved, rest = TURN.split(". ")
    for words in (f"{moved}. {WARM_UP}", rest, CHANGED, OWN, DETAIL, OUTSIDE, "Ask me about valve radios."):
        await maya.sees(words)
    await maya.presses("That's it")
    await maya.sees("Some people like doing a bit more")
    await maya.page.get_by_label("Take part in an event").check()
    await maya.presses("Count me in for these")
    await maya.sees("May we show yours some week?")
    await maya.presses("Yes, ask me first")
    await maya.sees("Nobody else could have written that one.")
    await maya.page.get_by_test_id("tab-home").click()
    await expect(maya.page.get_by_test_id("home")).to_contain_text("Write another story")
    await maya.takes_a_picture("home", 1000)
    assert console_errors.messages == []


async def test_arabic_story_is_written_to_the_end_on_the_page(
    page_for: PageOpener, console_errors: ConsoleErrors
) -> None:
    salma = PageUser(await page_for("U0SALMA"))
    await salma.says("السلام عليكم")
    await salma.sees("هل نبدأ؟")
    await salma.presses("لنبدأ")
    await salma.sees("ثلاثة أمور قبل أن نبدأ")
    await salma.presses("نبدأ، مع الإحصاء")
    await salma.sees("أيّهما أقرب إلى عملك؟")
    await salma.presses("العمل مع العملاء")
    await salma.sees("بأي لغة تكون القصة اليوم؟")
    await salma.presses("العربية")
    await salma.sees("سؤال واحد يكفي")
    await salma.says(WARM_UP_AR)
    await salma.sees("كيف كان الطريق إلى هنا؟")
    await salma.says(TURN_AR)
    await salma.sees("نصل إلى العبارات")
    await salma.presses("عرض الخمس الأولى")
    await salma.sees("العبارات من")
    await salma.presses("قريبة، مع تعديل", nth=0)
    await salma.writes_in_the_modal(CHANGED_AR, "حفظ")
    await salma.sees("المتابعة بهذه العبارة")
    await salma.takes_a_picture("arabic", 1000, top=True)
    await salma.says(OWN_AR)
    await expect(
        salma.page.get_by_role("button", name="المتابعة بهاتين العبارتين", exact=True)
    ).to_be_visible()
    await salma.presses("المتابعة بهاتين العبارتين")
    await salma.sees("وقع اختيارك على هذه العبارة")
    await salma.answers_until("لنترك العمل جانباً لحظة", DETAIL_AR, "تخطٍّ")
    await salma.says(OUTSIDE_AR)
    await salma.sees("اسألوني عن")
    await salma.presses("تخطٍّ")
    await salma.sees("تدعو الغريب إلى مواصلة القراءة")
    await salma.presses("يبقى الترتيب كما هو")
    await salma.sees("هذه مسودتك")
    await salma.takes_a_picture("arabic-draft", 1000, top=True)
    await salma.presses("تعجبني")
    await salma.sees("السطر الذي يظهر تحت اسمك")
    await salma.presses("تخطٍّ")
    await salma.sees("يبقى نسخ النص")
    for words in (WARM_UP_AR, TURN_AR, CHANGED_AR, OWN_AR, DETAIL_AR, OUTSIDE_AR):
        await salma.sees(words)
    await salma.presses("هذا كل شيء")
    await salma.sees("ما الذي يناسبك؟")
    await salma.presses("لا شيء الآن")
    await salma.sees("هل نعرض قصتك في أحد الأسابيع؟")
    await salma.presses("لا، شكراً")
    await salma.sees("هذه قصة ما كان لغيرك أن يكتبها.")
    assert console_errors.messages == []
