"""The lines: cards kept, left, reworded and merged, own lines, the pages of cards, and the offered balance."""

from __future__ import annotations

import pytest

from bot.conversation.compose import fill_placeholders
from bot.conversation.dealing import deal_cards
from bot.conversation.plan import page_card_ids
from bot.conversation.side_effects import newly_shown_counted_cards
from bot.conversation.turns import AskQuestion, CardsDealt, RedrawScreen, Remark
from db.models.drafts import ChosenAnswer, DraftStep, Question, SkippedAnswer
from tests.conversation.scripted_dialogue import (
    BANK,
    COMPANY_CARDS,
    CULTURE_CARDS,
    DEAL,
    MATERIAL,
    ScriptedDialogue,
    dialogue_at,
)

FIRST, SECOND = CULTURE_CARDS[0], CULTURE_CARDS[1]


def dialogue_at_cards() -> ScriptedDialogue:
    """Return a dialogue at the first page of cards."""
    return dialogue_at(DraftStep.LINES).opens_the_lines()


def kept_line_ids(dialogue: ScriptedDialogue) -> list[str]:
    """Return the ids of the kept lines, in order."""
    return [line.id for line in dialogue.draft.lines]


def test_the_first_page_is_opened_only_when_it_is_asked_for() -> None:
    dialogue = dialogue_at(DraftStep.LINES)
    assert (dialogue.draft.deal, dialogue.draft.opened) == (None, ())

    dialogue.opens_the_lines()

    assert (dialogue.draft.deal, dialogue.draft.opened) == (DEAL, ("1",))
    assert dialogue.draft.at == Question(DraftStep.LINES, "1")
    assert page_card_ids(dialogue.draft, "1", MATERIAL) == DEAL.cards[:5]


def test_a_second_deal_never_replaces_the_first() -> None:
    dialogue = dialogue_at_cards().says("back")

    dialogue.does(CardsDealt(deal_cards(BANK, row=5, seed=1)))

    assert dialogue.draft.deal == DEAL


def test_going_on_without_the_lines_opens_none() -> None:
    dialogue = dialogue_at(DraftStep.LINES).says("skip")

    assert dialogue.draft.opened == ()
    assert dialogue.draft.answer_to(Question(DraftStep.LINES)) == SkippedAnswer()
    assert dialogue.step is DraftStep.OUTSIDE


def test_going_on_without_the_lines_leads_past_a_page_that_was_opened_before() -> None:
    dialogue = dialogue_at_cards().says("back").presses("skip")

    assert dialogue.step is DraftStep.OUTSIDE
    assert dialogue.draft.answer_to(Question(DraftStep.LINES)) == ChosenAnswer(("done",))


def test_keeping_is_redrawn_in_place_and_keeps_each_card_once() -> None:
    dialogue = dialogue_at_cards().keeps(FIRST, SECOND, FIRST)

    assert kept_line_ids(dialogue) == [FIRST, SECOND]
    assert isinstance(dialogue.turn, RedrawScreen)


def test_a_card_is_kept_in_the_language_of_the_story() -> None:
    dialogue = dialogue_at(DraftStep.LINES, "ar").opens_the_lines().keeps(FIRST)

    assert dialogue.draft.lines[0].text == BANK.card(FIRST).texts["ar"]


def test_untouched_lines_follow_the_story_into_another_language() -> None:
    dialogue = dialogue_at_cards().keeps(FIRST).rewords(SECOND, "We laugh a lot.")

    dialogue.presses_at(Question(DraftStep.LANGUAGE), "change").presses("ar")

    assert [line.text for line in dialogue.draft.lines] == [BANK.card(FIRST).texts["ar"], "We laugh a lot."]


def test_a_card_left_is_no_line_and_can_be_kept_after_all() -> None:
    dialogue = dialogue_at_cards().keeps(FIRST).presses("leave", FIRST)
    assert (kept_line_ids(dialogue), dialogue.draft.left) == ([], frozenset({FIRST}))

    dialogue.keeps(FIRST)

    assert (kept_line_ids(dialogue), dialogue.draft.left) == ([FIRST], frozenset())


def test_a_removed_line_has_its_answers_back_when_it_is_kept_again() -> None:
    dialogue = dialogue_at_cards().keeps(FIRST).presses("done").says("a quiet Tuesday")
    filled_before = fill_placeholders(dialogue.draft, dialogue.draft.lines[0])

    dialogue.presses_at(Question(DraftStep.LINES, "1"), "change").presses("leave", FIRST).keeps(FIRST)

    assert fill_placeholders(dialogue.draft, dialogue.draft.lines[0]) == filled_before


