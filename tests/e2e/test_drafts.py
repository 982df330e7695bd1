"""The draft: its notes, the editor, every version kept, the headline, and the last look."""

from __future__ import annotations

import pytest

from tests.e2e import stored_data, visible_content
from tests.e2e.app_under_test import AppUnderTest
from tests.e2e.phrases import phrase
from tests.e2e.slack_user import SlackUser
from tests.e2e.story_exports import copyable_text
from tests.e2e.story_steps import (
    OUTSIDE,
    TURN,
    WARM_UP,
    answer_first_questions,
    reach_draft,
    reach_finished_story,
)

MEMO = "I leverage synergies with stakeholders. I leverage them every single day."


@pytest.mark.wide
async def test_note_is_shown_in_place_and_silenced_for_good(app: AppUnderTest, maya: SlackUser) -> None:
    # Given a draft that sounds like a memo
    draft = await reach_draft(maya, MEMO)
    assert "sounds a bit like a memo" in str(draft["blocks"])
    # When its author asks where that is
    shows = [label for label in await maya.labels() if label == phrase("choice-note-show")]
    assert shows
    for number in range(len(shows)):
        await maya.clicks(phrase("choice-note-show"), nth=number, in_message=draft)
    # Then the words are marked
    marked = str(await maya.modal()) + str((await maya.looks("views"))["stack"])
    assert "【leverage】" in marked
    await maya.closes(everything=True)
    # And when the notes are left, they are gone, and do not come back with the next change
    for _ in range(10):
        if phrase("choice-note-silence") not in await maya.labels():
            break
        await maya.clicks(phrase("choice-note-silence"), nth=0)
        await app.wait_until_idle()
    await maya.no_longer_sees("sounds a bit like a memo")
    await maya.clicks(phrase("choice-edit"))
    await maya.submits({"part.1": f"{MEMO} And I leverage more synergies."})
    again = await maya.sees(phrase("remark-saved"))
    assert "sounds a bit like a memo" not in str(again["blocks"])
    # And of all this only numbers are stored
    stored = (await stored_data.current_draft(app, maya)).draft
    assert 6 in stored.notes_shown
    assert 6 in stored.notes_silenced
    assert all(isinstance(number, int) for number in stored.notes_shown | stored.notes_silenced)


async def test_at_most_three_notes_are_shown_at_once(maya: SlackUser) -> None:
    # Given a draft with much to note: stock opening, long sentences, memo language, too short
    long = "which is why " * 20
    turn = f"We leverage synergies {long} and leverage stakeholders {long} going forward."
    draft = await reach_draft(maya, "With over 12 years of experience, Maya is results-driven.", turn)
    # When it is shown
    notes = [label for label in await maya.labels() if label == phrase("choice-note-silence")]
    # Then at most three notes are under it
    assert 1 <= len(notes) <= 3
    assert phrase("draft-notes") in str(draft["blocks"])


@pytest.mark.wide
async def test_detail_from_outside_work_is_added_when_its_note_is_accepted(maya: SlackUser) -> None:
    # Given a draft in which life outside work was skipped
    await reach_draft_without_cards(maya)
    draft = await maya.sees(phrase("note-personal-skipped"))
    # When its author takes the note
    await maya.clicks(phrase("choice-note-outside"))
    await maya.sees("Now leave work for a second", after=draft)
    await maya.says(OUTSIDE)
    # Then the story has it
    await maya.sees(phrase("choice-fine-draft"), after=draft)
    shown = await maya.sees(OUTSIDE, after=draft)
    assert shown


async def reach_draft_without_cards(person: SlackUser) -> None:
    """Go to a draft made of the first two answers alone."""
    await answer_first_questions(person)
    await person.clicks(phrase("choice-without"))
    await person.sees("Now leave work for a second")
    await person.clicks(phrase("choice-skip"))
    await person.sees("Ask me about")
    await person.clicks(phrase("choice-skip"))
    await person.sees(phrase("ask-first_line"))
    await person.clicks(phrase("choice-as_is"))
    await person.sees(phrase("choice-fine-draft"))


