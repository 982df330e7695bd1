"""The Home tab as blocks: within Slack's limits in both languages, whatever is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import LOCALES, Texts
from bot.views.home import home_view, no_access_home_view
from bot.views.home_model import HomeModel
from bot.views.privacy.consents import CONSENT_USES, home_consent_wording
from db.models import StoredDraft
from db.models.drafts import ChosenAnswer, DraftStatus, DraftStep, Question
from practice import limits
from tests.views.samples import MAYA, NOW, button_values, consent, draft_at_step, stored_draft, text_of_view


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """Texts in each language."""
    return Texts(request.param)


# --- the tab ---------------------------------------------------------------------------------------


def test_home_offers_to_start_when_nothing_is_stored(texts: Texts) -> None:
    view = home_view(HomeModel(MAYA, is_stored=False), texts)

    limits.validate_view(view, "home")
    assert [press.partition(" ")[0] for press in button_values(view)] == [
        "story:begin",
        "words:explain",
        "home:language",
    ]
    assert texts.say("home-new-what") in text_of_view(view)


@pytest.mark.parametrize("step", list(DraftStep))
@pytest.mark.parametrize("status", [DraftStatus.OPEN, DraftStatus.PAUSED])
def test_home_names_the_step_of_the_current_story(step: DraftStep, status: DraftStatus, texts: Texts) -> None:
    view = home_view(HomeModel(MAYA, drafts=(draft_at_step(step, status),)), texts)

    limits.validate_view(view, "home")
    assert "story:resume d9~~~" in button_values(view)
    assert text_of_view(texts.say("home-current-where", step=str(step)))[1:-1] in text_of_view(view)


def test_home_stays_within_slacks_limits_with_very_many_stories(texts: Texts) -> None:
    many = tuple(stored_draft(n, text="ا" * 4000) for n in range(60))
    aside = tuple(stored_draft(n, DraftStatus.ASIDE) for n in range(60, 90))
    consents = {use: consent(use, n % 2 == 0) for n, use in enumerate(CONSENT_USES)}

    view = home_view(
        HomeModel(MAYA, drafts=(*many, *aside, draft_at_step(DraftStep.TURN)), consents=consents), texts
    )

    limits.validate_view(view, "home")
    assert len(view["blocks"]) <= 70
    assert "story:list ~~~" in button_values(view)


def test_home_asks_whether_it_landed_only_without_an_answer(texts: Texts) -> None:
    def asked(one: StoredDraft) -> bool:
        return any(
            p.startswith("story:landed")
            for p in button_values(home_view(HomeModel(MAYA, drafts=(one,)), texts))
        )

    private = stored_draft()
    private = replace(
        private, draft=private.draft.with_answer(Question(DraftStep.TAKE), ChosenAnswer(("keep_private",)))
    )

    assert asked(stored_draft())
    assert not asked(stored_draft(landed="not_yet"))
    assert not asked(private)


def test_home_offers_the_other_language_only_once(texts: Texts) -> None:
    first, twin = stored_draft(1), stored_draft(2)
    twin = replace(twin, draft=replace(twin.draft, translation_of="d1"))

    assert "story:second d1~~~" in button_values(home_view(HomeModel(MAYA, drafts=(first,)), texts))
    assert not any(
        "story:second" in p for p in button_values(home_view(HomeModel(MAYA, drafts=(first, twin)), texts))
    )


def test_consents_are_each_shown_with_the_button_that_changes_them(texts: Texts) -> None:
    consents = {"counting": consent("counting", True), "highlight": consent("highlight", False)}

    pressed = button_values(home_view(HomeModel(MAYA, drafts=(stored_draft(),), consents=consents), texts))

    assert [p for p in pressed if p.startswith("consent:set")] == [
        "consent:set ~~no~counting",
        "consent:set ~~yes~highlight",
        "consent:set ~~yes~ask-post",
        "consent:set ~~yes~ask-event",
        "consent:set ~~yes~ask-blog",
        "consent:set ~~yes~ask-candidate",
    ]


def test_dates_are_those_of_the_persons_own_zone() -> None:
    riyadh = replace(MAYA, tz="Asia/Riyadh")
    model = HomeModel(riyadh, drafts=(stored_draft(),), consents={"counting": consent("counting", True)})

    assert "since 2 March 2027" in text_of_view(home_view(model, Texts("en")))
    assert "منذ 2 مارس 2027" in text_of_view(home_view(model, Texts("ar")))
    assert "since 1 March 2027" in text_of_view(
        home_view(replace(model, person=replace(riyadh, tz="Mars/Base")), Texts("en"))
    )


@pytest.mark.parametrize("use", CONSENT_USES)
def test_wording_kept_holds_the_question_and_the_button(use: str, texts: Texts) -> None:
    assert (
        home_consent_wording(use, True, texts)
        == f"{texts.label(f'consent-{use}')} [{texts.label('consent-give')}]"
    )
    assert home_consent_wording(use, False, texts).endswith(f"[{texts.label('consent-take-back')}]")


def test_writing_first_is_off_after_a_stop(texts: Texts) -> None:
    stopped = HomeModel(replace(MAYA, stopped_at=NOW), has_opted_out=True)

    assert "first:set ~~yes~" in button_values(home_view(stopped, texts))
    assert "first:set ~~no~" in button_values(home_view(HomeModel(MAYA), texts))


def test_users_words_are_never_markup_on_home(texts: Texts) -> None:
    view = home_view(HomeModel(MAYA, drafts=(stored_draft(text="<!channel> *hi* & <@U0LINA>"),)), texts)

    holding = [b["text"] for b in view["blocks"] if "channel" in str(b.get("text"))]
    assert [t["type"] for t in holding] == ["plain_text"]


def test_guest_reads_one_sentence(texts: Texts) -> None:
    limits.validate_view(no_access_home_view(texts.say("problem-guest", company="Qamar Labs")), "home")
