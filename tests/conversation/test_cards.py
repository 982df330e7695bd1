"""The lines: cards kept, left, put otherwise and merged, lines of one's own, pages turned, the balance offered."""

from __future__ import annotations

import pytest

from bot.conversation.compose import filled
from bot.conversation.dealing import deal
from bot.conversation.plan import page_cards
from bot.conversation.side_effects import shown
from bot.conversation.turns import Ask, Opened, Redraw, Remark
from db.models.drafts import Chosen, Question, Skipped, Step
from tests.conversation.dialogues import BANK, COMPANY, CULTURE, DEAL, MATERIAL, Dialogue, at

FIRST, SECOND = CULTURE[0], CULTURE[1]


def lines_open() -> Dialogue:
    """At the first page of cards."""
    return at(Step.LINES).opens_the_lines()


def ids(dialogue: Dialogue) -> list[str]:
    """The ids of the kept lines, in order."""
    return [line.id for line in dialogue.draft.lines]


def test_the_first_page_is_opened_only_when_it_is_asked_for() -> None:
    dialogue = at(Step.LINES)
    assert (dialogue.draft.deal, dialogue.draft.opened) == (None, ())

    dialogue.opens_the_lines()

    assert (dialogue.draft.deal, dialogue.draft.opened) == (DEAL, ("1",))
    assert dialogue.draft.at == Question(Step.LINES, "1")
    assert page_cards(dialogue.draft, "1", MATERIAL) == DEAL.cards[:5]


def test_a_second_deal_never_replaces_the_first() -> None:
    dialogue = lines_open().says("back")

    dialogue.does(Opened(deal(BANK, row=5, seed=1)))

    assert dialogue.draft.deal == DEAL


def test_going_on_without_the_lines_opens_none() -> None:
    dialogue = at(Step.LINES).says("skip")

    assert dialogue.draft.opened == ()
    assert dialogue.draft.answer(Question(Step.LINES)) == Skipped()
    assert dialogue.step is Step.OUTSIDE


def test_going_on_without_the_lines_leads_past_a_page_that_was_opened_before() -> None:
    dialogue = lines_open().says("back").presses("skip")

    assert dialogue.step is Step.OUTSIDE
    assert dialogue.draft.answer(Question(Step.LINES)) == Chosen(("done",))


def test_keeping_is_redrawn_in_place_and_keeps_each_card_once() -> None:
    dialogue = lines_open().keeps(FIRST, SECOND, FIRST)

    assert ids(dialogue) == [FIRST, SECOND]
    assert isinstance(dialogue.turn, Redraw)


def test_a_card_is_kept_in_the_language_of_the_story() -> None:
    dialogue = at(Step.LINES, "ar").opens_the_lines().keeps(FIRST)

    assert dialogue.draft.lines[0].text == BANK.card(FIRST).texts["ar"]


def test_untouched_lines_follow_the_story_into_another_language() -> None:
    dialogue = lines_open().keeps(FIRST).rewords(SECOND, "We laugh a lot.")

    dialogue.presses_at(Question(Step.LANGUAGE), "change").presses("ar")

    assert [line.text for line in dialogue.draft.lines] == [BANK.card(FIRST).texts["ar"], "We laugh a lot."]


def test_a_card_left_is_no_line_and_may_be_kept_after_all() -> None:
    dialogue = lines_open().keeps(FIRST).presses("leave", FIRST)
    assert (ids(dialogue), dialogue.draft.left) == ([], {FIRST})

    dialogue.keeps(FIRST)

    assert (ids(dialogue), dialogue.draft.left) == ([FIRST], frozenset())


def test_a_line_taken_out_leaves_its_answers_for_when_it_is_kept_again() -> None:
    dialogue = lines_open().keeps(FIRST).presses("done").says("a quiet Tuesday")
    filled_before = filled(dialogue.draft, dialogue.draft.lines[0])

    dialogue.presses_at(Question(Step.LINES, "1"), "change").presses("leave", FIRST).keeps(FIRST)

    assert filled(dialogue.draft, dialogue.draft.lines[0]) == filled_before


