"""Notices can be put off, silenced and stopped from the message itself, within Slack's limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.conversation.preference_phrases import PreferenceRequest, parse_preference
from bot.i18n import LOCALES, Texts
from bot.ids import action_suffix, base_action_id
from bot.payloads import (
    ButtonPayload,
    EmptyPayload,
    InvitationPayload,
    PreferencePayload,
    SnoozableKind,
    SnoozePayload,
)
from bot.rules.audiences import AudienceReason
from bot.rules.reminder_schedule import SnoozeChoice
from bot.views.blocks import Message
from bot.views.delivery import snooze
from bot.views.delivery.notice_layout import landing_question_notice_message, paused_story_notice_message
from bot.views.home import home_view
from bot.views.home_model import HomeModel
from bot.views.waves.invitation import (
    InvitationDetails,
    invitation_message,
    reminder_or_snoozed_message,
    snooze_choice_message,
)
from practice import limits
from tests.views.block_inspection import button_labels, interactive_elements, is_within_message_limits
from tests.views.samples import MAYA, button_values, stored_draft

ASKED = InvitationDetails(
    "U0LINA", "Lina Haddad", "Marketing", AudienceReason.SEGMENT, "Building the product", "", "Qamar Labs"
)
DAY = date(2027, 3, 12)


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """Texts in each language."""
    return Texts(request.param)


def date_pickers(blocks: object) -> list[tuple[str, str]]:
    """Return the action and the packed payload of each date picker."""
    found = [e["action_id"] for e in interactive_elements(blocks) if e["type"] == "datepicker"]
    return [(base_action_id(action_id), action_suffix(action_id)) for action_id in found]


def picker(action_id: str, payload: ButtonPayload) -> tuple[str, str]:
    """Return the action and the packed payload of an expected date picker."""
    return action_id, payload.pack()


@pytest.mark.parametrize("preference", PreferenceRequest)
def test_button_of_a_preference_offer_names_the_preference(
    preference: PreferenceRequest, texts: Texts
) -> None:
    payload = PreferencePayload("d1", preference, "1.000100")
    message = snooze.misread_preference_offer_message(payload, texts)

    assert is_within_message_limits(message)
    (element,) = interactive_elements(message.blocks)
    assert PreferencePayload.unpack(element["value"]) == payload
    assert parse_preference(element["text"]["text"]) is preference
    taken = snooze.preference_granted_message(preference, texts)
    assert is_within_message_limits(taken)
    assert list(interactive_elements(taken.blocks)) == []
    assert element["text"]["text"] in taken.text


def test_later_offers_every_choice_a_date_and_a_quiet_period(texts: Texts) -> None:
    message = snooze_choice_message("w1", texts)

    assert is_within_message_limits(message)
    names = ("later_today", "tomorrow", "next_week", "no")
    assert button_labels(message.blocks) == [texts.label(f"invitation-{name}") for name in names]
    assert date_pickers(message.blocks) == [
        picker("invitation:answer", InvitationPayload("w1", "date")),
        picker("quiet:set", EmptyPayload()),
    ]


@pytest.mark.parametrize("n", ["first", "second", "again"])
def test_every_message_about_a_wave_has_fewer_and_stop(n: str, texts: Texts) -> None:
    for message in (
        invitation_message(ASKED, "w1", texts),
        reminder_or_snoozed_message(ASKED, "w1", n, texts),
    ):
        assert is_within_message_limits(message)
        assert {texts.label("invitation-fewer"), texts.label("invitation-stop")} <= set(
            button_labels(message.blocks)
        )


@pytest.mark.parametrize("again", [False, True])
def test_notice_is_put_off_in_one_click_and_gives_its_reason(again: bool, texts: Texts) -> None:
    notices: tuple[tuple[SnoozableKind, Callable[..., Message]], ...] = (
        ("paused", paused_story_notice_message),
        ("landed", landing_question_notice_message),
    )
    for kind, draw in notices:
        message = draw(stored_draft(), "Europe/Berlin", texts, again=again)

        assert is_within_message_limits(message)
        assert texts.label("home-first-stop") in button_labels(message.blocks)
        assert {texts.label(f"invitation-{when}") for when in SnoozeChoice} <= set(
            button_labels(message.blocks)
        )
        assert date_pickers(message.blocks) == [
            picker("notice:again", SnoozePayload("d1", kind, "date")),
            picker("quiet:set", EmptyPayload()),
        ]
        assert (texts.say("notice-again-why") in message.text) is again


def test_replies_to_a_preference_are_within_limits_and_can_be_pressed(texts: Texts) -> None:
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
    model = HomeModel(MAYA, drafts=(stored_draft(),))

    usual, quiet = home_view(model, texts), home_view(replace(model, quiet_until=DAY), texts)
    stopped = home_view(replace(model, has_opted_out=True, quiet_until=DAY), texts)

    for view in (usual, quiet, stopped):
        limits.validate_view(view, "home")
    assert date_pickers(usual) == date_pickers(quiet) == [picker("quiet:set", EmptyPayload())]
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
    model = HomeModel(MAYA, drafts=(stored_draft(),))
    fewer = replace(model, person=replace(MAYA, fewer_at=MAYA.fetched_at))

    assert "fewer:set ~~yes~" in button_values(home_view(model, texts))
    assert "fewer:set ~~no~" in button_values(home_view(fewer, texts))
