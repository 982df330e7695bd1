"""A whole story in Arabic, from hello to the end, and both languages next to each other."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_exports import copyable_text
from tests.e2e.story_steps import begin_story_in_arabic, last_own_ts

WARM_UP = "أتابع شحنات الأدوية حتى تصل باردة. يسألني الزملاء عن الخرائط."
TURN = "درست الموسيقى، ثم عملت في الدعم لأدفع الإيجار. علّمني عميل صبور كيف أصغي."
OUTSIDE = "أصلح أجهزة راديو قديمة مع ابنتي كل جمعة."
ASKS_ABOUT_LINES = ("في العبارة فراغ", "وقع اختيارك", "حتى الآن كل الحديث", "في القصة كثير")


@pytest.mark.wide
async def test_story_is_finished_in_arabic_when_slack_speaks_arabic(
    app: AppUnderTest, salma: SlackUser
) -> None:
    # Given somebody whose Slack is in Arabic, who has started and answered the first questions
    await begin_story_in_arabic(salma)
    await salma.says(WARM_UP)
    await salma.sees("كيف كان الطريق إلى هنا؟")
    await salma.says(TURN)
    await salma.sees("أمامك 10 عبارات")
    # When they keep two lines and answer what is asked about them
    await salma.clicks("عرض الخمس الأولى")
    await salma.sees("العبارات من 1 إلى 5 من أصل 10")
    await salma.clicks("تشبهني", nth=0)
    await salma.sees("المتابعة بهذه العبارة")
    await salma.clicks("تشبهني", nth=0)
    await salma.sees("المتابعة بهاتين العبارتين")
    await salma.clicks("المتابعة بهاتين العبارتين")
    question = await salma.sees("استراحة", after=await last_own_ts(salma))
    while any(ask in question["text"] for ask in ASKS_ABOUT_LINES) or "أصل 10" in question["text"]:
        said = await salma.says("شيء رأيته بعيني في مارس")
        question = await salma.sees("استراحة", after=said)
    await salma.sees("لنترك العمل جانباً لحظة")
    await salma.says(OUTSIDE)
    await salma.sees("اسألوني عن")
    await salma.says("اسألوني عن الراديو")
    await salma.sees("أي جملة من جملك")
    await salma.clicks("البداية بالجملة 1")
    await salma.sees("هذه مسودتك، وفيها")
    await salma.clicks("تعجبني")
    await salma.sees("بقي السطر الذي يظهر تحت اسمك")
    await salma.says("أحفظ الدواء بارداً")
    # Then the story is shown for copying, all of it in Arabic, with its opening in front
    end = await salma.sees("انتهينا. يبقى نسخ النص")
    story = copyable_text(end)
    assert OUTSIDE in story
    assert "اسألوني عن الراديو." in story
    assert all(piece in story for piece in ("درست الموسيقى", "أتابع شحنات الأدوية حتى تصل باردة."))
    await salma.clicks("هذا كل شيء")
    await salma.sees("من الزملاء من يودّ أن يشارك أكثر")
    await salma.clicks("لا شيء الآن")
    await salma.sees("هل نعرض قصتك في أحد الأسابيع؟")
    await salma.clicks("لا، شكراً")
    await salma.sees("هذه قصة ما كان لغيرك أن يكتبها.")
    # And nothing the bot wrote was in English
    said = " ".join(message["text"] for message in await salma.messages() if message.get("bot_id"))
    assert not any(word in said for word in ("Skip", "answered", "left out", "Here"))


@pytest.mark.parametrize(
    ("word", "then"),
    [
        ("تخطٍّ", "كيف كان الطريق إلى هنا؟"),
        ("تخطي", "كيف كان الطريق إلى هنا؟"),
        ("رجوع", "بأي لغة تكون القصة اليوم؟"),
        ("العودة", "بأي لغة تكون القصة اليوم؟"),
        ("استراحة", "حُفظت المسودة. سأذكّرك مرة واحدة فقط"),
        ("إيقاف مؤقت", "حُفظت المسودة. سأذكّرك مرة واحدة فقط"),
        ("توقّف!", "حسناً، لن تصلك رسائل أخرى في هذا الموضوع."),
        ("حذف", "هل أمسح المسودة والإجابات والاختيارات؟"),
        ("المساعدة", "أساعد في كتابة قصة مهنية قصيرة"),
        ("اللغة", "بأي لغة نتحدث؟"),
        ("SKIP", "كيف كان الطريق إلى هنا؟"),
        ("help", "أساعد في كتابة قصة مهنية قصيرة"),
    ],
)
async def test_arabic_word_works_at_a_question_in_words_when_it_is_the_whole_message(
    app: AppUnderTest, salma: SlackUser, word: str, then: str
) -> None:
    # Given somebody at the first question in words
    await begin_story_in_arabic(salma)
    # When they type one of the words for every step, with or without marks and the article
    said = await salma.says(word)
    # Then it does what it says, and is no answer
    await salma.sees(then, after=said)
    assert await stored_data.answer_text(app, salma, "warm_up") == ""


async def test_word_is_an_answer_when_it_is_part_of_a_sentence(app: AppUnderTest, salma: SlackUser) -> None:
    # Given somebody at the first question in words
    await begin_story_in_arabic(salma)
    # When the word for stopping is in the middle of an answer
    await salma.says("لا أعرف متى أتوقف عن العمل، ولا توقف عندي")
    # Then it is an answer like any other
    await salma.sees("كيف كان الطريق إلى هنا؟")
    assert "توقف عندي" in await stored_data.answer_text(app, salma, "warm_up")


@pytest.mark.wide
async def test_answer_in_the_other_language_is_kept_and_asked_about(
    app: AppUnderTest, salma: SlackUser
) -> None:
    # Given a story in Arabic
    await begin_story_in_arabic(salma)
    # When an answer comes in English
    await salma.says("I keep the cold chain cold, all day long.")
    # Then it is kept, and asked about
    question = await salma.sees("هذه الإجابة بالإنجليزية، والقصة بالعربية")
    assert await stored_data.answer_text(app, salma, "warm_up") == "I keep the cold chain cold, all day long."
    # And when it is written again, the new words take its place
    await salma.clicks("كتابتها من جديد")
    await salma.sees("سؤال واحد يكفي", after=question)
    await salma.says(WARM_UP)
    await salma.sees("كيف كان الطريق إلى هنا؟")
    assert await stored_data.answer_text(app, salma, "warm_up") == WARM_UP


async def test_answer_in_the_other_language_stays_when_its_author_says_so(
    app: AppUnderTest, salma: SlackUser
) -> None:
    # Given an answer in English to a story in Arabic
    await begin_story_in_arabic(salma)
    await salma.says("I keep the cold chain cold, all day long.")
    await salma.sees("هذه الإجابة بالإنجليزية، والقصة بالعربية")
    # When its author lets it stay
    await salma.clicks("تبقى")
    # Then the next question is asked, and the answer is as it was
    await salma.sees("كيف كان الطريق إلى هنا؟")
    assert await stored_data.answer_text(app, salma, "warm_up") == "I keep the cold chain cold, all day long."


@pytest.mark.wide
async def test_interface_changes_and_the_story_keeps_its_language_when_the_word_language_is_typed(
    app: AppUnderTest, salma: SlackUser
) -> None:
    # Given a story in Arabic, started by somebody whose Slack is in Arabic
    await begin_story_in_arabic(salma)
    # When they ask for English
    await salma.says("لغة")
    await salma.sees("بأي لغة نتحدث؟")
    await salma.clicks("English")
    # Then the question is shown in English
    await salma.sees("English it is.")
    await salma.sees("Pick whichever is easiest")
    # And the story, and the cards, are in Arabic still
    await salma.says(WARM_UP)
    await salma.sees("How did you end up here?")
    await salma.says(TURN)
    await salma.sees("Here are 10 things a colleague might say")
    await salma.clicks("Show me the first five")
    page = await salma.sees("Lines 1 to 5 of 10")
    assert (await stored_data.current_draft(app, salma)).draft.language == "ar"
    assert any("\u0600" <= letter <= "\u06ff" for letter in page["blocks"][1]["text"]["text"])