def test_a_card_reworded_is_kept_in_those_words_and_in_its_place() -> None:
    dialogue = lines_open().keeps(FIRST, SECOND).rewords(FIRST, "  In my words.  ")

    line = dialogue.draft.lines[0]
    assert (line.id, line.text, line.cards) == (FIRST, "In my words.", (FIRST,))


def test_a_card_never_kept_is_kept_when_it_is_reworded() -> None:
    assert ids(lines_open().rewords(FIRST, "In my words.")) == [FIRST]


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_a_line_without_words_is_not_kept(blank: str) -> None:
    for dialogue in (lines_open().rewords(FIRST, blank), lines_open().adds(blank)):
        assert (ids(dialogue), dialogue.remark) == ([], Remark.EMPTY)


def test_two_lines_become_one_that_remembers_both_cards() -> None:
    dialogue = lines_open().keeps(FIRST, COMPANY[0], SECOND).merges(FIRST, SECOND, "Both in one.")

    merged = dialogue.draft.lines[0]
    assert ids(dialogue) == [merged.id, COMPANY[0]]
    assert (merged.text, merged.cards, merged.kind) == ("Both in one.", (FIRST, SECOND), "culture")


def test_the_details_of_two_lines_stay_with_the_line_they_become() -> None:
    dialogue = lines_open().keeps(FIRST).adds("We laugh.").presses("done")
    while dialogue.step is not Step.YOURS:
        dialogue.says("a quiet Tuesday")
    dialogue.says("It was the week of the lift.")

    dialogue.presses_at(Question(Step.LINES, "1"), "change").merges(FIRST, "own-1", "Both in one.")

    assert "Both in one. It was the week of the lift." in dialogue.story


def test_a_card_inside_a_merged_line_is_not_kept_a_second_time() -> None:
    dialogue = lines_open().keeps(FIRST, SECOND).merges(FIRST, SECOND, "Both in one.").keeps(FIRST)

    assert len(ids(dialogue)) == 1


@pytest.mark.parametrize("pair", [(FIRST, FIRST), (FIRST, "gone")])
def test_only_two_kept_lines_are_merged(pair: tuple[str, str]) -> None:
    dialogue = lines_open().keeps(FIRST, SECOND).merges(*pair, "Both in one.")

    assert ids(dialogue) == [FIRST, SECOND]


def test_words_for_a_line_that_is_gone_stay_as_a_line_of_their_own() -> None:
    dialogue = lines_open().keeps(FIRST, SECOND).merges(FIRST, SECOND, "Both.").rewords(FIRST, "Mine.")

    assert [line.text for line in dialogue.draft.lines] == ["Both.", "Mine."]


@pytest.mark.parametrize("way", ["modal", "message"])
def test_a_line_of_ones_own_belongs_to_no_card(way: str) -> None:
    dialogue = lines_open()

    dialogue.adds("We laugh.") if way == "modal" else dialogue.says("We laugh.")

    line = dialogue.draft.lines[0]
    assert (line.text, line.cards, line.kind) == ("We laugh.", (), "")
    assert dialogue.draft.at == Question(Step.LINES, "1")


def test_a_line_written_as_a_message_follows_that_message() -> None:
    dialogue = lines_open().says("We laugh.")

    dialogue.edits("We laugh.", "We laugh a lot.")
    assert [line.text for line in dialogue.draft.lines] == ["We laugh a lot."]

    dialogue.deletes("We laugh.")
    assert (ids(dialogue), dialogue.remark) == ([], Remark.REMOVED)

    dialogue.restores("We laugh.", Question(Step.LINES, "own-1"))
    assert [line.text for line in dialogue.draft.lines] == ["We laugh a lot."]


def test_a_line_put_otherwise_since_no_longer_follows_its_message() -> None:
    dialogue = lines_open().says("We laugh.").rewords("own-1", "We laugh, mostly.")

    dialogue.edits("We laugh.", "We cry.")

    assert [line.text for line in dialogue.draft.lines] == ["We laugh, mostly."]


