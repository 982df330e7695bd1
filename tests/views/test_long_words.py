"""Long and hostile words on every screen: nothing is cut, nothing is refused, nothing comes to life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.compose import text_of
from bot.conversation.draft_notes import notes_at
from bot.conversation.turns import Compare
from bot.i18n import LOCALES, Texts
from bot.text import join, neutral
from bot.views.blocks import parted
from bot.views.stories import replies
from bot.views.stories.cards import change_modal, merge_modal
from bot.views.stories.editor import edit_modal, parts
from bot.views.stories.notes import note_modal, share_modal
from bot.views.stories.questions import answered, screen
from db.models.drafts import Change, Draft, Line, Question, Said, Step, Written
from tests.conversation.dialogues import CULTURE, MATERIAL, Dialogue, at
from tests.views.screens import preformatted, screen_of, shown, within_limits, within_limits_of_a_modal

TEXTS = [Texts(locale) for locale in LOCALES]
SENTENCE, ARABIC = "I look after the sensors in our clinics. ", "أعتني بأجهزة الاستشعار في العيادات. "
LONG = {
    "3,000 characters": (SENTENCE * 80)[:3000],
    "40,000 characters": (SENTENCE * 1000)[:40_000],
    "40,000 Arabic characters": (ARABIC * 1200)[:40_000],
    "40,000 ampersands": "&" * 40_000,
    "40,000 emoji": "😀" * 20_000 + "👨\u200d👩\u200d👧" * 4_000,
    "one endless word": "x" * 40_000,
    "a thousand lines": "line\n" * 1000,
    "two hundred addresses": " ".join(f"name{n}@example.com" for n in range(200)),
    "commands and tags": "<!channel> <@U0LINA> &lt;b&gt; *bold* `code` :coffee: {{x}} </script> '; DROP TABLE a; --",
    "overrides": "right \u202eto left\u202c and \u2067open isolate, \u202bembedding",
}
CARD = CULTURE[0]
words_of = pytest.mark.parametrize("words", LONG.values(), ids=LONG.keys())


def written_at(step: Step) -> Callable[[str], Draft]:
    """A draft back at a question that has been answered with these words."""

    def answered_with(words: str) -> Draft:
        draft = at(step).draft
        return replace(draft.answered(draft.at, Written((Said(words, words, "D1", "9.9"),))), at=draft.at)

    return answered_with


EVERYWHERE = (Step.WARM_UP, Step.OUTSIDE, Step.HEADLINE)


def with_everything(words: str, step: Step) -> Draft:
    """A draft at this step, in which these words are the warm-up, the headline, and what was said of life."""
    draft = at(step).draft
    said = Written((Said(words, words, "D1", "9.9"),))
    given = {key: said if key.startswith(EVERYWHERE) else answer for key, answer in draft.answers.items()}
    return replace(draft.without(Question(Step.FIRST_LINE)), answers=given)


@words_of
@pytest.mark.parametrize("step", [s for s in Step if s is not Step.PASTE])
def test_no_screen_is_refused_whatever_was_written_before_it(words: str, step: Step) -> None:
    draft = with_everything(words, step)

    for texts in TEXTS:
        message = screen_of(draft, texts)
        assert within_limits(message)
        assert within_limits(answered(draft, Question(Step.WARM_UP), MATERIAL, texts))


@words_of
@pytest.mark.parametrize(
    "step",
    [Step.WARM_UP, Step.TURN, Step.FILL, Step.YOURS, Step.BALANCE, Step.OUTSIDE, Step.ASK_ME, Step.HEADLINE],
)
def test_the_answer_so_far_is_shown_whole(words: str, step: Step) -> None:
    blocks = [b for part in parted(screen_of(written_at(step)(words), TEXTS[0])) for b in part.blocks]

    assert solid(neutral(words)) in solid(shown(blocks, "plain_text"))


def test_each_part_of_a_split_question_is_read_aloud_and_the_last_one_says_what_is_asked() -> None:
    for texts in TEXTS:
        parts = parted(screen_of(written_at(Step.WARM_UP)(LONG["40,000 characters"]), texts))
        asked = screen(written_at(Step.WARM_UP)(""), Question(Step.WARM_UP), MATERIAL, texts).prompt

        assert len(parts) > 1
        assert parts[-1].text.startswith(asked)
        assert texts.label("choice-go_on") in parts[-1].text
        assert all(part.text for part in parts)


@words_of
def test_the_draft_is_shown_whole(words: str) -> None:
    draft = with_everything(words, Step.DRAFT)
    blocks = [b for part in parted(screen_of(draft, TEXTS[0])) for b in part.blocks]

    assert solid(neutral(text_of(draft))) in solid(shown(blocks, "plain_text"))


@words_of
def test_words_of_the_persons_never_come_to_life(words: str) -> None:
    for step in (Step.WARM_UP, Step.DRAFT, Step.LAST_LOOK, Step.TAKE, Step.OTHER_LANGUAGE):
        message = screen_of(with_everything(words, step), TEXTS[0])
        for living in (shown(message.blocks, "mrkdwn"), message.text):
            assert "<!channel>" not in living
            assert "<@U0LINA>" not in living
            assert "\u202e" not in living


@words_of
def test_the_choices_can_be_heard_even_where_slack_cuts_the_text(words: str) -> None:
    texts = TEXTS[0]
    heard = screen_of(with_everything(words, Step.DRAFT), texts).text[:4000]

    assert all(texts.label(f"choice-{name}") in heard for name in ("fine-draft", "edit", "share"))
    assert "Every word can change" in heard


@words_of
def test_strays_and_comparisons_are_shown_whole(words: str) -> None:
    stray = replace(at(Step.TURN).draft, strays=(Said(words, words), Said("and more", "and more")))
    change = Change("turn", words, f"{words} new")
    turn = Compare(replace(at(Step.DRAFT).draft, edited="All new.", changes=(change,)), change)
    blocks = [b for part in parted(screen_of(stray, TEXTS[1])) for b in part.blocks]
    compared = [b for part in parted(replies.compare(turn, MATERIAL, TEXTS[1])) for b in part.blocks]

    assert solid(neutral(words)) in solid(shown(blocks, "plain_text"))
    assert solid(shown(compared, "plain_text")).count(solid(neutral(words))) >= 2
    assert within_limits(screen_of(stray, TEXTS[1]))
    assert within_limits(replies.compare(turn, MATERIAL, TEXTS[1]))


@words_of
def test_lines_of_any_length_fit_on_a_page_and_in_their_modals(words: str) -> None:
    dialogue = at(Step.LINES).opens_the_lines().keeps(CARD).rewords(CARD, words)
    for n in range(12):
        dialogue.adds(f"{words} {n}")

    for texts in TEXTS:
        assert within_limits(screen_of(dialogue.draft, texts))
        assert within_limits_of_a_modal(change_modal(dialogue.draft, CARD, MATERIAL, texts))
        assert within_limits_of_a_modal(merge_modal(dialogue.draft, MATERIAL, texts))
        assert within_limits_of_a_modal(share_modal(dialogue.draft, MATERIAL, texts))


@words_of
def test_the_place_of_a_note_fits_into_its_modal(words: str) -> None:
    dialogue = Dialogue(with_everything(f"We leverage synergies {words}", Step.DRAFT))

    for note in notes_at(dialogue.draft, Step.DRAFT, MATERIAL):
        assert all(
            within_limits_of_a_modal(note_modal(dialogue.draft, note, MATERIAL, texts)) for texts in TEXTS
        )


def test_a_hundred_kept_lines_fit_into_the_modals() -> None:
    lines = tuple(Line(f"own-{n}", f"Line number {n}.") for n in range(120))
    draft = replace(at(Step.LINES).opens_the_lines().draft, lines=lines)

    assert within_limits_of_a_modal(merge_modal(draft, MATERIAL, TEXTS[0]))
    assert within_limits(screen_of(draft, TEXTS[0]))


# --- the editor -------------------------------------------------------------------------------------


@words_of
def test_the_editor_takes_any_text_and_gives_it_back(words: str) -> None:
    draft = replace(at(Step.DRAFT).draft, edited=words)
    view = edit_modal(draft, MATERIAL, TEXTS[0])

    assert within_limits_of_a_modal(view)
    fields = [block["element"].get("initial_value", "") for block in view["blocks"]]
    assert join(fields, parts(words).separators) == words
    assert all(len(field) <= 2800 for field in fields)


@settings(max_examples=60, deadline=None)
@given(st.text(), st.sampled_from([SENTENCE, ARABIC, "\n\n", "x", "😀", " \n "]), st.integers(0, 1500))
def test_the_pieces_of_the_editor_are_the_text_again(words: str, filling: str, times: int) -> None:
    text = words + filling * times + words

    pieces = parts(text)

    assert join(pieces.pieces, pieces.separators) == text
    assert len(pieces.separators) == len(pieces.pieces) - 1


def test_the_headline_is_offered_to_be_copied_however_long_it_is() -> None:
    draft = with_everything("My headline", Step.TAKE)

    assert preformatted(screen_of(draft, TEXTS[0]).blocks)[1] == "My headline"
    assert within_limits(screen_of(with_everything("h" * 40_000, Step.TAKE), TEXTS[0]))


def solid(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