def test_a_card_reworded_is_kept_in_those_words_and_in_its_place() -> None:
    dialogue = dialogue_at_cards().keeps(FIRST, SECOND).rewords(FIRST, "  In my words.  ")

    line = dialogue.draft.lines[0]
    assert (line.id, line.text, line.cards) == (FIRST, "In my words.", (FIRST,))


def test_a_card_never_kept_is_kept_when_it_is_reworded() -> None:
    assert kept_line_ids(dialogue_at_cards().rewords(FIRST, "In my words.")) == [FIRST]


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_a_line_without_words_is_not_kept(blank: str) -> None:
    for dialogue in (dialogue_at_cards().rewords(FIRST, blank), dialogue_at_cards().adds(blank)):
        assert (kept_line_ids(dialogue), dialogue.remark) == ([], Remark.EMPTY)


def test_two_lines_become_one_that_remembers_both_cards() -> None:
    dialogue = (
        dialogue_at_cards().keeps(FIRST, COMPANY_CARDS[0], SECOND).merges(FIRST, SECOND, "Both in one.")
    )

    merged = dialogue.draft.lines[0]
    assert kept_line_ids(dialogue) == [merged.id, COMPANY_CARDS[0]]
    assert (merged.text, merged.cards, merged.kind) == ("Both in one.", (FIRST, SECOND), "culture")


def test_the_details_of_two_lines_stay_with_the_line_they_become() -> None:
    dialogue = dialogue_at_cards().keeps(FIRST).adds("We laugh.").presses("done")
    while dialogue.step is not DraftStep.YOURS:
        dialogue.says("a quiet Tuesday")
    dialogue.says("It was the week of the lift.")

    dialogue.presses_at(Question(DraftStep.LINES, "1"), "change").merges(FIRST, "own-1", "Both in one.")

    assert "Both in one. It was the week of the lift." in dialogue.story


def test_a_card_inside_a_merged_line_is_not_kept_a_second_time() -> None:
    dialogue = dialogue_at_cards().keeps(FIRST, SECOND).merges(FIRST, SECOND, "Both in one.").keeps(FIRST)

    assert len(kept_line_ids(dialogue)) == 1


@pytest.mark.parametrize("pair", [(FIRST, FIRST), (FIRST, "gone")])
def test_only_two_kept_lines_are_merged(pair: tuple[str, str]) -> None:
    dialogue = dialogue_at_cards().keeps(FIRST, SECOND).merges(*pair, "Both in one.")

    assert kept_line_ids(dialogue) == [FIRST, SECOND]


def test_words_for_a_removed_line_stay_as_a_separate_line() -> None:
    dialogue = dialogue_at_cards().keeps(FIRST, SECOND).merges(FIRST, SECOND, "Both.").rewords(FIRST, "Mine.")

    assert [line.text for line in dialogue.draft.lines] == ["Both.", "Mine."]


@pytest.mark.parametrize("method", ["modal", "message"])
def test_an_own_line_belongs_to_no_card(method: str) -> None:
    dialogue = dialogue_at_cards()

    dialogue.adds("We laugh.") if method == "modal" else dialogue.says("We laugh.")

    line = dialogue.draft.lines[0]
    assert (line.text, line.cards, line.kind) == ("We laugh.", (), "")
    assert dialogue.draft.at == Question(DraftStep.LINES, "1")


def test_a_line_written_as_a_message_follows_that_message() -> None:
    dialogue = dialogue_at_cards().says("We laugh.")

    dialogue.edits("We laugh.", "We laugh a lot.")
    assert [line.text for line in dialogue.draft.lines] == ["We laugh a lot."]

    dialogue.deletes("We laugh.")
    assert (kept_line_ids(dialogue), dialogue.remark) == ([], Remark.REMOVED)

    dialogue.restores("We laugh.", Question(DraftStep.LINES, "own-1"))
    assert [line.text for line in dialogue.draft.lines] == ["We laugh a lot."]


def test_a_reworded_line_no_longer_follows_its_message() -> None:
    dialogue = dialogue_at_cards().says("We laugh.").rewords("own-1", "We laugh, mostly.")

    dialogue.edits("We laugh.", "We cry.")

    assert [line.text for line in dialogue.draft.lines] == ["We laugh, mostly."]