def test_the_id_of_a_line_taken_out_is_never_given_again() -> None:
    dialogue = lines_open().says("We laugh.").presses("leave", "own-1").says("We cry.")

    assert ids(dialogue) == ["own-2"]


def test_pages_are_turned_one_after_the_other_and_end_with_the_segments_own() -> None:
    dialogue = lines_open()
    pages = ["1"]

    while dialogue.presses("next").step is Step.LINES:
        pages.append(dialogue.draft.at.about)

    assert pages == ["1", "2", "more1", "more2"]
    assert dialogue.draft.opened == ("1", "2", "more1", "more2")
    assert all(BANK.card(card).scope == "tech" for card in page_cards(dialogue.draft, "more2", MATERIAL))


def test_none_of_these_leads_to_the_other_half_and_then_on() -> None:
    dialogue = lines_open().presses("none")
    assert dialogue.draft.at == Question(Step.LINES, "2")

    assert dialogue.presses("none").step is Step.OUTSIDE


def test_enough_lines_answer_every_page_that_was_opened() -> None:
    dialogue = lines_open().presses("next").keeps(DEAL.cards[7]).presses("done")

    assert dialogue.step is Step.FILL
    assert dialogue.draft.answer(Question(Step.LINES, "2")) == Chosen(("done",))


def test_a_page_above_still_answers_while_the_lines_are_being_chosen() -> None:
    dialogue = lines_open().presses("next").presses_at(Question(Step.LINES, "1"), "keep", DEAL.cards[0])

    assert ids(dialogue) == [DEAL.cards[0]]
    assert dialogue.draft.at == Question(Step.LINES, "2")


@pytest.mark.parametrize(("choice", "about"), [("keep", "no-such"), ("dance", "di-1")])
def test_a_forged_choice_shows_the_page_again(choice: str, about: str) -> None:
    dialogue = lines_open().presses(choice, about)

    assert (ids(dialogue), dialogue.remark) == ([], Remark.OUT_OF_TURN)


@pytest.mark.parametrize("counted", [True, False])
def test_what_was_shown_is_noted_with_its_position_only_for_those_who_are_counted(counted: bool) -> None:
    dialogue = at(Step.RULES).presses("count" if counted else "dont_count").reaches(Step.LINES)
    before = dialogue.draft
    dialogue.opens_the_lines().presses("next").presses("next")

    noted = shown(before, dialogue.draft, MATERIAL)

    assert [one.position for one in noted] == (list(range(1, 16)) if counted else [])
    assert [one.card for one in noted[:10]] == list(DEAL.cards if counted else ())


# --- balance ----------------------------------------------------------------------------------------


def after_the_lines(*cards: str) -> Dialogue:
    """These cards kept, and every question about them left out."""
    dialogue = lines_open().keeps(*cards).presses("done")
    while dialogue.step in {Step.FILL, Step.YOURS}:
        dialogue.says("skip")
    return dialogue


@pytest.mark.parametrize(
    ("cards", "asked"),
    [
        (CULTURE[:2], Question(Step.BALANCE, "company")),
        (COMPANY[:2], Question(Step.BALANCE, "culture")),
        ((*CULTURE[:2], COMPANY[0]), None),
        ((), None),
    ],
)
def test_balance_is_offered_only_when_the_lines_are_lopsided(
    cards: tuple[str, ...], asked: Question | None
) -> None:
    dialogue = after_the_lines(*cards)

    assert dialogue.draft.at == asked if asked else dialogue.step is Step.OUTSIDE


def test_balance_is_not_offered_to_those_with_lines_of_their_own_only() -> None:
    assert lines_open().says("We laugh.").presses("done").step is Step.OUTSIDE


def test_balance_may_be_left_out() -> None:
    dialogue = after_the_lines(*CULTURE[:2]).says("skip")

    assert dialogue.step is Step.OUTSIDE
    assert isinstance(dialogue.turn, Ask)
