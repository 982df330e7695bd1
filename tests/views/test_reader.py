"""Reading one's stories, everything held, and deleting it all, as modals within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.i18n import LOCALES, Texts
from bot.views.home_model import Shelf
from bot.views.privacy.personal_data import (
    COUNTED,
    SOMETIMES,
    Holdings,
    erase_modal,
    erase_sure_modal,
    erased_modal,
    farewell,
    held_modal,
    is_sure,
)
from bot.views.privacy.policy import words_modal
from bot.views.stories.reader import list_modal, read_modal, versions_modal
from db.models import Version
from db.models.drafts import Language, Question, Said, Step, Written
from practice import limits
from tests.views.shelves import MATERIAL, MAYA, NOW, consent, pressed_in, stored, words_of


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """The words of each language."""
    return Texts(request.param)


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 3000, 3001, 40_000])
@pytest.mark.parametrize("letter", ["a", "ق", "&", "😀"])
def test_reading_shows_a_story_of_any_length_without_loss(length: int, letter: str, texts: Texts) -> None:
    one = stored(text=letter * length)

    shown, page = "", 0
    while True:
        view = read_modal(one, MATERIAL, texts, page)
        limits.view(view, "modal")
        shown += "".join(_preformatted(view))
        if f"page:turn d1~~{page + 1}~read" not in pressed_in(view):
            break
        page += 1
    assert shown == letter * length


def test_reading_shows_the_line_under_the_name_and_the_share(texts: Texts) -> None:
    one = stored()
    headline = Written((Said("Keeps fridges honest", "Keeps fridges honest"),))
    one = replace(one, draft=one.draft.answered(Question(Step.HEADLINE), headline))

    view = words_of(read_modal(one, MATERIAL, texts))

    assert "Keeps fridges honest" in view
    assert words_of(texts.say("share-no-cards"))[1:-1] in view


def test_versions_are_shown_in_full_newest_first(texts: Texts) -> None:
    long = "A sentence that goes on. " * 400
    versions = tuple(
        Version("T0QAMAR", "U0MAYA", "d1", n, f"{n} {long}", "", "edited", NOW + timedelta(hours=n))
        for n in range(1, 13)
    )

    shown, page = "", 0
    while True:
        view = versions_modal((stored(), versions), MATERIAL, "Europe/Berlin", texts, page=page)
        limits.view(view, "modal")
        shown += "".join(
            b["text"]["text"] for b in view["blocks"] if b.get("text", {}).get("type") == "plain_text"
        )
        if f"page:turn d1~~{page + 1}~versions" not in pressed_in(view):
            break
        page += 1
    assert "".join(shown.split()) == "".join("".join(f"{n} {long}" for n in range(12, 0, -1)).split())


def test_list_holds_every_story_over_its_pages(texts: Texts) -> None:
    shelf = Shelf(MAYA, drafts=tuple(stored(n) for n in range(70)))

    read: list[str] = []
    for page in range(10):
        view = list_modal(shelf, texts, page)
        limits.view(view, "modal")
        read += [p for p in pressed_in(view) if p.startswith("story:read")]
        if not any(p.startswith(f"page:turn ~~{page + 1}~") for p in pressed_in(view)):
            break
    assert sorted(read) == sorted(f"story:read d{n}~~~" for n in range(70))


def _preformatted(view: dict[str, Any]) -> list[str]:
    rich = [block for block in view["blocks"] if block["type"] == "rich_text"]
    return [part["text"] for block in rich for element in block["elements"] for part in element["elements"]]


# --- held, and deleting ----------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, 1, 2, 5, 11, 100])
def test_holdings_name_every_kind_in_every_number(n: int, texts: Texts) -> None:
    counts = dict.fromkeys((*COUNTED, *SOMETIMES), n)
    held = Holdings(MAYA, tuple(stored(k) for k in range(n)), (consent("counting", True),) * n, counts)

    view = held_modal(held, texts)

    limits.view(view, "modal")
    assert "held:take ~~~" in pressed_in(view)


def test_nothing_held_is_said_in_so_many_words(texts: Texts) -> None:
    view = held_modal(Holdings(), texts)

    limits.view(view, "modal")
    assert texts.say("held-nothing") in words_of(view)


def test_every_modal_of_deleting_fits(texts: Texts) -> None:
    for view in (erase_modal(texts), erase_modal(texts, sent=True), erase_sure_modal(texts)):
        limits.view(view, "modal")
    for n in (0, 1, 2, 7, 40, 100):
        limits.view(erased_modal(n, texts), "modal")
        assert texts.say("erase-done") in farewell(n, texts).text


def test_only_a_tick_is_sure() -> None:
    def submitted(chosen: Any) -> dict[str, Any]:
        return {
            "state": {"values": {"sure": {"erase:tick": {"type": "checkboxes", "selected_options": chosen}}}}
        }

    assert is_sure(submitted([{"value": "yes"}]))
    assert not is_sure(submitted([]))
    assert not is_sure(submitted(None))
    assert not is_sure({})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_happens_to_my_words_names_who_could_see_them(language: Language) -> None:
    view = words_modal("Qamar Labs", Texts(language))

    limits.view(view, "modal")
    assert "Slack" in words_of(view)
    assert "Qamar Labs" in words_of(view)