def test_the_id_of_a_removed_line_is_never_reused() -> None:
    dialogue = dialogue_at_cards().says("We laugh.").presses("leave", "own-1").says("We cry.")

    assert kept_line_ids(dialogue) == ["own-2"]


def test_pages_are_turned_one_after_the_other_and_end_with_the_segments_own() -> None:
    dialogue = dialogue_at_cards()
    pages = ["1"]

    while dialogue.presses("next").step is DraftStep.LINES:
        pages.append(dialogue.draft.at.about)

    assert pages == ["1", "2", "more1", "more2"]
    assert dialogue.draft.opened == ("1", "2", "more1", "more2")
    assert all(BANK.card(card).scope == "tech" for card in page_card_ids(dialogue.draft, "more2", MATERIAL))


def test_none_of_these_shows_the_other_half_and_then_goes_on() -> None:
    dialogue = dialogue_at_cards().presses("none")
    assert dialogue.draft.at == Question(DraftStep.LINES, "2")

    assert dialogue.presses("none").step is DraftStep.OUTSIDE


def test_enough_lines_answer_every_page_that_was_opened() -> None:
    dialogue = dialogue_at_cards().presses("next").keeps(DEAL.cards[7]).presses("done")

    assert dialogue.step is DraftStep.FILL
    assert dialogue.draft.answer_to(Question(DraftStep.LINES, "2")) == ChosenAnswer(("done",))


def test_a_page_above_still_answers_while_the_lines_are_being_chosen() -> None:
    dialogue = (
        dialogue_at_cards().presses("next").presses_at(Question(DraftStep.LINES, "1"), "keep", DEAL.cards[0])
    )

    assert kept_line_ids(dialogue) == [DEAL.cards[0]]
    assert dialogue.draft.at == Question(DraftStep.LINES, "2")


@pytest.mark.parametrize(("choice", "about"), [("keep", "no-such"), ("dance", "di-1")])
def test_a_forged_choice_shows_the_page_again(choice: str, about: str) -> None:
    dialogue = dialogue_at_cards().presses(choice, about)

    assert (kept_line_ids(dialogue), dialogue.remark) == ([], Remark.OUT_OF_TURN)


@pytest.mark.parametrize("counted", [True, False])
def test_what_was_shown_is_noted_with_its_position_only_for_those_who_are_counted(counted: bool) -> None:
    dialogue = (
        dialogue_at(DraftStep.RULES).presses("count" if counted else "dont_count").reaches(DraftStep.LINES)
    )
    before = dialogue.draft
    dialogue.opens_the_lines().presses("next").presses("next")

    noted = newly_shown_counted_cards(before, dialogue.draft, MATERIAL)

    assert [one.position for one in noted] == (list(range(1, 16)) if counted else [])
    assert [one.card for one in noted[:10]] == list(DEAL.cards if counted else ())


# --- balance ----------------------------------------------------------------------------------------


def dialogue_after_cards(*cards: str) -> ScriptedDialogue:
    """Return a dialogue with these cards kept, and every question about them skipped."""
    dialogue = dialogue_at_cards().keeps(*cards).presses("done")
    while dialogue.step in {DraftStep.FILL, DraftStep.YOURS}:
        dialogue.says("skip")
    return dialogue


@pytest.mark.parametrize(
    ("cards", "asked"),
    [
        (CULTURE_CARDS[:2], Question(DraftStep.BALANCE, "company")),
        (COMPANY_CARDS[:2], Question(DraftStep.BALANCE, "culture")),
        ((*CULTURE_CARDS[:2], COMPANY_CARDS[0]), None),
        ((), None),
    ],
)
def test_balance_is_offered_only_when_the_lines_are_lopsided(
    cards: tuple[str, ...], asked: Question | None
) -> None:
    dialogue = dialogue_after_cards(*cards)

    assert dialogue.draft.at == asked if asked else dialogue.step is DraftStep.OUTSIDE


def test_balance_is_not_offered_to_authors_with_only_own_lines() -> None:
    assert dialogue_at_cards().says("We laugh.").presses("done").step is DraftStep.OUTSIDE


def test_balance_can_be_skipped() -> None:
    dialogue = dialogue_after_cards(*CULTURE_CARDS[:2]).says("skip")

    assert dialogue.step is DraftStep.OUTSIDE
    assert isinstance(dialogue.turn, AskQuestion)
