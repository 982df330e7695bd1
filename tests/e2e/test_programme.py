"""Setting up and running the programme, as an admin, an owner and everybody else experience it."""

from __future__ import annotations

import pytest

from bot.cli.commands import add_owner
from db.models.programmes import Role
from db.queries import audit, programmes, roles
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import set_up_by_forms
from tests.e2e.slack_user import SlackUser

SETUP_OFFER_TEXT = "Nobody runs the programme here yet"


async def add_owner_by_command(app: AppUnderTest, user: str) -> SlackUser:
    """Make somebody an owner from the command line, before anybody has set up the programme."""
    assert app.bot is not None
    person = app.person(user)
    async for _ in add_owner(app.bot.services, f"{user[2:].lower()}@qamarlabs.example"):
        pass
    return person


async def list_held_roles(app: AppUnderTest) -> set[tuple[str, str]]:
    """Return the roles and their holders."""
    assert app.bot is not None
    services = app.bot.services
    async with services.database.read_transaction() as connection:
        return {(h.role.value, h.user_id) for h in await roles.list_role_holders(connection, services.team)}


@pytest.mark.wide
async def test_admin_sets_the_programme_up_and_hands_it_over(app: AppUnderTest) -> None:
    # Given a workspace in which nobody runs the programme
    omar, lina = app.person("U0OMAR"), app.person("U0LINA")
    await omar.opens_home()
    await omar.sees(SETUP_OFFER_TEXT, where="home")
    # When an admin sets it up and names owners
    await set_up_by_forms(omar)
    # Then it belongs to the owners, and no longer to the admin
    await omar.opens_home()
    await omar.no_longer_sees(phrase("desk-set-up"), where="home")
    await omar.has_not_seen(phrase("desk-title"), where="home")
    await lina.opens_home()
    await lina.sees("also called Qamar, قمر, and QL", where="home")
    await lina.sees("Sponsor: <@U0LINA>", where="home")
    await lina.sees("10:00 to 16:00", where="home")
    await lina.sees("Sunday", where="home")  # the admin is in Cairo
    assert ("owner", "U0MIRA") in await list_held_roles(app)
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        lines = await audit.list_audit_entries(connection, app.bot.services.team, 50)
    assert [line.actor for line in lines] == ["U0OMAR"] * len(lines)
    assert {(line.action, line.target) for line in lines} >= {("role-given", "U0MIRA"), ("settings", None)}


@pytest.mark.parametrize("user", ["U0MAYA", "U0THEO", "U0STRANGER"])
async def test_nobody_else_is_offered_it_and_a_forged_button_is_refused(app: AppUnderTest, user: str) -> None:
    # Given an offer shown to an admin, and somebody who is none
    omar, other = app.person("U0OMAR"), app.person(user)
    await omar.opens_home()
    await omar.sees(SETUP_OFFER_TEXT, where="home")
    await other.opens_home()
    await other.sees("stor", where="home")
    await other.has_not_seen(phrase("desk-set-up"), where="home")
    # When they send what the button would have sent
    view = await omar.home()
    assert view is not None
    block = next(b for b in view["blocks"] if b["type"] == "actions" and "programme:open" in str(b))
    other_view = await other.home()
    assert other_view is not None
    world = app.workspace.world
    world.views.publish(user, {"type": "home", "blocks": [block]})
    await other.clicks(phrase("desk-set-up"), where="home")
    await app.wait_until_idle()
    # Then nothing opens, and nothing is set
    assert await other.modal() is None
    assert await list_held_roles(app) == set()


async def test_form_open_since_before_is_refused_when_its_sender_is_an_owner_no_longer(
    app: AppUnderTest,
) -> None:
    # Given two owners, one with a form open
    await set_up_by_forms(app.person("U0OMAR"))
    lina, mira = app.person("U0LINA"), app.person("U0MIRA")
    await mira.opens_home()
    await mira.sees(phrase("desk-change"), where="home")
    await mira.clicks(phrase("desk-change"), where="home", nth=0)
    await mira.sees(phrase("set-company-name"), where="modal")
    # When the other takes the role from her, and she sends the form
    await lina.opens_home()
    await lina.sees(phrase("desk-change"), where="home")
    await lina.clicks(phrase("desk-change"), where="home", nth=1)
    await lina.sees("Who show a candidate", where="modal")
    await lina.submits({"owner": ["U0LINA"]})
    await mira.submits({"company": "Mira Inc."})
    # Then it is refused
    await mira.sees(phrase("problem-not-allowed"), where="modal")
    assert app.bot is not None
    async with app.bot.services.database.read_transaction() as connection:
        programme = await programmes.find_programme(connection, app.bot.services.team)
    assert programme is not None
    assert programme.company == "Qamar Labs"


async def test_guest_or_leaver_cannot_be_given_a_role(app: AppUnderTest) -> None:
    omar = app.person("U0OMAR")
    await omar.opens_home()
    await omar.sees(SETUP_OFFER_TEXT, where="home")
    await omar.clicks(phrase("desk-set-up"), where="home")
    for _ in range(3):
        await omar.submits()

    answer = await omar.submits({"owner": ["U0LINA", "U0THEO", "U0ROBIN"]})

    assert answer["response_action"] == "errors"
    assert "Robin" in answer["errors"]["owner"]
    assert "Theo" in answer["errors"]["owner"]
    assert await list_held_roles(app) == set()


