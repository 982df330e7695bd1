"""The laws of composition: nothing is added, nothing is lost, nothing breaks, and it is the same every time."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.compose import compose, ended, filled, first_lines
from db.models.drafts import Answer, Chosen, Draft, Line, Question, Said, Step, Written
from tests.conversation.dialogues import BANK

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
def written(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> Written:
    """An answer of one to three messages, some of them deleted since."""
    texts = draw(st.lists(words, min_size=1, max_size=3))
    return Written(tuple(Said(t, t, "D1", f"{n}.0", draw(st.booleans())) for n, t in enumerate(texts)))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft with any answers, any lines and perhaps an opening taken from them."""
    answers: dict[str, Answer] = {
        key: draw(written())
        for key in ("warm_up", "turn", "balance:company", "outside:pp-1", "ask_me")
        if draw(st.booleans())
    }
    lines = []
    for n, card in enumerate(draw(st.lists(st.sampled_from(CARDS), max_size=3, unique_by=id))):
        text = draw(st.sampled_from([card.texts["en"], card.texts["ar"], "My own."]))
        lines.append(Line(card.id, text, (card.id,), card.kind))
        lines.append(Line(f"own-{n}", draw(WORDS)))
        for name in card.hints:
            if draw(st.booleans()):
                answers[Question(Step.FILL, f"{card.id}.{name}").key] = draw(written())
        if draw(st.booleans()):
            answers[Question(Step.YOURS, card.id).key] = draw(written())
    made = Draft(id="d1", language="en", lines=tuple(lines), answers=answers)
    offered = first_lines(made)
    if offered and draw(st.booleans()):
        return made.answered(Question(Step.FIRST_LINE), Chosen((draw(st.sampled_from(offered)),)))
    return made


def sources(draft: Draft) -> list[str]:
    """Everything from which the story is made, in its usual order, cards with their openings filled."""
    outside = draft.written(Question(Step.OUTSIDE, "pp-1"))
    found = [draft.written(Question(Step.WARM_UP)), draft.written(Question(Step.TURN))]
    for line in draft.lines:
        found += [filled(draft, line), draft.written(Question(Step.YOURS, line.id))]
    found += [draft.written(Question(Step.BALANCE, "company")), outside]
    return [*found, draft.written(Question(Step.ASK_ME))]


def solid(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_nothing_is_added_but_white_space_and_final_stops(draft: Draft) -> None:
    given_, made = (Counter(solid(text)) for text in ("".join(sources(draft)), compose(draft)))

    added = made - given_
    assert given_ - made == Counter()
    assert set(added) <= {"."}
    assert added["."] <= len(sources(draft)) + 1


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_every_piece_stands_whole_and_in_order_when_no_opening_was_chosen(draft: Draft) -> None:
    draft = draft.without(Question(Step.FIRST_LINE))
    story, at = compose(draft), 0

    for piece in sources(draft):
        found = story.find(piece.strip(), at)
        assert found >= at
        at = found + len(piece.strip())


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_the_opening_stands_first_when_one_was_chosen(draft: Draft) -> None:
    chosen = draft.chosen(Question(Step.FIRST_LINE)) or ""

    assert compose(draft).startswith(chosen.strip())


@settings(max_examples=100, deadline=None)
@given(drafts())
def test_the_same_answers_make_the_same_story(draft: Draft) -> None:
    again = Draft(id="other", language="en", lines=draft.lines, answers=dict(draft.answers))

    assert compose(draft) == compose(again)


@given(st.text())
def test_a_text_keeps_its_characters_and_gets_one_stop_at_most(text: str) -> None:
    result = ended(text)

    assert result in {text.strip(), text.strip() + "."}
    assert ended(result) == result


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(CARDS), st.data())
def test_the_frame_of_a_card_stays_whatever_is_filled_in(card: object, data: st.DataObject) -> None:
    chosen = next(c for c in CARDS if c is card)
    line = Line(chosen.id, chosen.texts["en"], (chosen.id,), chosen.kind)
    answers: dict[str, Answer] = {
        Question(Step.FILL, f"{chosen.id}.{name}").key: data.draw(written()) for name in chosen.hints
    }
    story, at = filled(Draft(id="d1", answers=answers), line), 0

    for part in _frame(line.text):
        assert part in story[at:]
        at = story.index(part, at) + len(part)


def _frame(text: str) -> list[str]:
    """The words of a card around its openings, without the stops that an answer may take away."""
    parts: list[str] = []
    for piece in text.split("{{"):
        parts.append(piece.partition("}}")[2] if "}}" in piece else piece)
    return [part.removeprefix(".").strip() for part in parts if part.strip(" .")]
