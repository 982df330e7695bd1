"""Making the text out of the answers: pieces moved and joined, nothing written that the person did not choose."""

from __future__ import annotations

import hashlib
import unicodedata

from bot.coaching.openings import suggest_first_sentences as likely_openings
from bot.conversation.bank import PLACEHOLDER_PATTERN
from bot.text import split_sentences
from db.models.drafts import Draft, DraftStep, Question, StoryLine, WrittenAnswer

_CLOSING_MARKS = "\"'”’»)]}"
_INVISIBLE_CATEGORIES = frozenset(("Mn", "Cf"))
HAS_TEXT_CHOICE = "have_one"
"""The choice at the warm-up of whoever has a text already."""


def story_text(draft: Draft) -> str:
    """The story as it stands: what was edited by hand, else what the answers make."""
    return draft.edited if draft.edited is not None else compose_story(draft)


def compose_story(draft: Draft) -> str:
    """The story that the answers make; a pure function, so the same answers always make the same text.

    The chosen opening sentence is *moved* to the front; then the rest of the warm-up, the turn, the lines
    in the order kept with their details, the piece from outside work, and "ask me about". Nothing is added
    but spaces, paragraph breaks and a missing final stop; openings not answered stay visible.
    """
    if pasted := _pasted_text(draft):
        return _join_paragraphs(
            [pasted, " ".join(ensure_final_stop(piece) for piece in _line_passages(draft))]
        )
    first = draft.first_choice(Question(DraftStep.FIRST_LINE)) or draft.written_text(
        Question(DraftStep.FIRST_LINE)
    )
    taken = _OpeningSentence(first)
    warm_up = taken.remove_from(draft.written_text(Question(DraftStep.WARM_UP)))
    turn = taken.remove_from(draft.written_text(Question(DraftStep.TURN)))
    lines = " ".join(filter(None, (taken.remove_from(piece) for piece in _line_passages(draft))))
    outside = taken.remove_from(outside_work_answer(draft))
    ask_me = taken.remove_from(draft.written_text(Question(DraftStep.ASK_ME)))
    wanted = taken.found or isinstance(draft.answer_to(Question(DraftStep.FIRST_LINE)), WrittenAnswer)
    opening = ensure_final_stop(first) if wanted else ""
    head = " ".join(piece for piece in (opening, warm_up) if piece)
    return _join_paragraphs([head, turn, lines, outside, ask_me])


def _pasted_text(draft: Draft) -> str:
    """The text brought along, as long as the person has not gone back to write a new one."""
    brought = draft.first_choice(Question(DraftStep.WARM_UP)) == HAS_TEXT_CHOICE
    return draft.written_text(Question(DraftStep.PASTE)) if brought else ""


def outside_work_answer(draft: Draft) -> str:
    """The answer about life outside work, whichever prompt it answered; the newest, if it was more than one."""
    for key, answer in reversed(tuple(draft.answers.items())):
        if (
            Question.from_key(key).step is DraftStep.OUTSIDE
            and isinstance(answer, WrittenAnswer)
            and answer.text
        ):
            return answer.text
    return ""


def fill_placeholders(draft: Draft, line: StoryLine) -> str:
    """The line with its answered openings filled in place; the others stay as they are.

    An answer loses its last full stop where the card goes on or brings its own, and the card loses its stop
    where the answer ends with another. Braces in an answer are the person's own, and no opening.
    """
    whole, rest = "", line.text
    while found := PLACEHOLDER_PATTERN.search(rest):
        answer, after = fit_answer(
            draft.written_text(Question(DraftStep.FILL, f"{line.id}.{found[1]}")), rest[found.end() :]
        )
        whole += rest[: found.start()] + (answer or found[0])
        rest = after
    return whole + rest


def fit_answer(answer: str, after: str) -> tuple[str, str]:
    """An answer as it fits into its opening, and what stands behind it: with one stop between them, not two."""
    if after.strip() and answer.endswith(".") and not answer.endswith(".."):
        answer = answer[:-1]
    if answer.endswith(("?", "؟", "!", "…", "..")):
        after = after.removeprefix(".")
    return " ".join(answer.splitlines()), after


def own_passages(draft: Draft) -> tuple[str, ...]:
    """What is wholly the person's own, in the order of the story."""
    pieces = [draft.written_text(Question(DraftStep.WARM_UP)), draft.written_text(Question(DraftStep.TURN))]
    pieces += [draft.written_text(Question(DraftStep.YOURS, line.id)) for line in draft.lines]
    pieces += [line.text for line in draft.lines if not line.cards]
    pieces += [outside_work_answer(draft), draft.written_text(Question(DraftStep.ASK_ME))]
    return tuple(piece for piece in pieces if piece)


def first_line_candidates(draft: Draft) -> tuple[str, ...]:
    """Up to three of the person's own sentences that could open the story; none when there is nothing to choose."""
    pieces = own_passages(draft)
    return likely_openings(pieces) if sum(len(split_sentences(piece)) for piece in pieces) > 1 else ()


def first_line_id(sentence: str) -> str:
    """What tells a first line from the others, however they change."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def ensure_final_stop(text: str) -> str:
    """The text with a final stop where one is missing: after a word, a number, or a sign that belongs to one."""
    text = text.strip()
    last = _last_visible_character(text)
    counts = last.isalnum() or last == "%" or unicodedata.category(last or " ") == "Sc"
    return f"{text}." if counts else text


def _last_visible_character(text: str) -> str:
    """The last character that is seen, behind which only quotes and brackets close."""
    for character in reversed(text):
        if character not in _CLOSING_MARKS and unicodedata.category(character) not in _INVISIBLE_CATEGORIES:
            return character
    return ""


class _OpeningSentence:
    """The opening sentence, taken out of the first piece in which it stands, and out of no other."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence.strip()
        self.found = False

    def remove_from(self, piece: str) -> str:
        """The piece without the opening sentence, with its final stop."""
        if self.sentence and not self.found:
            for s in split_sentences(piece):
                if s.text.strip() == self.sentence:
                    self.found = True
                    piece = _join_around_gap(piece[: s.start], piece[s.end :])
                    break
        return ensure_final_stop(piece)


def _join_around_gap(before: str, after: str) -> str:
    """What stood around a sentence, put together; lines stay lines."""
    head, tail = before.rstrip(), after.lstrip()
    gap = before[len(head) :] + after[: len(after) - len(tail)]
    return ("\n" if "\n" in gap else " ").join(part for part in (head, tail) if part)


def _line_passages(draft: Draft) -> list[str]:
    """Every kept line, filled, with the detail that makes it one's own as a sentence after it."""
    pieces: list[str] = []
    for line in draft.lines:
        pieces += [fill_placeholders(draft, line), draft.written_text(Question(DraftStep.YOURS, line.id))]
    pieces += [draft.written_text(Question(DraftStep.BALANCE, about)) for about in ("company", "culture")]
    return [piece for piece in pieces if piece.strip()]


def _join_paragraphs(parts: list[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