@pytest.mark.wide
async def test_every_version_is_kept_when_the_whole_text_is_edited_again_and_again(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a draft
    await reach_draft(maya)
    # When the whole text is edited three times
    for n in range(3):
        latest = await maya.last_message()
        await maya.clicks(phrase("choice-edit"))
        await maya.submits(
            {phrase("edit-label"): f"Version {n} of my story,\n\nwith   its own spaces & <signs>."}
        )
        await maya.sees(phrase("remark-saved"), after=latest)
    # Then every version is there, letter for letter, and the last one is the truth
    kept = await stored_data.list_text_versions(app, maya)
    assert [one.source for one in kept] == ["composed", "edited", "edited", "edited"]
    assert kept[0].text == f"{WARM_UP}\n\n{TURN}\n\n{OUTSIDE}"
    assert kept[3].text == "Version 2 of my story,\n\nwith   its own spaces & <signs>."


async def test_text_stays_when_the_editor_comes_back_empty(app: AppUnderTest, maya: SlackUser) -> None:
    # Given the editor
    await reach_draft(maya)
    await maya.clicks(phrase("choice-edit"))
    # When it is saved with nothing in it but spaces
    answer = await maya.submits({"part.1": "   \n  "})
    # Then it says what a story needs, and nothing has changed
    assert answer["response_action"] == "errors"
    assert len(await stored_data.list_text_versions(app, maya)) == 1


LONG = "\n\n".join(f"Paragraph {n}. " + "The vans went out and came back. " * 30 for n in range(6)).strip()


@pytest.mark.wide
async def test_long_text_is_edited_in_paragraphs_and_nothing_of_it_is_lost(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a text that is longer than one field holds
    paragraphs = [part.strip() for part in LONG.split("\n\n")]
    text = "\n\n".join(paragraphs)
    await reach_draft(maya, "Short.", text)
    # When it is opened in the editor, and only its first word is changed
    await maya.clicks(phrase("choice-edit"))
    view = await maya.modal()
    assert view is not None
    parts = [block["element"]["initial_value"] for block in view["blocks"]]
    assert len(parts) > 1
    assert all(len(part) < 3000 for part in parts)
    fields = {f"part.{n}": part for n, part in enumerate(parts, 1)}
    await maya.submits({**fields, "part.1": parts[0].replace("Short.", "Shorter.", 1)})
    await maya.sees(phrase("remark-saved"))
    # Then the text is the same, letter for letter, but for that word
    before, after = (one.text for one in await stored_data.list_text_versions(app, maya))
    assert before == f"Short.\n\n{text}\n\n{OUTSIDE}"
    assert after == before.replace("Short.", "Shorter.", 1)
    # And the story that is taken along is exactly that
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.clicks(phrase("choice-skip"))
    assert copyable_text(await maya.sees(phrase("ask-take"))) == after


async def test_window_refuses_and_keeps_the_words_when_a_text_is_longer_than_can_be_kept(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a very long text in the editor
    await reach_draft(maya, "Short.", "The vans went out and came back. " * 1190)
    await maya.clicks(phrase("choice-edit"))
    view = await maya.modal()
    assert view is not None
    # When every part of it reaches the maximum length of a field
    fields = {block["block_id"]: "x" * 3000 for block in view["blocks"]}
    assert len(fields) * 3000 > 40_000
    answer = await maya.submits(fields)
    # Then nothing is cut: the window stays open with the text still in it, and says by how much it is too long
    assert "more than I can keep in one piece" in str(answer["errors"])
    still = await maya.modal()
    assert still is not None
    assert str(still["values"]).count("x" * 3000) == len(fields)
    assert [one.source for one in await stored_data.list_text_versions(app, maya)] == ["composed"]


@pytest.mark.wide
async def test_last_look_asks_about_details_that_strangers_need_not_know(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a story with a phone number, an address and a business figure in it
    await reach_draft(
        maya,
        "Call me on +49 30 901820 or write to maya@qamarlabs.example.",
        "Our revenue grew by 340% in May.",
    )
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.says("Keeps fridges honest")
    # When the last look comes
    look = await maya.sees("I noticed")
    # Then it names what it saw, and asks
    for found in (phrase("found-phone"), phrase("found-email"), phrase("found-figure")):
        assert found in look["text"]
    # And it can stay, and is not asked about again; only the number of the check is stored
    await maya.clicks(phrase("choice-fine-last_look"))
    await maya.sees(phrase("ask-take"))
    assert 1 in (await stored_data.current_draft(app, maya)).draft.notes_silenced
    for table in ("choices", "consents", "said", "takings"):
        assert "901820" not in str(await stored_data.table_rows(app, table))


async def test_no_last_look_is_taken_when_there_is_nothing_to_see(maya: SlackUser) -> None:
    # Given a story with nothing in it that strangers need not know
    # When its author likes it
    await reach_finished_story(maya)
    # Then the last look is left out
    await maya.has_not_seen("I noticed")


@pytest.mark.wide
async def test_headline_can_be_copied_and_its_length_is_shown(maya: SlackUser) -> None:
    # Given a draft that its author likes
    await reach_draft(maya)
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    # When the headline is longer than LinkedIn takes
    headline = "Keeps clinics' fridges honest, and " + "honest " * 30
    await maya.says(headline)
    # Then it is kept whole, and the excess length is shown
    end = await maya.sees(phrase("ask-take"))
    assert visible_content.has_text(end, headline.strip())
    assert visible_content.has_text(
        end, f"LinkedIn stops at 220 characters; this is {len(headline.strip()) - 220} over."
    )


async def test_question_keeps_its_own_answer_when_the_new_words_are_asked_about_after_it(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a text edited by hand, and a question gone back to
    await reach_draft(maya)
    await maya.clicks(phrase("choice-edit"))
    await maya.submits({"part.1": f"{WARM_UP}\n\n{TURN}"})
    saved = await maya.sees(phrase("remark-saved"))
    old = next(
        one for one in await maya.messages() if visible_content.has_text(one, "How did you end up here?")
    )
    await maya.clicks(phrase("choice-change"), in_message=old)
    asked = await maya.sees(phrase("ask-turn"), after=saved)
    # When it is answered anew, and what becomes of the new words is decided
    await maya.says("I studied medicine.")
    await maya.sees(phrase("compare-ask"), after=asked)
    await maya.clicks(phrase("choice-swap"))
    await maya.sees(phrase("remark-swapped"))
    await app.wait_until_idle()
    # Then the question is shown with its answer, and no other one replaces it
    now = next(one for one in await maya.messages() if one["ts"] == asked["ts"])
    assert visible_content.has_text(now, "How did you end up here?")
    assert visible_content.has_text(now, "› answered")


async def test_choice_typed_out_decides_about_changed_words_and_is_no_answer(
    app: AppUnderTest, maya: SlackUser
) -> None:
    # Given a text edited by hand, the question of a headline, and then an answer changed
    await reach_draft(maya)
    await maya.clicks(phrase("choice-edit"))
    await maya.submits({"part.1": f"{WARM_UP}\n\n{TURN}"})
    await maya.sees(phrase("remark-saved"))
    await maya.clicks(phrase("choice-fine-draft"))
    await maya.sees("the line under your name")
    await maya.edits(TURN, "I studied medicine.")
    asked = await maya.sees(phrase("compare-ask"))
    # When its author types what could be pressed
    await maya.says("put the new words in")
    # Then that is done, and the headline is asked for again
    await maya.sees(phrase("remark-swapped"))
    await maya.sees("the line under your name", after=asked)
    draft = (await stored_data.current_draft(app, maya)).draft
    assert draft.edited == f"{WARM_UP}\n\nI studied medicine."
    assert draft.at.step == "headline"
