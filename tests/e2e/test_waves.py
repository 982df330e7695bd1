"""Inviting people: a wave is saved and shown before anything is sent, and reveals nobody's own actions."""

from __future__ import annotations

import csv
import io

import pytest

from bot.ids import WAVE_OPEN
from bot.workflows.directory.sync import SyncRateLimit, sync_everybody
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.programme_steps import set_up_by_forms
from tests.e2e.slack_user import Json, SlackUser
from tests.e2e.story_exports import download_text
from tests.e2e.wave_steps import opt_out_users, set_up_programme, show_dry_run, submit_wave_form

EXCLUDED_TEXT = "Guests: Theo Guest"


async def read_dry_run_table(app: AppUnderTest, owner: SlackUser) -> list[list[str]]:
    """Return the rows of the newest dry-run table."""
    messages = [message for message in await owner.messages() if message.get("files")]
    return list(csv.reader(io.StringIO((await download_text(app, messages[-1])).lstrip("\ufeff"))))


def message_text(message: Json) -> str:
    """Return a message's content without the parts that distinguish it from others of its kind."""
    return str([{name: value for name, value in b.items() if name != "block_id"} for b in message["blocks"]])


@pytest.mark.wide
async def test_owner_sees_who_would_get_what_and_when_and_nothing_is_sent(app: AppUnderTest) -> None:
    # Given a programme, and somebody who runs it
    lina = await set_up_programme(app)
    # When she asks for everybody who builds it, but one
    shown = await show_dry_run(
        lina, greeting="I wrote mine.\nIt took a quarter of an hour.", chosen_out=["U0SEAN"]
    )
    # Then she sees each local hour, language, and opening
    await lina.sees("Tuesday, ")
    await lina.sees("10:00 · English · ")
    await lina.sees("10:00 · العربية · 3 people")
    await lina.sees("<@U0LINA> from Marketing asked me to write to everyone in “Building the product”.")
    await lina.sees("It took a quarter of an hour.")
    # And who is left out, for what is known already
    await lina.sees(EXCLUDED_TEXT)
    await lina.sees("Left out by you: Sean O’Brien")
    assert "Nadia Qamar" in message_text(shown)
    # And everybody by name in the table
    rows = await read_dry_run_table(app, lina)
    maya = next(row for row in rows if row[0] == "Maya Okafor")
    assert maya[1:5] == ["U0MAYA", phrase("choice-tech"), "Routes", phrase("choice-en")]
    assert maya[6:8] == ["10:00", "Europe/Berlin"]
    assert maya[8].startswith("Lina Haddad from Marketing asked me")
    assert not [row for row in rows[1:] if row[0].startswith(("=", "+", "@"))]
    # And nobody has heard of it
    assert await app.person("U0MAYA").messages() == []


async def test_two_dry_runs_around_one_refusal_do_not_tell_of_it(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)
    before = message_text(await show_dry_run(lina)), await read_dry_run_table(app, lina)
    await opt_out_users(app, "U0MAYA")
    await lina.opens_home()
    await lina.sees(phrase("desk-wave-dry"), where="home")
    last = await lina.last_message()
    await lina.clicks(phrase("desk-wave-dry"), where="home")
    shown = await lina.sees("Nothing has been sent.", after=last)
    await lina.sees(phrase("dry-file-name"), after=shown)

    assert (message_text(shown), await read_dry_run_table(app, lina)) == before
    assert "stay on the list like everybody else" in before[0]


