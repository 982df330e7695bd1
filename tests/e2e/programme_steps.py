"""What owners do with a programme: set it up by its forms, halt it, and resume it."""

from __future__ import annotations

from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser

COMPANY_FORM = {"company": "Qamar Labs", "aliases": "Qamar, قمر\nQL"}
PEOPLE_FORM = {"owner": ["U0LINA", "U0MIRA"], "sponsor": "U0LINA", "people_partner": ["U0FATIMA"]}
REFUSED_TEXT = "Slack refused something that I was to say"
FIVE_USERS = ("U0IVAN", "U0SEAN", "U0CHEN", "U0YUSUF", "U0ANIKA")
"""Enough people to halt everything when they opt out."""
BERLIN_USERS = ("U0MAYA", "U0IVAN", "U0FARID", "U0AMARA", "U0TOMAS")
"""People who share one time zone."""


async def halt_delivery(owner: SlackUser) -> None:
    """Halt all sending with the switch on Home."""
    await owner.opens_home()
    await owner.sees(phrase("desk-halt"), where="home")
    await owner.clicks(phrase("desk-halt"), where="home")
    await owner.sees("*Halted* since", where="home")
    await owner.sees("Halted for now; see below.", where="home")


async def resume_delivery(owner: SlackUser) -> None:
    """Resume sending with the same switch."""
    await owner.clicks(phrase("desk-go-on"), where="home")
    await owner.sees(phrase("desk-halt-about"), where="home")


async def set_up_by_forms(person: SlackUser, **people: object) -> None:
    """Fill in all four forms, from the offer on the Home tab to the end."""
    await person.opens_home()
    await person.sees(phrase("desk-set-up"), where="home")
    await person.clicks(phrase("desk-set-up"), where="home")
    await person.sees("1 of 4", where="modal")
    await person.submits(COMPANY_FORM)
    await person.sees("2 of 4", where="modal")
    await person.submits()
    await person.sees("3 of 4", where="modal")
    await person.submits({"stories_channel": "C0MONDAY", "asks_channel": "C0CUSTOMERS"})
    await person.sees("4 of 4", where="modal")
    await person.submits({**PEOPLE_FORM, **people})
    await person.sees(phrase("set-done-title"), where="modal")
    await person.closes()
