"""What is said unasked can be put off, made quiet and ended from the message itself, within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.conversation.preference_phrases import PreferenceRequest, parse_preference
from bot.i18n import LOCALES, Texts
from bot.ids import ButtonPayload, action_suffix, base_action_id
from bot.views.blocks import Message
from bot.views.delivery import snooze
from bot.views.delivery.notice_layout import landed_notice_message, paused_notice_message
from bot.views.home import home_view
from bot.views.home_model import HomeModel
from bot.views.waves.invitation import (
    InvitationDetails,
    invitation_message,
    reminder_message,
    snooze_choice_message,
)
from practice import limits
from tests.views.block_inspection import button_labels, interactive_elements, is_within_message_limits
from tests.views.samples import MAYA, button_values, stored_draft

ASKED = InvitationDetails(
    "U0LINA", "Lina Haddad", "Marketing", "segment", "Building the product", "", "Qamar Labs"
)
DAY = date(2027, 3, 12)


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """The words of each language."""
    return Texts(request.param)


def date_pickers(blocks: object) -> list[tuple[str, ButtonPayload]]:
    """What each date picker does, and what it carries."""
    found = [e["action_id"] for e in interactive_elements(blocks) if e["type"] == "datepicker"]
    return [
        (base_action_id(action_id), ButtonPayload.unpack(action_suffix(action_id))) for action_id in found
    ]


@pytest.mark.parametrize("wish", PreferenceRequest)
def test_what_else_a_word_may_mean_stands_on_its_button(wish: PreferenceRequest, texts: Texts) -> None:
    message = snooze.preference_offer_message(wish, ButtonPayload("d1", subject="1.000100"), texts)

    assert is_within_message_limits(message)
    (element,) = interactive_elements(message.blocks)
    assert ButtonPayload.unpack(element["value"]) == ButtonPayload("d1", choice=wish, subject="1.000100")
    assert parse_preference(element["text"]["text"]) is wish
    taken = snooze.preference_granted_message(wish, texts)
    assert is_within_message_limits(taken)
    assert list(interactive_elements(taken.blocks)) == []
    assert element["text"]["text"] in taken.text


def test_under_later_stand_every_choice_a_date_and_quiet(texts: Texts) -> None:
    message = snooze_choice_message("w1", texts)

    assert is_within_message_limits(message)
    names = ("later_today", "tomorrow", "next_week", "no")
    assert button_labels(message.blocks) == [texts.label(f"invitation-{name}") for name in names]
    assert date_pickers(message.blocks) == [
        ("invitation:answer", ButtonPayload(choice="date", subject="w1")),
        ("quiet:set", ButtonPayload()),
    ]


@pytest.mark.parametrize("n", ["first", "second", "again"])
def test_every_message_about_a_wave_has_fewer_and_stop(n: str, texts: Texts) -> None:
    for message in (invitation_message(ASKED, "w1", texts), reminder_message(ASKED, "w1", n, texts)):
        assert is_within_message_limits(message)
        assert {texts.label("invitation-fewer"), texts.label("invitation-stop")} <= set(
            button_labels(message.blocks)
        )


@pytest.mark.parametrize("again", [False, True])
def test_what_is_owed_is_put_off_in_one_click_and_says_why_it_came(again: bool, texts: Texts) -> None:
    for about, draw in (("paused", paused_notice_message), ("landed", landed_notice_message)):
        message: Message = draw(stored_draft(), "Europe/Berlin", texts, again=again)

        assert is_within_message_limits(message)
        assert texts.label("home-first-stop") in button_labels(message.blocks)
        assert {texts.label(f"invitation-{when}") for when in snooze.SNOOZE_CHOICES} <= set(
            button_labels(message.blocks)
        )
        assert date_pickers(message.blocks) == [
            ("notice:again", ButtonPayload("d1", choice="date", subject=about)),
            ("quiet:set", ButtonPayload()),
        ]
        assert (texts.say("notice-again-why") in message.text) is again


def test_what_answers_a_wish_is_within_limits_and_can_be_pressed(texts: Texts) -> None:
    limits.validate_view(snooze.invalid_date_modal(texts), "modal")
    quiet, unread = snooze.quiet_set_message(DAY, texts), snooze.unreadable_date_message(DAY, texts)
    at = datetime(2027, 3, 12, 8, 0, tzinfo=UTC)

    assert all(
        is_within_message_limits(m) for m in (quiet, unread, snooze.snoozed_message(at, "Asia/Riyadh", texts))
    )
    assert [e["type"] for m in (quiet, unread) for e in interactive_elements(m.blocks)] == [
        "button",
        "datepicker",
    ]


def test_home_offers_quiet_shows_until_when_and_ends_it(texts: Texts) -> None:
    shelf = HomeModel(MAYA, drafts=(stored_draft(),))

    usual, quiet = home_view(shelf, texts), home_view(replace(shelf, quiet_until=DAY), texts)
    stopped = home_view(replace(shelf, has_opted_out=True, quiet_until=DAY), texts)

    for view in (usual, quiet, stopped):
        limits.validate_view(view, "home")
    assert date_pickers(usual) == date_pickers(quiet) == [("quiet:set", ButtonPayload())]
    assert [e.get("initial_date") for e in interactive_elements(quiet) if e["type"] == "datepicker"] == [
        "2027-03-12"
    ]
    assert ["quiet:end ~~~" in button_values(view) for view in (usual, quiet, stopped)] == [
        False,
        True,
        False,
    ]
    assert date_pickers(stopped) == []


def test_home_offers_fewer_and_takes_it_back(texts: Texts) -> None:
    shelf = HomeModel(MAYA, drafts=(stored_draft(),))
    fewer = replace(shelf, person=replace(MAYA, fewer_at=MAYA.fetched_at))

    assert "fewer:set ~~yes~" in button_values(home_view(shelf, texts))
    assert "fewer:set ~~no~" in button_values(home_view(fewer, texts))
