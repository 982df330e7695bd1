"""The lines of the story: cards kept, changed, left or merged, and the author's own lines."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.compose import fill_placeholders
from bot.conversation.editing import ask_about_change
from bot.conversation.gaps import unmark_gaps
from bot.conversation.moves import jump_to, move_to_first_unanswered
from bot.conversation.plan import next_page
from bot.conversation.turns import (
    AskQuestion,
    ButtonPressed,
    LineAdded,
    LineReworded,
    LinesMerged,
    Material,
    RedrawScreen,
    Remark,
    StoryFinished,
    Turn,
)
from db.models.drafts import (
    CardDeal,
    ChosenAnswer,
    Draft,
    DraftStep,
    PersonMessage,
    Question,
    SkippedAnswer,
    StoryLanguage,
    StoryLine,
    TextChange,
    WrittenAnswer,
)

LINES_INTRO = Question(DraftStep.LINES)


def open_first_page(draft: Draft, deal: CardDeal) -> Turn:
    """Open the first page on request; a second deal never replaces the first."""
    if draft.deal is None:
        draft = replace(draft, deal=deal)
    if "1" not in draft.opened:
        draft = replace(draft, opened=("1", *draft.opened))
    draft = draft.with_answer(LINES_INTRO, ChosenAnswer(("open",)))
    return jump_to(draft, Question(DraftStep.LINES, "1"))


def apply_card_button(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    """Apply a button on a page of cards; every opened page works while the conversation is at the cards."""
    match pressed.choice:
        case "keep" if material.bank.has_card(pressed.about):
            return RedrawScreen(_queue_change(draft, keep_card(draft, pressed.about, material)))
        case "leave":
            left = draft.left | {pressed.about} if material.bank.has_card(pressed.about) else draft.left
            return RedrawScreen(_queue_change(draft, replace(_remove_line(draft, pressed.about), left=left)))
        case "next":
            return _open_next_page(draft, pressed.question.about, material)
        case "none":
            return _reject_page(draft, pressed.question.about, material)
        case "done":
            return finish_lines(draft, material)
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def keep_card(draft: Draft, card_id: str, material: Material) -> Draft:
    """Return the draft with this card kept unchanged; a card that was kept or reworded before stays as it is."""
    left = draft.left - {card_id}
    if any(line.id == card_id or card_id in line.cards for line in draft.lines):
        return replace(draft, left=left)
    card = material.bank.card(card_id)
    line = StoryLine(card.id, card.texts[draft.language or "en"], (card.id,), card.kind)
    return replace(draft, left=left, lines=(*draft.lines, line))


def apply_line_modal(draft: Draft, edit: LineReworded | LinesMerged | LineAdded, material: Material) -> Turn:
    """Apply what came back from one of the modals of the cards."""
    if not edit.text.strip():
        return AskQuestion(draft, Remark.EMPTY)
    changed = _edit_line(draft, edit, material)
    if draft.edited is not None and changed.lines != draft.lines:
        changed, text_change = _find_text_change(draft, changed)
        if text_change is not None:
            return ask_about_change(changed, text_change)
    if draft.at.step is DraftStep.LINES:
        return RedrawScreen(changed)
    if draft.at.step is DraftStep.DONE:  # a modal left open until after the end
        return StoryFinished(changed)
    return (
        move_to_first_unanswered(changed, material)
        if changed != draft
        else AskQuestion(draft, Remark.OUT_OF_TURN)
    )


def _edit_line(draft: Draft, edit: LineReworded | LinesMerged | LineAdded, material: Material) -> Draft:
    """Return the draft with the line as it came back from its modal; gaps left in it are gaps again."""
    match edit:
        case LineReworded(about, text):
            return _reword_line(draft, about, _unmark_text(draft, text, (about,), material), material)
        case LinesMerged(first, second, text):
            return _merge_lines(draft, first, second, _unmark_text(draft, text, (first, second), material))
        case LineAdded(text):
            return _append_line(draft, text.strip())


def _unmark_text(draft: Draft, text: str, about: tuple[str, ...], material: Material) -> str:
    cards = [card for line in draft.lines if line.id in about for card in line.cards]
    return unmark_gaps(text.strip(), (*about, *cards), draft.language or "en", material)


def _find_text_change(before: Draft, after: Draft) -> tuple[Draft, TextChange | None]:
    """Return the draft, and the change to ask about if lines changed after the whole text was edited by hand.

    The old words are those of the line, or of the two merged, from before any change. Nothing is asked if
    the same words are back, or if a removed line is no longer in the text.
    """
    gone = {line.id: fill_placeholders(before, line) for line in before.lines if line not in after.lines}
    new = {line.id: fill_placeholders(after, line) for line in after.lines if line not in before.lines}
    questions = [Question(DraftStep.LINES, line_id) for line_id in dict.fromkeys((*gone, *new))]
    pending = [before.pending_change(question) for question in questions]
    words = [c.old if c else gone.get(q.about, "") for c, q in zip(pending, questions, strict=True)]
    change = TextChange(questions[-1].key, " ".join(filter(None, words)), "".join(new.values()))
    settled = change.old == change.new or not (change.new or change.old in (before.edited or ""))
    return after.without_pending_changes(*questions), None if settled else change


def _queue_change(before: Draft, after: Draft) -> Draft:
    """Return the draft after a line changed at the cards; the edited text is asked about once they are done."""
    if before.edited is None or after.lines == before.lines:
        return after
    after, change = _find_text_change(before, after)
    return after.with_pending_change(change) if change else after


def add_line_from_message(draft: Draft, message: PersonMessage) -> Turn:
    """Add the author's own line, written as a message; it follows that message's edits and deletion."""
    line = StoryLine(_new_line_id(draft, "own"), message.plain.strip())
    kept = draft.with_answer(Question(DraftStep.LINES, line.id), WrittenAnswer((message,)))
    return RedrawScreen(_queue_change(draft, replace(kept, lines=(*draft.lines, line))))


def finish_lines(draft: Draft, material: Material) -> Turn:
    """Go on with enough lines: every opened page counts as answered.

    If the lines change a text that was edited by hand, ask about that first.
    """
    answer = ChosenAnswer(("done",)) if draft.opened else SkippedAnswer()
    if draft.at == LINES_INTRO or draft.answer_to(LINES_INTRO) is None:
        draft = draft.with_answer(LINES_INTRO, answer)
    for page in draft.opened:
        draft = draft.with_answer(Question(DraftStep.LINES, page), answer)
    waiting = [c for c in draft.changes if Question.from_key(c.question).step is DraftStep.LINES]
    turn = move_to_first_unanswered(draft, material)
    return ask_about_change(turn.draft, waiting[0]) if waiting else turn


def _open_next_page(draft: Draft, page: str, material: Material) -> Turn:
    following = next_page(draft, page, material)
    if following is None:
        return finish_lines(draft, material)
    draft = draft.with_answer(Question(DraftStep.LINES, page), ChosenAnswer(("next",)))
    if following not in draft.opened:
        draft = replace(draft, opened=(*draft.opened, following))
    return jump_to(draft, Question(DraftStep.LINES, following))


def _reject_page(draft: Draft, page: str, material: Material) -> Turn:
    """Apply [None of these]: show the other half of the first screen, or go on without lines."""
    return _open_next_page(draft, page, material) if page == "1" else finish_lines(draft, material)


def _remove_line(draft: Draft, line_id: str) -> Draft:
    return replace(draft, lines=tuple(line for line in draft.lines if line.id != line_id))


def _reword_line(draft: Draft, about: str, text: str, material: Material) -> Draft:
    """Return the draft with the line reworded in place; a card that wasn't kept is kept in these words.

    If the line is gone in the meantime (merged or removed), the words stay as a separate line.
    """
    if material.bank.has_card(about):
        draft = keep_card(draft, about, material)
    if all(line.id != about for line in draft.lines):
        return _append_line(draft, text)
    lines = tuple(replace(line, text=text) if line.id == about else line for line in draft.lines)
    return replace(draft, lines=lines)


def _merge_lines(draft: Draft, first: str, second: str, text: str) -> Draft:
    """Return the draft with one line in place of two; it remembers all the cards of both."""
    found = {line.id: line for line in draft.lines}
    if first == second or first not in found or second not in found:
        return draft
    one, two = found[first], found[second]
    kind = one.kind if one.kind == two.kind else ""
    line = StoryLine(_new_line_id(draft, "mix"), text, tuple(dict.fromkeys(one.cards + two.cards)), kind)
    rest = tuple(line if x.id == first else x for x in draft.lines if x.id != second)
    return replace(_move_details(draft, (first, second), line.id), lines=rest)


def _move_details(draft: Draft, old: tuple[str, str], new: str) -> Draft:
    """Return the draft with the details given for two lines moved to the line that replaces them."""
    answers = [draft.answer_to(Question(DraftStep.YOURS, line_id)) for line_id in old]
    parts = tuple(part for answer in answers if isinstance(answer, WrittenAnswer) for part in answer.parts)
    return draft.with_answer(Question(DraftStep.YOURS, new), WrittenAnswer(parts)) if parts else draft


def lines_in_language(draft: Draft, language: StoryLanguage, material: Material) -> tuple[StoryLine, ...]:
    """Return the lines after the story's language changed: an unchanged card is kept in the new language."""
    old = draft.language or language

    def translate(line: StoryLine) -> StoryLine:
        card = material.bank.card(line.id) if material.bank.has_card(line.id) else None
        untouched = card is not None and card.texts[old] == line.text
        return replace(line, text=card.texts[language]) if card and untouched else line

    return tuple(map(translate, draft.lines))


def _append_line(draft: Draft, text: str) -> Draft:
    return replace(draft, lines=(*draft.lines, StoryLine(_new_line_id(draft, "own"), text)))


def _new_line_id(draft: Draft, stem: str) -> str:
    """Return an id that no line of this draft has had: ids name answers, so a freed one must not be reused."""
    used = {line.id for line in draft.lines} | {
        Question.from_key(key).about.partition(".")[0] for key in draft.answers
    }
    n = 1
    while f"{stem}-{n}" in used:
        n += 1
    return f"{stem}-{n}"
