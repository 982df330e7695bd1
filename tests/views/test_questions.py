"""Every question, in both languages, within Slack's limits, and the same for those who hear as for those who see."""

from __future__ import annotations

import pytest

from bot import ids
from bot.conversation.commands import Command
from bot.conversation.draft_notes import notes_at
from bot.conversation.plan import OPTIONAL_STEPS, TEXT_STEPS
from bot.conversation.turns import Ask, Compare, Remark
from bot.i18n import LOCALES, Texts
from bot.ids import Carried, plain
from bot.views.blocks import Message
from bot.views.stories import replies
from bot.views.stories.cards import change_modal, merge_modal, write_modal
from bot.views.stories.finish import GLASSDOOR, consent_wording, finished, places_modal, story_alone
from bot.views.stories.notes import note_modal, share_modal
from bot.views.stories.questions import answered
from bot.views.stories.screen import remark_words
from db.models.drafts import Language, Question, Step
from tests.conversation.dialogues import CULTURE, MATERIAL, Dialogue, at
from tests.views.screens import (
    elements,
    labels,
    preformatted,
    screen_of,
    shown,
    within_limits,
    within_limits_of_a_modal,
)

every_step = pytest.mark.parametrize("step", list(Step))
both_stories = pytest.mark.parametrize("language", ["en", "ar"])
PAGES = ["1", "2", "more1", "more2"]


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """The words of each language."""
    return Texts(request.param)


def page(about: str, language: Language = "en") -> Dialogue:
    """At one of the pages of cards, with a line of each sort kept."""
    dialogue = at(Step.LINES, language).opens_the_lines().keeps(*CULTURE[:2]).says("We laugh a lot.")
    dialogue.rewords(CULTURE[0], "In my words: {{what_i_noticed}}").presses("leave", "op-1")
    while dialogue.draft.at.about != about:
        dialogue.presses("next")
    return dialogue


@every_step
@both_stories
def test_a_question_is_within_slacks_limits_and_can_be_heard(
    step: Step, language: Language, texts: Texts
) -> None:
    message = screen_of(at(step, language).draft, texts)

    assert within_limits(message)
    assert all(label in message.text for label in labels(message.blocks) if label not in _near(texts))
    assert message.text.strip()


def _near(texts: Texts) -> set[str]:
    """The words for every step: said once, in the help, and not after every question."""
    return {texts.label(f"choice-{word}") for word in (Command.BACK, Command.SKIP, Command.PAUSE)}


@pytest.mark.parametrize("about", PAGES)
@both_stories
def test_a_page_of_cards_is_within_slacks_limits_and_can_be_heard(
    about: str, language: Language, texts: Texts
) -> None:
    draft = page(about, language).draft
    message = screen_of(draft, texts)

    assert within_limits(message)
    assert len(message.blocks) <= 50
    assert texts.label("lines-so-far", n=len(draft.lines)) in shown(message.blocks).replace(
        "\u2068", ""
    ).replace("\u2069", "")
    assert "{{" not in message.text


@every_step
@both_stories
def test_an_answered_question_gives_way_to_what_was_answered(
    step: Step, language: Language, texts: Texts
) -> None:
    end = at(Step.DONE, language).draft
    for key in end.answers:
        question = Question.named(key)
        message = answered(end, question, MATERIAL, texts)
        assert within_limits(message)
        assert all(plain(e["action_id"]) == ids.CHOOSE for e in elements(message.blocks))
    asked_again = answered(at(step, language).draft, at(step, language).draft.at, MATERIAL, texts)
    assert within_limits(asked_again)
    assert list(elements(asked_again.blocks)) == []


@every_step
def test_every_button_says_which_draft_and_which_question_it_answers(step: Step, texts: Texts) -> None:
    draft = at(step).draft

    for element in elements(screen_of(draft, texts).blocks):
        for value in [element.get("value"), *(option["value"] for option in element.get("options", []))]:
            if value is None or plain(element["action_id"]) == ids.HAND_BOX:
                continue
            carried = Carried.unpack(value)
            assert carried.draft == draft.id
            assert carried.asked() == draft.at or carried.choice == "change" or step is Step.DONE


@every_step
def test_the_words_for_every_step_can_be_pressed_at_every_step(step: Step, texts: Texts) -> None:
    if step in {Step.INVITATION, Step.DONE}:
        return  # nothing to go back to; the words still work when they are typed
    found = list(elements(screen_of(at(step).draft, texts).blocks))
    values = [e.get("value", "") for e in found] + [o["value"] for e in found for o in e.get("options", [])]
    pressed = {Carried.unpack(value).choice for value in values}

    wanted = set(Command) if step in OPTIONAL_STEPS & TEXT_STEPS else set(Command) - {Command.SKIP}
    assert wanted <= pressed


@pytest.mark.parametrize("remark", [r for r in Remark if r is not Remark.LAST])
@every_step
def test_a_remark_stands_before_the_question_and_is_heard_first(remark: Remark, step: Step) -> None:
    for locale in LOCALES:
        words = remark_words(remark, Texts(locale))
        message = screen_of(at(step).draft, Texts(locale), words)
        assert message.text.startswith(words)
        assert shown(message.blocks[:1]) == words


# --- the modals -------------------------------------------------------------------------------------


