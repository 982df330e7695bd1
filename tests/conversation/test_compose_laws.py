"""The laws of composition: nothing is added, lost or broken, and the same answers make the same story."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.compose import (
    compose_story,
    ensure_final_stop,
    fill_placeholders,
    first_line_candidates,
)
from db.models.drafts import (
    ChosenAnswer,
    Draft,
    DraftAnswer,
    DraftStep,
    PersonMessage,
    Question,
    StoryLine,
    WrittenAnswer,
)
from tests.conversation.scripted_dialogue import BANK

PIECES = st.sampled_from(
    [
        "I fix graphs. ",
        "People come to me? ",
        "لماذا؟ ",
        "أخبز للجيران كل يوم. ",
        "no stop",
        "\n",
        "\n\n",
        "«نعم» ",
        "(so it goes) ",
        "e.g. 3.5% ",
        "...",
        "😀 ",
        "{{skill}} ",
        "{{braces}}",
        "cafe\u0301 ",
        "\u202e",
        "<!channel> & ",
    ]
)
WORDS = st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=40)
CARDS = [card for card in BANK.cards if card.scope == "all"]


@st.composite
def written_answers(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> WrittenAnswer:
    """Draw an answer of one to three messages, some of them deleted since."""
    texts = draw(st.lists(words, min_size=1, max_size=3))
    return WrittenAnswer(
        tuple(PersonMessage(t, t, "D1", f"{n}.0", draw(st.booleans())) for n, t in enumerate(texts))
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw a draft with any answers, any lines, and perhaps an opening taken from them."""
    answers: dict[str, DraftAnswer] = {
        key: draw(written_answers())
        for key in ("warm_up", "turn", "balance:company", "outside:pp-1", "ask_me")
        if draw(st.booleans())
    }
    lines = []
    for n, card in enumerate(draw(st.lists(st.sampled_from(CARDS), max_size=3, unique_by=id))):
        text = draw(st.sampled_from([card.texts["en"], card.texts["ar"], "My own."]))
        lines.append(StoryLine(card.id, text, (card.id,), card.kind))
        lines.append(StoryLine(f"own-{n}", draw(WORDS)))
        for name in card.hints:
            if draw(st.booleans()):
                answers[Question(DraftStep.FILL, f"{card.id}.{name}").key] = draw(written_answers())
        if draw(st.booleans()):
            answers[Question(DraftStep.YOURS, card.id).key] = draw(written_answers())
    made = Draft(id="d1", language="en", lines=tuple(lines), answers=answers)
    offered = first_line_candidates(made)
    if bool(offered) and draw(st.booleans()):
        return made.with_answer(
            Question(DraftStep.FIRST_LINE), ChosenAnswer((draw(st.sampled_from(offered)),))
        )
    return made


def source_texts(draft: Draft) -> list[str]:
    """Return the sources of the story in their usual order, cards with their placeholders filled."""
    outside = draft.written_text(Question(DraftStep.OUTSIDE, "pp-1"))
    found = [draft.written_text(Question(DraftStep.WARM_UP)), draft.written_text(Question(DraftStep.TURN))]
    for line in draft.lines:
        found += [fill_placeholders(draft, line), draft.written_text(Question(DraftStep.YOURS, line.id))]
    found += [draft.written_text(Question(DraftStep.BALANCE, "company")), outside]
    return [*found, draft.written_text(Question(DraftStep.ASK_ME))]


def without_whitespace(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_nothing_is_added_but_white_space_and_final_stops(draft: Draft) -> None:
    given_, made = (
        Counter(without_whitespace(text)) for text in ("".join(source_texts(draft)), compose_story(draft))
    )

    added = made - given_
    assert given_ - made == Counter()
    assert set(added) <= {"."}
    assert added["."] <= len(source_texts(draft)) + 1


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_every_passage_is_whole_and_in_order_when_no_opening_was_chosen(draft: Draft) -> None:
    draft = draft.without_answer(Question(DraftStep.FIRST_LINE))
    story, at = compose_story(draft), 0

    for piece in source_texts(draft):
        found = story.find(piece.strip(), at)
        assert found >= at
        at = found + len(piece.strip())


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_the_opening_comes_first_when_one_was_chosen(draft: Draft) -> None:
    chosen = draft.first_choice(Question(DraftStep.FIRST_LINE)) or ""

    assert compose_story(draft).startswith(chosen.strip())


@settings(max_examples=100, deadline=None)
@given(drafts())
def test_the_same_answers_make_the_same_story(draft: Draft) -> None:
    again = Draft(id="other", language="en", lines=draft.lines, answers=dict(draft.answers))

    assert compose_story(draft) == compose_story(again)


@given(st.text())
def test_a_text_keeps_its_characters_and_gets_one_stop_at_most(text: str) -> None:
    result = ensure_final_stop(text)

    assert result in {text.strip(), text.strip() + "."}
    assert ensure_final_stop(result) == result


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(CARDS), st.data())
def test_the_words_of_a_card_stay_around_any_answer(card: object, data: st.DataObject) -> None:
    chosen = next(c for c in CARDS if c is card)
    line = StoryLine(chosen.id, chosen.texts["en"], (chosen.id,), chosen.kind)
    answers: dict[str, DraftAnswer] = {
        Question(DraftStep.FILL, f"{chosen.id}.{name}").key: data.draw(written_answers())
        for name in chosen.hints
    }
    story, at = fill_placeholders(Draft(id="d1", answers=answers), line), 0

    for part in _fixed_words(line.text):
        assert part in story[at:]
        at = story.index(part, at) + len(part)


def _fixed_words(text: str) -> list[str]:
    """Return the words of a card around its placeholders, without the stops that an answer may remove."""
    parts: list[str] = []
    for piece in text.split("{{"):
        parts.append(piece.partition("}}")[2] if "}}" in piece else piece)
    return [part.removeprefix(".").strip() for part in parts if part.strip(" .")]
