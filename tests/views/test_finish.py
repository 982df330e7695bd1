"""The end of a story and its replies: copying, places, consents, comparisons."""

from __future__ import annotations

import pytest

from bot import ids
from bot.conversation.commands import Command
from bot.conversation.turns import AskAboutChange, AskQuestion, Remark
from bot.i18n import LOCALES, Texts
from bot.ids import base_action_id
from bot.payloads import EmptyPayload, QuestionPayload
from bot.views.blocks import Message
from bot.views.stories import replies
from bot.views.stories.finish import (
    GLASSDOOR_URL,
    conversation_consent_wording,
    finished_message,
    other_sites_modal,
    story_only_message,
)
from db.models.drafts import DraftStep, StoryLanguage
from tests.conversation.scripted_dialogue import MATERIAL, dialogue_at
from tests.views.block_inspection import (
    button_labels,
    interactive_elements,
    is_within_message_limits,
    posted_question,
    preformatted_texts,
    visible_text,
)

both_stories = pytest.mark.parametrize("language", ["en", "ar"])


@pytest.fixture(params=LOCALES)
def texts(request: pytest.FixtureRequest) -> Texts:
    """Texts in each language."""
    return Texts(request.param)


@both_stories
def test_the_copy_control_takes_exactly_the_story_and_exactly_the_headline(
    language: StoryLanguage, texts: Texts
) -> None:
    dialogue = dialogue_at(DraftStep.TAKE, language)

    message = posted_question(dialogue.draft, texts)

    assert preformatted_texts(message.blocks) == [dialogue.story, dialogue.written(DraftStep.HEADLINE)]
    assert message.has_personal_text


def test_the_message_with_the_story_alone_has_no_other_text() -> None:
    dialogue = dialogue_at(DraftStep.TAKE)

    assert story_only_message(dialogue.draft, MATERIAL) == Message(dialogue.story, has_personal_text=True)


def test_glassdoor_comes_last_with_an_empty_payload(texts: Texts) -> None:
    view = other_sites_modal(dialogue_at(DraftStep.TAKE).draft, "Qamar Labs", texts)
    *others, last = interactive_elements(view["blocks"])

    assert last["url"] == GLASSDOOR_URL
    assert EmptyPayload.unpack(last["value"]) == EmptyPayload()
    assert base_action_id(last["action_id"]) == ids.GLASSDOOR_OPEN
    assert "d1" not in str(last)
    assert all("glassdoor" not in str(element).lower() for element in others)
    assert "private_metadata" not in view


def test_the_ending_differs_for_people_who_keep_their_story_private(texts: Texts) -> None:
    shared, private = (
        dialogue_at(DraftStep.DONE).draft,
        dialogue_at(DraftStep.TAKE).presses("keep_private").presses("nothing").draft,
    )

    assert texts.say("done-private") in finished_message(private, texts).text
    assert texts.say("done") in finished_message(shared, texts).text
    assert is_within_message_limits(finished_message(private, texts))


@pytest.mark.parametrize(
    "use", ["counting", "highlight", "ask-post", "ask-event", "ask-blog", "ask-candidate"]
)
def test_each_consent_is_kept_with_its_wording(use: str, texts: Texts) -> None:
    wording = conversation_consent_wording(use, texts)

    assert wording
    assert "\u2068" not in wording


# --- replies apart from the questions ----------------------------------------------------------------


def test_every_reply_is_within_slacks_limits_and_can_be_heard(texts: Texts) -> None:
    draft = dialogue_at(DraftStep.DRAFT).draft
    sentences = [
        *(
            replies.help_language_or_delete_message(draft, command, texts)
            for command in (Command.HELP, Command.DELETE, Command.LANGUAGE)
        ),
        replies.resume_choice_message(draft, texts),
        replies.aside_story_change_reply(AskQuestion(draft, Remark.REMOVED, "turn|1.0"), texts),
        replies.aside_story_change_reply(AskQuestion(draft, Remark.EDITED), texts),
        replies.begin_choice_message("done-begin", texts),
        replies.begin_choice_message("stopped-begin", texts),
        replies.landing_question_message("d1", texts),
        *(
            replies.sentence_message(texts, key)
            for key in ("paused", "stopped", "declined", "kept", "deleted")
        ),
    ]

    for message in sentences:
        assert is_within_message_limits(message)
        assert all(label in message.text for label in button_labels(message.blocks))


def test_old_and_new_words_are_shown_side_by_side(texts: Texts) -> None:
    turn = (
        dialogue_at(DraftStep.DRAFT)
        .edits_the_text("All new.")
        .edits(dialogue_at(DraftStep.DRAFT).messages[1].plain, "Lima & <b>")
        .turn
    )
    assert isinstance(turn, AskAboutChange)

    message = replies.changed_words_choice_message(turn, MATERIAL, texts)

    assert is_within_message_limits(message)
    assert {"Lima & <b>", dialogue_at(DraftStep.DRAFT).messages[1].plain} <= set(
        visible_text(message.blocks, "plain_text").split("\n")
    )
    assert "Lima &amp; &lt;b&gt;" in message.text
    assert texts.label("choice-swap") in message.text


def test_a_new_answer_to_an_edited_text_is_shown_alone(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.OUTSIDE).edits_the_text("All new.").says("I bake.")
    assert isinstance(dialogue.turn, AskAboutChange)

    message = replies.changed_words_choice_message(dialogue.turn, MATERIAL, texts)

    assert texts.say("compare-ask-new") in message.text
    assert texts.say("compare-old") not in message.text
    assert texts.say("compare-gone") not in message.text


def test_a_deleted_message_can_be_kept_with_one_button(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.DRAFT)
    dialogue.deletes(dialogue.messages[1].plain)

    assert isinstance(dialogue.turn, AskQuestion)

    message = replies.restore_offer_message(dialogue.turn, texts)

    assert message is not None
    (element,) = interactive_elements(message.blocks)
    payload = QuestionPayload.unpack(element["value"])
    assert payload is not None
    assert (payload.question.key, payload.subject) == ("turn", dialogue.messages[1].ts)


def test_words_in_a_note_are_escaped_once_for_those_who_hear(texts: Texts) -> None:
    dialogue = dialogue_at(DraftStep.DRAFT).edits_the_text("R&D is all I do, " + "and more of it, " * 40)

    assert "R&amp;D" in posted_question(dialogue.draft, texts).text
    assert "&amp;amp;" not in posted_question(dialogue.draft, texts).text
