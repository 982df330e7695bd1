"""Every question in both languages: within Slack's limits, with the same content for screen readers."""

from __future__ import annotations

import pytest

from bot import ids
from bot.conversation.commands import Command
from bot.conversation.draft_notes import notes_for_step
from bot.conversation.plan import OPTIONAL_STEPS, TEXT_STEPS
from bot.conversation.turns import Remark
from bot.i18n import LOCALES, Texts
from bot.ids import base_action_id
from bot.payloads import QuestionPayload
from bot.views.stories import replies
from bot.views.stories.answered_questions import answered_question_message
from bot.views.stories.cards import change_line_modal, merge_lines_modal, own_line_modal
from bot.views.stories.finish import (
    other_sites_modal,
)
from bot.views.stories.notes import note_location_modal, own_words_percentage_modal
from bot.views.stories.screen import remark_text
from db.models.drafts import DraftStep, Question, StoryLanguage
from tests.conversation.scripted_dialogue import CULTURE_CARDS, MATERIAL, ScriptedDialogue, dialogue_at
from tests.views.block_inspection import (
    button_labels,
    interactive_elements,
    is_within_message_limits,
    is_within_modal_limits,
    posted_question,
    visible_text,
)

every_step = pytest.mark.parametrize("step", list(DraftStep))
both_stories = pytest.mark.parametrize("language", ["en", "ar"])
PAGES = ["1", "2", "more1", "more2"]


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """Texts in each language."""
    return Texts(request.param)


def dialogue_at_page(about: str, language: StoryLanguage = "en") -> ScriptedDialogue:
    """Return a dialogue at a page of cards, with a line of each kind kept."""
    dialogue = (
        dialogue_at(DraftStep.LINES, language)
        .opens_the_lines()
        .keeps(*CULTURE_CARDS[:2])
        .says("We laugh a lot.")
    )
    dialogue.rewords(CULTURE_CARDS[0], "In my words: {{what_i_noticed}}").presses("leave", "op-1")
    while dialogue.draft.at.about != about:
        dialogue.presses("next")
    return dialogue


@every_step
@both_stories
def test_a_question_is_within_slacks_limits_and_can_be_heard(
    step: DraftStep, language: StoryLanguage, texts: Texts
) -> None:
    message = posted_question(dialogue_at(step, language).draft, texts)

    assert is_within_message_limits(message)
    assert all(
        label in message.text for label in button_labels(message.blocks) if label not in _command_words(texts)
    )
    assert message.text.strip()


def _command_words(texts: Texts) -> set[str]:
    """Return the commands for every step: listed once, in the help, and not after every question."""
    return {texts.label(f"choice-{word}") for word in (Command.BACK, Command.SKIP, Command.PAUSE)}


@pytest.mark.parametrize("about", PAGES)
@both_stories
def test_a_page_of_cards_is_within_slacks_limits_and_can_be_heard(
    about: str, language: StoryLanguage, texts: Texts
) -> None:
    draft = dialogue_at_page(about, language).draft
    message = posted_question(draft, texts)

    assert is_within_message_limits(message)
    assert len(message.blocks) <= 50
    assert texts.label("lines-so-far", n=len(draft.lines)) in visible_text(message.blocks).replace(
        "\u2068", ""
    ).replace("\u2069", "")
    assert "{{" not in message.text


@every_step
@both_stories
def test_an_answered_question_gives_way_to_what_was_answered(
    step: DraftStep, language: StoryLanguage, texts: Texts
) -> None:
    end = dialogue_at(DraftStep.DONE, language).draft
    for key in end.answers:
        question = Question.from_key(key)
        message = answered_question_message(end, question, MATERIAL, texts)
        assert is_within_message_limits(message)
        assert all(
            base_action_id(e["action_id"]) == ids.CHOICE_PRESS for e in interactive_elements(message.blocks)
        )
    asked_again = answered_question_message(
        dialogue_at(step, language).draft, dialogue_at(step, language).draft.at, MATERIAL, texts
    )
    assert is_within_message_limits(asked_again)
    assert list(interactive_elements(asked_again.blocks)) == []


@every_step
def test_every_button_says_which_draft_and_which_question_it_answers(step: DraftStep, texts: Texts) -> None:
    draft = dialogue_at(step).draft

    for element in interactive_elements(posted_question(draft, texts).blocks):
        for value in [element.get("value"), *(option["value"] for option in element.get("options", []))]:
            if value is None or base_action_id(element["action_id"]) == ids.VOLUNTEER_BOX:
                continue
            payload = QuestionPayload.unpack(value)
            assert payload is not None
            assert payload.draft_id == draft.id
            assert payload.question == draft.at or payload.choice == "change" or step is DraftStep.DONE


@every_step
def test_the_words_for_every_step_can_be_pressed_at_every_step(step: DraftStep, texts: Texts) -> None:
    if step in {DraftStep.INVITATION, DraftStep.DONE}:
        return  # there's no earlier question; the commands still work when typed
    found = list(interactive_elements(posted_question(dialogue_at(step).draft, texts).blocks))
    values = [e.get("value", "") for e in found] + [o["value"] for e in found for o in e.get("options", [])]
    pressed = {payload.choice for payload in map(QuestionPayload.unpack, values) if payload}

    wanted = set(Command) if step in OPTIONAL_STEPS & TEXT_STEPS else set(Command) - {Command.SKIP}
    assert wanted <= pressed


@pytest.mark.parametrize("remark", list(Remark))
@every_step
def test_a_remark_comes_before_the_question_on_screen_and_aloud(remark: Remark, step: DraftStep) -> None:
    for locale in LOCALES:
        words = remark_text(remark, Texts(locale))
        message = posted_question(dialogue_at(step).draft, Texts(locale), words)
        assert message.text.startswith(words)
        assert visible_text(message.blocks[:1]) == words


# --- the modals -------------------------------------------------------------------------------------


@both_stories
def test_every_modal_is_within_slacks_limits(language: StoryLanguage, texts: Texts) -> None:
    lines, end = dialogue_at_page("more2", language).draft, dialogue_at(DraftStep.DRAFT, language).draft
    views = [
        *(change_line_modal(lines, line.id, MATERIAL, texts) for line in lines.lines),
        *(change_line_modal(lines, card.id, MATERIAL, texts) for card in MATERIAL.bank.cards),
        change_line_modal(lines, "gone", MATERIAL, texts),
        own_line_modal(lines, texts),
        merge_lines_modal(lines, MATERIAL, texts),
        merge_lines_modal(dialogue_at(DraftStep.LINES).draft, MATERIAL, texts),
        own_words_percentage_modal(end, MATERIAL, texts),
        own_words_percentage_modal(dialogue_at(DraftStep.WARM_UP, language).draft, MATERIAL, texts),
        other_sites_modal(end, "Qamar Labs", texts),
        replies.rules_modal(texts),
    ]

    for view in views:
        assert is_within_modal_limits(view)
        assert not view["title"]["text"].endswith("…")
        assert not any(label.endswith("…") for label in button_labels(view["blocks"]))


def test_the_place_of_each_note_is_shown(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).edits_the_text(
        "We leverage synergies. He said leverage stakeholders. " * 30
    )
    notes = notes_for_step(dialogue.draft, DraftStep.DRAFT, MATERIAL)
    assert notes

    assert all(
        is_within_modal_limits(note_location_modal(dialogue.draft, note, MATERIAL, texts)) for note in notes
    )


# --- taking it along --------------------------------------------------------------------------------