@both_stories
def test_every_modal_is_within_slacks_limits(language: Language, texts: Texts) -> None:
    lines, end = page("more2", language).draft, at(Step.DRAFT, language).draft
    views = [
        *(change_modal(lines, line.id, MATERIAL, texts) for line in lines.lines),
        *(change_modal(lines, card.id, MATERIAL, texts) for card in MATERIAL.bank.cards),
        change_modal(lines, "gone", MATERIAL, texts),
        write_modal(lines, texts),
        merge_modal(lines, MATERIAL, texts),
        merge_modal(at(Step.LINES).draft, MATERIAL, texts),
        share_modal(end, MATERIAL, texts),
        share_modal(at(Step.WARM_UP, language).draft, MATERIAL, texts),
        places_modal(end, "Qamar Labs", texts),
        replies.rules_modal(texts),
    ]

    for view in views:
        assert within_limits_of_a_modal(view)
        assert not view["title"]["text"].endswith("…")
        assert not any(label.endswith("…") for label in labels(view["blocks"]))


def test_the_place_of_each_note_is_shown(texts: Texts) -> None:
    dialogue = at(Step.DRAFT).edits_the_text("We leverage synergies. He said leverage stakeholders. " * 30)
    notes = notes_at(dialogue.draft, Step.DRAFT, MATERIAL)
    assert notes

    assert all(within_limits_of_a_modal(note_modal(dialogue.draft, note, MATERIAL, texts)) for note in notes)


# --- taking it along --------------------------------------------------------------------------------


@both_stories
def test_the_copy_control_takes_exactly_the_story_and_exactly_the_headline(
    language: Language, texts: Texts
) -> None:
    dialogue = at(Step.TAKE, language)

    message = screen_of(dialogue.draft, texts)

    assert preformatted(message.blocks) == [dialogue.story, dialogue.written(Step.HEADLINE)]
    assert message.words


def test_the_story_alone_is_the_story_and_nothing_else() -> None:
    dialogue = at(Step.TAKE)

    assert story_alone(dialogue.draft, MATERIAL) == Message(dialogue.story, words=True)


def test_glassdoor_stands_last_and_carries_nothing_that_names_anybody(texts: Texts) -> None:
    view = places_modal(at(Step.TAKE).draft, "Qamar Labs", texts)
    *others, last = elements(view["blocks"])

    assert last["url"] == GLASSDOOR
    assert Carried.unpack(last["value"]) == Carried()
    assert plain(last["action_id"]) == ids.PLACE_GLASSDOOR
    assert "d1" not in str(last)
    assert all("glassdoor" not in str(element).lower() for element in others)
    assert "private_metadata" not in view


def test_the_ending_differs_for_those_who_keep_it_to_themselves(texts: Texts) -> None:
    shared, private = at(Step.DONE).draft, at(Step.TAKE).presses("keep_private").presses("nothing").draft

    assert texts.say("done-private") in finished(private, texts).text
    assert texts.say("done") in finished(shared, texts).text
    assert within_limits(finished(private, texts))


@pytest.mark.parametrize(
    "use", ["counting", "highlight", "ask-post", "ask-event", "ask-blog", "ask-candidate"]
)
def test_each_consent_is_kept_with_its_wording(use: str, texts: Texts) -> None:
    wording = consent_wording(use, texts)

    assert wording
    assert "\u2068" not in wording


# --- replies that are no question -------------------------------------------------------------------


def test_every_reply_is_within_slacks_limits_and_can_be_heard(texts: Texts) -> None:
    draft = at(Step.DRAFT).draft
    said = [
        *(
            replies.note(draft, command, texts)
            for command in (Command.HELP, Command.DELETE, Command.LANGUAGE)
        ),
        replies.resume_choice(draft, texts),
        replies.put_aside(Ask(draft, Remark.REMOVED, "turn|1.0"), texts),
        replies.put_aside(Ask(draft, Remark.EDITED), texts),
        replies.begin_choice("done-begin", texts),
        replies.begin_choice("stopped-begin", texts),
        replies.landed_choice("d1", texts),
        *(replies.simple(texts, key) for key in ("paused", "stopped", "declined", "kept", "deleted")),
    ]

    for message in said:
        assert within_limits(message)
        assert all(label in message.text for label in labels(message.blocks))


def test_old_and_new_words_are_shown_side_by_side(texts: Texts) -> None:
    turn = (
        at(Step.DRAFT).edits_the_text("All new.").edits(at(Step.DRAFT).messages[1].plain, "Lima & <b>").turn
    )
    assert isinstance(turn, Compare)

    message = replies.compare(turn, MATERIAL, texts)

    assert within_limits(message)
    assert {"Lima & <b>", at(Step.DRAFT).messages[1].plain} <= set(
        shown(message.blocks, "plain_text").split("\n")
    )
    assert "Lima &amp; &lt;b&gt;" in message.text
    assert texts.label("choice-swap") in message.text


def test_a_new_answer_to_an_edited_text_is_shown_alone(texts: Texts) -> None:
    dialogue = at(Step.OUTSIDE).edits_the_text("All new.").says("I bake.")
    assert isinstance(dialogue.turn, Compare)

    message = replies.compare(dialogue.turn, MATERIAL, texts)

    assert texts.say("compare-ask-new") in message.text
    assert texts.say("compare-old") not in message.text
    assert texts.say("compare-gone") not in message.text


def test_a_deleted_message_can_be_kept_with_one_button(texts: Texts) -> None:
    dialogue = at(Step.DRAFT)
    dialogue.deletes(dialogue.messages[1].plain)

    assert isinstance(dialogue.turn, Ask)

    message = replies.restorable(dialogue.turn, texts)

    assert message is not None
    (element,) = elements(message.blocks)
    carried = Carried.unpack(element["value"])
    assert (carried.question, carried.about) == ("turn", dialogue.messages[1].ts)


def test_words_in_a_note_are_escaped_once_for_those_who_hear(texts: Texts) -> None:
    dialogue = at(Step.DRAFT).edits_the_text("R&D is all I do, " + "and more of it, " * 40)

    assert "R&amp;D" in screen_of(dialogue.draft, texts).text
    assert "&amp;amp;" not in screen_of(dialogue.draft, texts).text
