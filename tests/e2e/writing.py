"""How people in the dialogues get from one place of the exercise to another."""

from __future__ import annotations

from tests.e2e.people import Person

WARM_UP = "I make sure the sensors in our clinics never go quiet. Colleagues come to me when a graph looks odd."
TURN = "I studied music and took a support job to pay the rent. A customer's fridge alarm got me hooked."


async def begins(person: Person) -> None:
    """From hello to the first question in words: counted, building the product, in English."""
    await person.says("hi")
    await person.sees("Shall we?")
    await person.clicks("Let's start")
    await person.sees("Three things first")
    await person.clicks("Start, and count mine")
    await person.sees("Which is nearer to your work?")
    await person.clicks("Building the product")
    await person.sees("Which language feels more like you")
    await person.clicks("English")
    await person.sees("Pick whichever is easiest")


async def reaches_the_lines(person: Person) -> None:
    """Through the two first questions in words, to the first page of cards."""
    await begins(person)
    await person.says(WARM_UP)
    await person.sees("How did you end up here?")
    await person.says(TURN)
    await person.sees("Now the lines")
    await person.clicks("Show me the first five")
    await person.sees("Lines 1 to 5 of 10")


async def keeps_the_first_lines(person: Person, count: int) -> None:
    """Keep the first cards of the page in view."""
    for n in range(count):
        await person.clicks("That's me", nth=0)
        await person.sees(f"Go on with {'this one' if n == 0 else f'these {n + 1}'}")


async def last_said(person: Person) -> str:
    """The ts of the last thing that this person wrote."""
    return max((m["ts"] for m in await person.messages() if m.get("user") == person.id), default="")


async def answers_about_the_lines(person: Person, words: str = "a quiet Tuesday in March") -> None:
    """A few words for every gap and every detail, until something else is asked."""
    question = await person.sees(PAUSE, after=await last_said(person))
    while any(ask in question["text"] for ask in ABOUT_LINES):
        said = await person.says(words)
        question = await person.sees(PAUSE, after=said)


PAUSE = "Pause"
"""A button that stands under every question."""

ABOUT_LINES = ("Your line has a gap", "You kept this line", "So far it's all", "Plenty about the product")