async def test_before_any_list_nobody_is_in_a_segment_whatever_people_say(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a company known only from Slack, and somebody who chooses their segment
    omar, lina = app.person("U0OMAR"), app.person("U0LINA")
    await set_up_by_forms(omar, owner=["U0LINA"], sponsor=None)
    assert app.bot is not None
    await sync_everybody(app.bot.services, SyncRateLimit(page_size=100, pause_seconds=0))
    await maya.opens_home()
    await maya.sees(phrase("choice-tech"), where="home")
    await maya.clicks(phrase("choice-tech"), where="home")
    await maya.sees("*building the product*", where="home")
    # When an owner asks for that segment
    await show_dry_run(lina)
    # Then nobody is on the list, and everybody is left out for want of a segment
    await lina.sees("Nobody would be invited.")
    rows = await read_dry_run_table(app, lina)
    assert ["Maya Okafor", *[""] * 7, "Without a segment"] in rows


async def test_list_shows_what_the_owner_and_slack_know_and_not_what_people_chose(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given somebody on the list as building the product, in an English Slack
    lina = await set_up_programme(app)
    before = message_text(await show_dry_run(lina)), await read_dry_run_table(app, lina)
    # When they say that they work with customers, in Arabic
    await maya.opens_home()
    await maya.sees(phrase("choice-gtm"), where="home")
    await maya.clicks(phrase("choice-gtm"), where="home")
    await maya.sees("*working with customers*", where="home")
    await maya.clicks(phrase("choice-ar"), where="home")
    await maya.sees("*العمل مع العملاء*", where="home")
    # Then the list is what it was
    last = await lina.last_message()
    await lina.opens_home()
    await lina.clicks(phrase("desk-wave-dry"), where="home")
    shown = await lina.sees("Nothing has been sent.", after=last)
    await lina.sees(phrase("dry-file-name"), after=shown)
    assert (message_text(shown), await read_dry_run_table(app, lina)) == before


async def test_invalid_input_is_marked_at_its_field(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)

    refused = await submit_wave_form(
        lina, name=" ", whom=[], greeting="One\ntwo\nthree", opens_on="2001-01-01"
    )

    assert set(refused["errors"]) == {"name", "chosen", "greeting", "opens_on"}


async def test_changed_wave_is_shown_anew_and_the_older_dry_run_does_nothing_more(
    app: AppUnderTest,
) -> None:
    lina = await set_up_programme(app)
    first = await show_dry_run(lina, chosen_out=["U0SEAN"])
    await lina.clicks(phrase("dry-change"), in_message=first)
    await lina.sees(phrase("wave-greeting"), where="modal")
    await lina.submits({"name": "Summer", "chosen_out": []})
    second = await lina.sees("Dry run: Summer", after=first)
    assert "Sean" not in message_text(second)

    await lina.clicks(phrase("dry-drop"), in_message=first)
    await lina.sees(phrase("problem-no-wave"))
    await lina.clicks(phrase("dry-drop"), in_message=second)

    await lina.sees(phrase("wave-dropped"))
    await lina.opens_home()
    await lina.sees(phrase("desk-waves-none"), where="home")
    await lina.clicks(phrase("desk-log"), where="home")
    await lina.sees("threw away the invitation “Summer”", where="modal")


async def test_sample_shows_both_languages_and_its_buttons_do_nothing(app: AppUnderTest) -> None:
    lina = await set_up_programme(app)
    shown = await show_dry_run(lina, greeting="Two lines <at most> & no more")

    await lina.clicks(phrase("dry-sample"), in_message=shown)

    await lina.sees("A sample: this is what people see whose language is English.")
    await lina.sees("Two lines <at most> & no more", after=shown)
    await lina.sees("نموذج: هذا ما يراه من لغته العربية.", after=shown)
    await lina.sees("بطلب من <@U0LINA> من Marketing", after=shown)
    await lina.clicks(phrase("invitation-no", "ar"))
    await lina.sees(phrase("sample-pressed"))


@pytest.mark.parametrize("user", ["U0MAYA", "U0OMAR", "U0THEO"])
async def test_nobody_else_invites_whatever_they_send(app: AppUnderTest, user: str) -> None:
    await set_up_programme(app)
    other = app.person(user)
    await other.opens_home()
    await other.sees("stor", where="home")
    await other.has_not_seen(phrase("desk-invite"), where="home")
    button = {"type": "button", "action_id": WAVE_OPEN, "text": {"type": "plain_text", "text": "Go"}}
    block = {"type": "actions", "block_id": "forged", "elements": [{**button, "value": "~~~"}]}
    app.workspace.world.views.publish(user, {"type": "home", "blocks": [block]})

    await other.clicks("Go", where="home")
    await app.wait_until_idle()

    assert await other.modal() is None


async def test_form_and_dry_run_are_arabic_for_an_owner_who_reads_arabic(app: AppUnderTest) -> None:
    await set_up_programme(app)
    dana = app.person("U0DANA")
    await dana.opens_home()
    await dana.sees(phrase("desk-invite", "ar"), where="home")
    await dana.clicks(phrase("desk-invite", "ar"), where="home")
    await dana.sees(phrase("wave-greeting", "ar"), where="modal")
    await dana.submits({"name": "الربيع", "whom": ["gtm"], "teams": ["Routes"]})

    await dana.sees("تجربة: الربيع")
    await dana.sees("لم يُرسل شيء.")
    await dana.sees("الضيوف: ")
