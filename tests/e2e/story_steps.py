"""How people in the dialogues get from one place of the exercise to another."""

from __future__ import annotations

from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser

WARM_UP = (
    "I make sure the sensors in our clinics never go quiet. Colleagues come to me when a graph looks odd."
)
OUTSIDE = "On Sundays I mend old radios with my daughter."
TURN = "I studied music and took a support job to pay the rent. A customer's fridge alarm got me hooked."


async def begin_story(person: SlackUser) -> None:
    """From hello to the first question in words: counted, building the product, in English."""
    await person.says("hi")
    await person.sees("Shall we?")
    await person.clicks(phrase("choice-start"))
    await person.sees("Three things first")
    await person.clicks(phrase("choice-count"))
    await person.sees("Which is nearer to your work?")
    await person.clicks(phrase("choice-tech"))
    await person.sees("Which language feels more like you")
    await person.clicks(phrase("choice-en"))
    await person.sees("Pick whichever is easiest")


async def answer_first_questions(person: SlackUser, warm_up: str = WARM_UP, turn: str = TURN) -> None:
    """Through the two first questions in words, to where the cards are explained."""
    await begin_story(person)
    await person.says(warm_up)
    await person.sees("How did you end up here?")
    await person.says(turn)
    await person.sees("Now the lines")


async def reach_cards(person: SlackUser) -> None:
    """Through the two first questions in words, to the first page of cards."""
    await answer_first_questions(person)
    await person.clicks(phrase("choice-open"))
    await person.sees("Lines 1 to 5 of 10")


async def reach_draft(person: SlackUser, warm_up: str = WARM_UP, turn: str = TURN) -> Json:
    """To the whole text, made of the two first answers and one from outside work, without any card."""
    await answer_first_questions(person, warm_up, turn)
    await person.clicks(phrase("choice-without"))
    await person.sees("Now leave work for a second")
    await person.says(OUTSIDE)
    await person.sees("Ask me about")
    await person.clicks(phrase("choice-skip"))
    await person.sees("would make a stranger read on")
    await person.clicks(phrase("choice-as_is"))
    await person.sees("Here's your draft")
    return await person.sees(phrase("choice-fine-draft"))


async def reach_finished_story(person: SlackUser, warm_up: str = WARM_UP, turn: str = TURN) -> Json:
    """To where the finished story stands, to be taken along."""
    await reach_draft(person, warm_up, turn)
    await person.clicks(phrase("choice-fine-draft"))
    await person.sees("the line under your name")
    await person.clicks(phrase("choice-skip"))
    return await person.sees("Copy it, open your profile")


async def finish_story(person: SlackUser, warm_up: str = WARM_UP, turn: str = TURN) -> None:
    """To the very end, with a no to both of the last questions."""
    await reach_finished_story(person, warm_up, turn)
    await decline_last_offers(person)


async def decline_last_offers(person: SlackUser) -> None:
    """From the finished story to the very end."""
    await person.clicks(phrase("choice-done"))
    await person.sees("Some people like doing a bit more")
    await person.clicks(phrase("choice-nothing"))
    await person.sees("May we show yours some week?")
    await person.clicks(phrase("choice-no"))
    await person.sees(phrase("done"))


async def keep_first_cards(person: SlackUser, count: int) -> None:
    """Keep the first cards of the page in view."""
    for n in range(count):
        await person.clicks(phrase("choice-keep"), nth=0)
        await person.sees(f"Go on with {'this one' if n == 0 else f'these {n + 1}'}")


async def last_own_ts(person: SlackUser) -> str:
    """The ts of the last thing that this person wrote."""
    return max((m["ts"] for m in await person.messages() if m.get("user") == person.id), default="")


async def answer_card_questions(person: SlackUser, words: str = "a quiet Tuesday in March") -> None:
    """A few words for every gap and every detail, until something else is asked."""
    question = await person.sees(PAUSE, after=await last_own_ts(person))
    while any(ask in question["text"] for ask in ABOUT_LINES):
        said = await person.says(words)
        question = await person.sees(PAUSE, after=said)


PAUSE = phrase("choice-pause")
"""A button that stands under every question."""

ABOUT_LINES = ("Your line has a gap", "You kept this line", "So far it's all", "Plenty about the product")


async def skip_to_draft(person: SlackUser) -> Json:
    """Whatever is asked after the lines, skipped, until the draft stands there."""
    shown = await person.sees(phrase("choice-pause"))
    while not any(phrase("choice-fine-draft") in label for label in await person.labels()):
        said = await person.says("skip")
        shown = await person.sees(phrase("choice-pause"), after=said)
    return shown


async def begin_story_in_arabic(person: SlackUser) -> None:
    """From a greeting to the first question in words, in Arabic throughout."""
    await person.says("السلام عليكم")
    await person.sees("هل نبدأ؟")
    await person.clicks(phrase("choice-start", "ar"))
    await person.sees("ثلاثة أمور قبل أن نبدأ")
    await person.clicks(phrase("choice-count", "ar"))
    await person.sees("أيّهما أقرب إلى عملك؟")
    await person.clicks(phrase("choice-gtm", "ar"))
    await person.sees("بأي لغة تكون القصة اليوم؟")
    await person.clicks(phrase("choice-ar"))
    await person.sees("سؤال واحد يكفي")