async def test_invalid_input_is_marked_at_its_field_and_nothing_is_lost(app: AppUnderTest) -> None:
    lina = await add_owner_by_command(app, "U0LINA")
    await lina.opens_home()
    await lina.sees("You are an owner of the programme", where="home")
    await lina.clicks(phrase("desk-set-up"), where="home")
    refused = await lina.submits({"company": "  ", "tech_en": "Builders", "gtm_en": "Builders"})
    assert set(refused["errors"]) == {"company", "gtm_en"}
    await lina.submits({"company": "Qamar Labs", "gtm_en": "Sellers"})
    await lina.sees("2 of 4", where="modal")
    refused = await lina.submits(
        {"opens": "16:00", "closes": "05:00", "country": "Atlantis", "tz": "Mars/Base"}
    )
    assert set(refused["errors"]) == {"closes", "country", "tz"}
    await lina.submits({"opens": "09:30", "closes": "15:00", "country": "Jordan", "tz": "Asia/Amman"})
    await lina.closes(everything=True)
    await lina.opens_home()

    await lina.sees("09:30 to 15:00", where="home")
    await lina.sees("Holidays: Jordan", where="home")
    await lina.sees("Builders · Sellers", where="home")


async def test_home_shows_obstacles_to_posting_until_they_are_gone(app: AppUnderTest) -> None:
    # Given channels in which the bot is not
    await set_up_by_forms(app.person("U0OMAR"))
    lina = app.person("U0LINA")
    await lina.opens_home()
    await lina.sees("<#C0MONDAY>. I am not in it: write there “/invite”", where="home")
    # When it is invited to one, and the other is read-only, then archived
    for channel in ("C0MONDAY", "C0CUSTOMERS"):
        await lina.in_channel(channel).does("invite", user="U0HAKAWATI")
    await lina.in_channel("C0CUSTOMERS").does("channel", read_only=True)
    await lina.opens_home()
    # Then each is mentioned
    await lina.sees("<#C0MONDAY>. I can post there", where="home")
    await lina.sees("I may not post there", where="home")
    await lina.in_channel("C0CUSTOMERS").does("channel", archived=True)
    await lina.opens_home()
    await lina.sees("It is archived", where="home")


async def test_last_owner_cannot_leave_and_admins_are_offered_it_when_gone(app: AppUnderTest) -> None:
    # Given one owner
    omar, lina = app.person("U0OMAR"), app.person("U0LINA")
    await set_up_by_forms(omar, owner=["U0LINA"], sponsor="U0GRACE")
    # When the owner tries to hand it to nobody who works here
    await lina.opens_home()
    await lina.sees(phrase("desk-change"), where="home")
    await lina.clicks(phrase("desk-change"), where="home", nth=1)
    await lina.sees("Who show a candidate", where="modal")
    refused = await lina.submits({"owner": ["U0ROBIN"]})
    assert set(refused["errors"]) == {"owner"}
    await lina.closes()
    assert (Role.OWNER.value, "U0LINA") in await list_held_roles(app)


async def test_log_shows_owners_each_change_and_its_author(app: AppUnderTest) -> None:
    await set_up_by_forms(app.person("U0OMAR"))
    lina = app.person("U0LINA")
    await lina.opens_home()
    await lina.sees(phrase("desk-log"), where="home")

    await lina.clicks(phrase("desk-log"), where="home")

    await lina.sees("<@U0OMAR>: made <@U0MIRA> an owner", where="modal")
    await lina.sees("<@U0OMAR>: changed the company or the segments", where="modal")


async def test_panel_and_forms_are_arabic_for_an_owner_who_reads_arabic(app: AppUnderTest) -> None:
    dana = await add_owner_by_command(app, "U0DANA")
    await dana.opens_home()
    await dana.sees("أنت ممن يديرون البرنامج", where="home")
    await dana.clicks(phrase("desk-set-up", "ar"), where="home")
    await dana.sees(phrase("set-company-name", "ar"), where="modal")
    await dana.submits()
    await dana.sees(phrase("set-week", "ar"), where="modal")
    await dana.submits({"country": "المملكة العربية السعودية"})
    await dana.sees("القصص المختارة", where="modal")
    await dana.submits()
    await dana.submits({"owner": ["U0DANA"]})
    await dana.sees(phrase("set-done-title", "ar"), where="modal")
    await dana.opens_home()

    await dana.sees("العطل الرسمية: المملكة العربية السعودية", where="home")


async def test_company_and_segments_are_called_as_the_programme_says(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a programme with custom segment names, in English only
    lina = await add_owner_by_command(app, "U0LINA")
    await lina.opens_home()
    await lina.sees("You are an owner", where="home")
    await lina.clicks(phrase("desk-set-up"), where="home")
    await lina.submits({"company": "Qamar Incorporated", "tech_en": "Makers & menders", "gtm_en": "Sellers"})
    await lina.sees("2 of 4", where="modal")
    # When somebody writes, and the bot is restarted in between
    await app.restart()
    await maya.says("hi")
    await maya.sees("Shall we?")
    await maya.clicks(phrase("invitation-begin"))
    await maya.sees(phrase("ask-rules"))
    await maya.clicks(phrase("choice-count"))
    await maya.sees(phrase("ask-segment"))
    # Then they read those names, and can type them
    assert "Makers & menders" in await maya.labels()
    await maya.says("makers & menders")
    await maya.sees(phrase("ask-language"))
    await maya.opens_home()
    await maya.sees("Nearer to your work: *Makers &amp; menders*", where="home")
    await maya.clicks(phrase("choice-words"), where="home")
    await maya.sees("Nobody at Qamar Incorporated is shown your words", where="modal")
    # And in Arabic the bot's own words, for nothing was set there
    salma = app.person("U0SALMA")
    await salma.says("السلام عليكم")
    await salma.sees("هل نبدأ؟")
    await salma.clicks(phrase("invitation-begin", "ar"))
    await salma.sees(phrase("ask-rules", "ar"))
    await salma.clicks(phrase("choice-count", "ar"))
    await salma.sees(phrase("ask-segment", "ar"))
    assert phrase("choice-tech", "ar") in await salma.labels()
