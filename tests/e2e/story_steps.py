"""Steps that take a person from one point of the exercise to another."""

from __future__ import annotations

from tests.e2e.phrases import phrase
from tests.e2e.slack_user import Json, SlackUser

WARM_UP = (
    "I make sure the sensors in our clinics never go quiet. Colleagues come to me when a graph looks odd."
)
OUTSIDE = "On Sundays I mend old radios with my daughter."
TURN = "I studied music and took a support job to pay the rent. A customer's fridge alarm got me hooked."
EDITED_TEXT = f"My own words first.\n\n{WARM_UP}\n\n{TURN}\n\n{OUTSIDE}"
PAUSE = phrase("choice-pause")
"""A button under every question."""
ABOUT_LINES = ("Your line has a gap", "You kept this line", "So far it's all", "Plenty about the product")


async def begin_story(person: SlackUser) -> None:
    """Go from hello to the first open question: counted, building the product, in English."""
    await person.says("hi")
    await person.sees("Shall we?")
    await person.clicks(phrase("choice-start"))
    await person.sees(phrase("ask-rules"))
    await person.clicks(phrase("choice-count"))
    await person.sees(phrase("ask-segment"))
    await person.clicks(phrase("choice-tech"))
    await person.sees(phrase("ask-language"))
    await person.clicks(phrase("choice-en"))
    await person.sees("Pick whichever is easiest")


async def answer_first_questions(person: SlackUser, warm_up: str = WARM_UP, turn: str = TURN) -> None:
    """Answer the first two open questions, up to the explanation of the cards."""
    await begin_story(person)
    await person.says(warm_up)
    await person.sees(phrase("ask-turn"))
    await person.says(turn)
    await person.sees("Now the lines")


async def reach_cards(person: SlackUser) -> None:
    """Answer the first two open questions, and open the first page of cards."""
    await answer_first_questions(person)
    await person.clicks(phrase("choice-open"))
    await person.sees("Lines 1 to 5 of 10")


async def reach_draft(person: SlackUser, warm_up: str = WARM_UP, turn: str = TURN) -> Json:
    """Go to a draft made of the first two answers and one from outside work, without any card."""
    await answer_first_questions(person, warm_up, turn)
    await person.clicks(phrase("choice-without"))
    await person.sees("Now leave work for a second")
    await person.says(OUTSIDE)
    await person.sees("Ask me about")
    await person.clicks(phrase("choice-skip"))
    await person.sees(phrase("ask-first_line"))
    await person.clicks(phrase("choice-as_is"))
    await person.sees("Here's your draft")
    return await person.sees(phrase("choice-fine-draft"))


async def reach_finished_story(person: SlackUser, warm_up: str = WARM_UP, turn: str = TURN) -> Json:
    """Go to the finished story and its export choices."""
    await reach_draft(person, warm_up, turn)
    await person.clicks(phrase("choice-fine-draft"))
    await person.sees("the line under your name")
    await person.clicks(phrase("choice-skip"))
    return await person.sees(phrase("ask-take"))


async def finish_story(person: SlackUser, warm_up: str = WARM_UP, turn: str = TURN) -> None:
    """Go to the very end, and decline both of the last offers."""
    await reach_finished_story(person, warm_up, turn)
    await decline_last_offers(person)


async def decline_last_offers(person: SlackUser) -> None:
    """Go from the finished story to the very end, and decline both offers."""
    await person.clicks(phrase("choice-done"))
    await person.sees(phrase("ask-hand"))
    await person.clicks(phrase("choice-nothing"))
    await person.sees("May we show yours some week?")
    await person.clicks(phrase("choice-no"))
    await person.sees(phrase("done"))


async def keep_first_cards(person: SlackUser, count: int) -> None:
    """Keep the first cards of the visible page."""
    for n in range(count):
        await person.clicks(phrase("choice-keep"), nth=0)
        await person.sees(f"Go on with {'this one' if n == 0 else f'these {n + 1}'}")


async def last_own_ts(person: SlackUser) -> str:
    """Return the ts of this person's latest message."""
    return max((m["ts"] for m in await person.messages() if m.get("user") == person.id), default="")


async def answer_card_questions(person: SlackUser, words: str = "a quiet Tuesday in March") -> None:
    """Answer every question about a gap or a detail until another question comes."""
    question = await person.sees(PAUSE, after=await last_own_ts(person))
    while any(ask in question["text"] for ask in ABOUT_LINES):
        said = await person.says(words)
        question = await person.sees(PAUSE, after=said)


async def skip_to_draft(person: SlackUser) -> Json:
    """Skip every question after the lines, and return the draft."""
    shown = await person.sees(phrase("choice-pause"))
    while not any(phrase("choice-fine-draft") in label for label in await person.labels()):
        said = await person.says("skip")
        shown = await person.sees(phrase("choice-pause"), after=said)
    return shown


async def begin_story_in_arabic(person: SlackUser) -> None:
    """Go from a greeting to the first open question, in Arabic throughout."""
    await person.says("السلام عليكم")
    await person.sees("هل نبدأ؟")
    await person.clicks(phrase("choice-start", "ar"))
    await person.sees(phrase("ask-rules", "ar"))
    await person.clicks(phrase("choice-count", "ar"))
    await person.sees(phrase("ask-segment", "ar"))
    await person.clicks(phrase("choice-gtm", "ar"))
    await person.sees(phrase("ask-language", "ar"))
    await person.clicks(phrase("choice-ar"))
    await person.sees("سؤال واحد يكفي")


async def edit_whole_text(person: SlackUser, text: str = EDITED_TEXT) -> None:
    """Save this text in the editor."""
    await person.clicks(phrase("choice-edit"))
    await person.submits({"part.1": text})
    await person.sees(phrase("remark-saved"))
