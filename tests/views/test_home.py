"""The Home tab and its modals as blocks: within Slack's limits in both languages, whatever is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.content import starter_bank
from bot.conversation.state import Chosen, Draft, Language, Question, Said, Status, Step, Written
from bot.conversation.turns import Context, Material
from bot.texts import LOCALES, Texts
from bot.views.agreements import USES, wording
from bot.views.holdings import (
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
from bot.views.home import home, turned_away
from bot.views.privacy import words_modal
from bot.views.readings import list_modal, read_modal, versions_modal
from bot.views.shelves import Shelf
from db.models import Consent, Landed, Person, StoredDraft, Version
from practice import limits

NOW = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
MAYA = Person("T0QAMAR", "U0MAYA", "maya", "Maya Okafor", NOW, "Maya", "en-US", "Europe/Berlin")
MATERIAL = Material(starter_bank(), Context())


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """The words of each language."""
    return Texts(request.param)


def stored(
    number: int = 1,
    status: Status = Status.FINISHED,
    *,
    text: str = "I mend radios.",
    landed: Landed | None = None,
) -> StoredDraft:
    """A draft as it lies in the database, a day younger with each number."""
    draft = Draft(f"d{number}", Question(Step.DONE), status, 3, "en", edited=text or None)
    at = NOW + timedelta(days=number)
    finished = at if status is Status.FINISHED else None
    return StoredDraft("T0QAMAR", "U0MAYA", draft, at, at, finished_at=finished, landed=landed)


def at_step(step: Step, status: Status = Status.OPEN) -> StoredDraft:
    """A story in progress that stands at this step."""
    one = stored(9, status, text="")
    return replace(one, draft=replace(one.draft, at=Question(step), language=None))


def consent(use: str, given: bool) -> Consent:
    """A yes or a no."""
    return Consent("T0QAMAR", "U0MAYA", use, given, "…", "en", NOW)


def words_of(view: Any) -> str:
    """Every word of a view, for looking for some."""
    words = json.dumps(view, ensure_ascii=False).replace("\\n", "\n")
    return words.translate(dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069)))


def pressed_in(view: dict[str, Any]) -> list[str]:
    """The values of every button."""
    found = []
    for block in view["blocks"]:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button":
                found.append(f"{element['action_id'].partition('|')[0]} {element['value']}")
    return found


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
        view = versions_modal(stored(), versions, "Europe/Berlin", texts, page=page)
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
