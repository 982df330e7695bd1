"""The Home tab as blocks: within Slack's limits in both languages, whatever is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import LOCALES, Texts
from bot.views.home import home, turned_away
from bot.views.home_model import Shelf
from bot.views.privacy.consents import USES, wording
from db.models import StoredDraft
from db.models.drafts import Chosen, Question, Status, Step
from practice import limits
from tests.views.shelves import MAYA, NOW, at_step, consent, pressed_in, stored, words_of


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """The words of each language."""
    return Texts(request.param)


# --- the tab ---------------------------------------------------------------------------------------


def test_home_is_a_beginning_when_nothing_is_stored(texts: Texts) -> None:
    view = home(Shelf(MAYA, stored=False), texts)

    limits.view(view, "home")
    assert [press.partition(" ")[0] for press in pressed_in(view)] == [
        "story:begin",
        "words:explain",
        "home:language",
    ]
    assert texts.say("home-new-what") in words_of(view)


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("status", [Status.OPEN, Status.PAUSED])
def test_home_says_where_a_story_stands_at_every_step(step: Step, status: Status, texts: Texts) -> None:
    view = home(Shelf(MAYA, drafts=(at_step(step, status),)), texts)

    limits.view(view, "home")
    assert "story:resume d9~~~" in pressed_in(view)
    assert words_of(texts.say("home-current-where", step=str(step)))[1:-1] in words_of(view)


def test_home_stays_within_slacks_limits_with_very_many_stories(texts: Texts) -> None:
    many = tuple(stored(n, text="ا" * 4000) for n in range(60))
    aside = tuple(stored(n, Status.ASIDE) for n in range(60, 90))
    consents = {use: consent(use, n % 2 == 0) for n, use in enumerate(USES)}

    view = home(Shelf(MAYA, drafts=(*many, *aside, at_step(Step.TURN)), consents=consents), texts)

    limits.view(view, "home")
    assert len(view["blocks"]) <= 70
    assert "story:list ~~~" in pressed_in(view)


def test_home_asks_whether_it_landed_only_when_that_is_not_said(texts: Texts) -> None:
    def asked(one: StoredDraft) -> bool:
        return any(p.startswith("story:landed") for p in pressed_in(home(Shelf(MAYA, drafts=(one,)), texts)))

    private = stored()
    private = replace(private, draft=private.draft.answered(Question(Step.TAKE), Chosen(("keep_private",))))

    assert asked(stored())
    assert not asked(stored(landed="not_yet"))
    assert not asked(private)


def test_home_offers_the_other_language_only_once(texts: Texts) -> None:
    first, twin = stored(1), stored(2)
    twin = replace(twin, draft=replace(twin.draft, twin="d1"))

    assert "story:second d1~~~" in pressed_in(home(Shelf(MAYA, drafts=(first,)), texts))
    assert not any("story:second" in p for p in pressed_in(home(Shelf(MAYA, drafts=(first, twin)), texts)))


def test_consents_are_each_shown_with_the_button_that_changes_them(texts: Texts) -> None:
    consents = {"counting": consent("counting", True), "highlight": consent("highlight", False)}

    pressed = pressed_in(home(Shelf(MAYA, drafts=(stored(),), consents=consents), texts))

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
    shelf = Shelf(riyadh, drafts=(stored(),), consents={"counting": consent("counting", True)})

    assert "since 2 March 2027" in words_of(home(shelf, Texts("en")))
    assert "منذ 2 مارس 2027" in words_of(home(shelf, Texts("ar")))
    assert "since 1 March 2027" in words_of(
        home(replace(shelf, person=replace(riyadh, tz="Mars/Base")), Texts("en"))
    )


@pytest.mark.parametrize("use", USES)
def test_wording_kept_holds_the_question_and_the_button(use: str, texts: Texts) -> None:
    assert wording(use, True, texts) == f"{texts.label(f'consent-{use}')} [{texts.label('consent-give')}]"
    assert wording(use, False, texts).endswith(f"[{texts.label('consent-take-back')}]")


def test_writing_first_is_off_after_a_stop(texts: Texts) -> None:
    stopped = Shelf(replace(MAYA, stopped_at=NOW), silent=True)

    assert "first:set ~~yes~" in pressed_in(home(stopped, texts))
    assert "first:set ~~no~" in pressed_in(home(Shelf(MAYA), texts))


def test_users_words_are_never_markup_on_home(texts: Texts) -> None:
    view = home(Shelf(MAYA, drafts=(stored(text="<!channel> *hi* & <@U0LINA>"),)), texts)

    holding = [b["text"] for b in view["blocks"] if "channel" in str(b.get("text"))]
    assert [t["type"] for t in holding] == ["plain_text"]


def test_guest_reads_one_sentence(texts: Texts) -> None:
    limits.view(turned_away(texts.say("problem-guest", company="Qamar Labs")), "home")
