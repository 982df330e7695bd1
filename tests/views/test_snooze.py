"""What is said unasked can be put off, made quiet and ended from the message itself, within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.conversation.preference_phrases import Wish, wished
from bot.i18n import LOCALES, Texts
from bot.ids import Carried, after_the_bar, plain
from bot.views.blocks import Message
from bot.views.delivery import snooze
from bot.views.delivery.notice_layout import landed, paused
from bot.views.home import home
from bot.views.home_model import Shelf
from bot.views.waves.invitation import Asked, invitation, later_choice, reminder
from practice import limits
from tests.views.screens import elements, labels, within_limits
from tests.views.shelves import MAYA, pressed_in, stored

ASKED = Asked("U0LINA", "Lina Haddad", "Marketing", "segment", "Building the product", "", "Qamar Labs")
DAY = date(2027, 3, 12)


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """The words of each language."""
    return Texts(request.param)


def dates(blocks: object) -> list[tuple[str, Carried]]:
    """What each date picker does, and what it carries."""
    found = [e["action_id"] for e in elements(blocks) if e["type"] == "datepicker"]
    return [(plain(action_id), Carried.unpack(after_the_bar(action_id))) for action_id in found]


@pytest.mark.parametrize("wish", Wish)
def test_what_else_a_word_may_mean_stands_on_its_button(wish: Wish, texts: Texts) -> None:
    message = snooze.offer(wish, Carried("d1", about="1.000100"), texts)

    assert within_limits(message)
    (element,) = elements(message.blocks)
    assert Carried.unpack(element["value"]) == Carried("d1", choice=wish, about="1.000100")
    assert wished(element["text"]["text"]) is wish
    taken = snooze.offer_taken(wish, texts)
    assert within_limits(taken)
    assert list(elements(taken.blocks)) == []
    assert element["text"]["text"] in taken.text


def test_under_later_stand_every_choice_a_date_and_quiet(texts: Texts) -> None:
    message = later_choice("w1", texts)

    assert within_limits(message)
    names = ("later_today", "tomorrow", "next_week", "no")
    assert labels(message.blocks) == [texts.label(f"invitation-{name}") for name in names]
    assert dates(message.blocks) == [
        ("invitation:answer", Carried(choice="date", about="w1")),
        ("quiet:set", Carried()),
    ]


@pytest.mark.parametrize("n", ["first", "second", "again"])
def test_every_message_about_a_wave_has_fewer_and_stop(n: str, texts: Texts) -> None:
    for message in (invitation(ASKED, "w1", texts), reminder(ASKED, "w1", n, texts)):
        assert within_limits(message)
        assert {texts.label("invitation-fewer"), texts.label("invitation-stop")} <= set(
            labels(message.blocks)
        )


@pytest.mark.parametrize("again", [False, True])
def test_what_is_owed_is_put_off_in_one_click_and_says_why_it_came(again: bool, texts: Texts) -> None:
    for about, draw in (("paused", paused), ("landed", landed)):
        message: Message = draw(stored(), "Europe/Berlin", texts, again=again)

        assert within_limits(message)
        assert texts.label("home-first-stop") in labels(message.blocks)
        assert {texts.label(f"invitation-{when}") for when in snooze.LATER} <= set(labels(message.blocks))
        assert dates(message.blocks) == [
            ("notice:again", Carried("d1", choice="date", about=about)),
            ("quiet:set", Carried()),
        ]
        assert (texts.say("notice-again-why") in message.text) is again


def test_what_answers_a_wish_is_within_limits_and_can_be_pressed(texts: Texts) -> None:
    limits.view(snooze.not_choosable(texts), "modal")
    quiet, unread = snooze.quiet(DAY, texts), snooze.unread_date(DAY, texts)
    at = datetime(2027, 3, 12, 8, 0, tzinfo=UTC)

    assert all(within_limits(m) for m in (quiet, unread, snooze.comes_again(at, "Asia/Riyadh", texts)))
    assert [e["type"] for m in (quiet, unread) for e in elements(m.blocks)] == ["button", "datepicker"]


def test_home_offers_quiet_shows_until_when_and_ends_it(texts: Texts) -> None:
    shelf = Shelf(MAYA, drafts=(stored(),))

    usual, quiet = home(shelf, texts), home(replace(shelf, quiet_until=DAY), texts)
    stopped = home(replace(shelf, silent=True, quiet_until=DAY), texts)

    for view in (usual, quiet, stopped):
        limits.view(view, "home")
    assert dates(usual) == dates(quiet) == [("quiet:set", Carried())]
    assert [e.get("initial_date") for e in elements(quiet) if e["type"] == "datepicker"] == ["2027-03-12"]
    assert ["quiet:end ~~~" in pressed_in(view) for view in (usual, quiet, stopped)] == [False, True, False]
    assert dates(stopped) == []


def test_home_offers_fewer_and_takes_it_back(texts: Texts) -> None:
    shelf = Shelf(MAYA, drafts=(stored(),))
    fewer = replace(shelf, person=replace(MAYA, fewer_at=MAYA.fetched_at))

    assert "fewer:set ~~yes~" in pressed_in(home(shelf, texts))
    assert "fewer:set ~~no~" in pressed_in(home(fewer, texts))
