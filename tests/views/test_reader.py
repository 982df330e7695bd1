"""The modals for reading stories, showing personal data, and erasing it: within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.i18n import LOCALES, Texts
from bot.views.home_model import HomeModel
from bot.views.privacy.personal_data import (
    COUNTED_KINDS,
    OPTIONAL_KINDS,
    PersonalDataModel,
    confirm_erasure_modal,
    erased_message,
    erasure_done_modal,
    explain_erasure_modal,
    is_erasure_confirmed,
    personal_data_summary_modal,
)
from bot.views.privacy.policy import privacy_policy_modal
from bot.views.stories.reader import finished_stories_modal, story_modal, versions_modal
from db.models import StoryVersion
from db.models.drafts import DraftStep, PersonMessage, Question, StoryLanguage, WrittenAnswer
from practice import limits
from tests.views.samples import MATERIAL, MAYA, NOW, button_values, consent, stored_draft, text_of_view


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """Texts in each language."""
    return Texts(request.param)


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 3000, 3001, 40_000])
@pytest.mark.parametrize("letter", ["a", "ق", "&", "😀"])
def test_reading_shows_a_story_of_any_length_without_loss(length: int, letter: str, texts: Texts) -> None:
    one = stored_draft(text=letter * length)

    shown, page = "", 0
    while True:
        view = story_modal(one, MATERIAL, texts, page)
        limits.validate_view(view, "modal")
        shown += "".join(_preformatted(view))
        if f"page:turn d1~~{page + 1}~read" not in button_values(view):
            break
        page += 1
    assert shown == letter * length


def test_reading_shows_the_line_under_the_name_and_the_share(texts: Texts) -> None:
    one = stored_draft()
    headline = WrittenAnswer((PersonMessage("Keeps fridges honest", "Keeps fridges honest"),))
    one = replace(one, draft=one.draft.with_answer(Question(DraftStep.HEADLINE), headline))

    view = text_of_view(story_modal(one, MATERIAL, texts))

    assert "Keeps fridges honest" in view
    assert text_of_view(texts.say("share-no-cards"))[1:-1] in view


def test_versions_are_shown_in_full_newest_first(texts: Texts) -> None:
    long = "A sentence that goes on. " * 400
    versions = tuple(
        StoryVersion("T0QAMAR", "U0MAYA", "d1", n, f"{n} {long}", "", "edited", NOW + timedelta(hours=n))
        for n in range(1, 13)
    )

    shown, page = "", 0
    while True:
        view = versions_modal((stored_draft(), versions), MATERIAL, "Europe/Berlin", texts, page=page)
        limits.validate_view(view, "modal")
        shown += "".join(
            b["text"]["text"] for b in view["blocks"] if b.get("text", {}).get("type") == "plain_text"
        )
        if f"page:turn d1~~{page + 1}~versions" not in button_values(view):
            break
        page += 1
    assert "".join(shown.split()) == "".join("".join(f"{n} {long}" for n in range(12, 0, -1)).split())


def test_list_holds_every_story_over_its_pages(texts: Texts) -> None:
    model = HomeModel(MAYA, drafts=tuple(stored_draft(n) for n in range(70)))

    read: list[str] = []
    for page in range(10):
        view = finished_stories_modal(model, texts, page)
        limits.validate_view(view, "modal")
        read += [p for p in button_values(view) if p.startswith("story:read")]
        if not any(p.startswith(f"page:turn ~~{page + 1}~") for p in button_values(view)):
            break
    assert sorted(read) == sorted(f"story:read d{n}~~~" for n in range(70))


def _preformatted(view: dict[str, Any]) -> list[str]:
    rich = [block for block in view["blocks"] if block["type"] == "rich_text"]
    return [part["text"] for block in rich for element in block["elements"] for part in element["elements"]]


# --- held, and deleting ----------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, 1, 2, 5, 11, 100])
def test_holdings_name_every_kind_in_every_number(n: int, texts: Texts) -> None:
    counts = dict.fromkeys((*COUNTED_KINDS, *OPTIONAL_KINDS), n)
    held = PersonalDataModel(
        MAYA, tuple(stored_draft(k) for k in range(n)), (consent("counting", True),) * n, counts
    )

    view = personal_data_summary_modal(held, texts)

    limits.validate_view(view, "modal")
    assert "held:take ~~~" in button_values(view)


def test_absence_of_personal_data_is_stated(texts: Texts) -> None:
    view = personal_data_summary_modal(PersonalDataModel(), texts)

    limits.validate_view(view, "modal")
    assert texts.say("held-nothing") in text_of_view(view)


def test_every_modal_of_deleting_fits(texts: Texts) -> None:
    for view in (
        explain_erasure_modal(texts),
        explain_erasure_modal(texts, export_sent=True),
        confirm_erasure_modal(texts),
    ):
        limits.validate_view(view, "modal")
    for n in (0, 1, 2, 7, 40, 100):
        limits.validate_view(erasure_done_modal(n, texts), "modal")
        assert texts.say("erase-done") in erased_message(n, texts).text


def test_only_a_tick_is_sure() -> None:
    def submitted(chosen: Any) -> dict[str, Any]:
        return {
            "state": {"values": {"sure": {"erase:tick": {"type": "checkboxes", "selected_options": chosen}}}}
        }

    assert is_erasure_confirmed(submitted([{"value": "yes"}]))
    assert not is_erasure_confirmed(submitted([]))
    assert not is_erasure_confirmed(submitted(None))
    assert not is_erasure_confirmed({})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_happens_to_my_words_names_who_could_see_them(language: StoryLanguage) -> None:
    view = privacy_policy_modal("Qamar Labs", Texts(language))

    limits.validate_view(view, "modal")
    assert "Slack" in text_of_view(view)
    assert "Qamar Labs" in text_of_view(view)
