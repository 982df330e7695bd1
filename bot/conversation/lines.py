"""The lines of the story: cards kept, changed, left, merged, and lines of the person's own."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.compose import fill_placeholders
from bot.conversation.editing import ask_about_change
from bot.conversation.gaps import unmark_gaps
from bot.conversation.moves import advance_to_next, jump_to
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
    Language,
    PersonMessage,
    Question,
    SkippedAnswer,
    StoryLine,
    TextChange,
    WrittenAnswer,
)

LINES_INTRO = Question(DraftStep.LINES)


def open_first_page(draft: Draft, deal: CardDeal) -> Turn:
    """The first page, because it was asked for; a second deal never replaces the first."""
    if draft.deal is None:
        draft = replace(draft, deal=deal)
    if "1" not in draft.opened:
        draft = replace(draft, opened=("1", *draft.opened))
    draft = draft.with_answer(LINES_INTRO, ChosenAnswer(("open",)))
    return jump_to(draft, Question(DraftStep.LINES, "1"))


def apply_card_button(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    """A button on a page of cards. Any page opened answers as long as the conversation is at the cards."""
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
    """The draft with this card kept as it is; keeping it twice keeps it once, and a changed one stays changed."""
    left = draft.left - {card_id}
    if any(line.id == card_id or card_id in line.cards for line in draft.lines):
        return replace(draft, left=left)
    card = material.bank.card(card_id)
    line = StoryLine(card.id, card.texts[draft.language or "en"], (card.id,), card.kind)
    return replace(draft, left=left, lines=(*draft.lines, line))


def apply_line_edit(draft: Draft, edit: LineReworded | LinesMerged | LineAdded, material: Material) -> Turn:
    """What came back from one of the modals of the cards."""
    if not edit.text.strip():
        return AskQuestion(draft, Remark.EMPTY)
    changed = _edit_line(draft, edit, material)
    if draft.edited is not None and changed.lines != draft.lines:
        changed, asked = _find_text_change(draft, changed)
        if asked is not None:
            return ask_about_change(changed, asked)
    if draft.at.step is DraftStep.LINES:
        return RedrawScreen(changed)
    if draft.at.step is DraftStep.DONE:  # a modal left open until after the end
        return StoryFinished(changed)
    return advance_to_next(changed, material) if changed != draft else AskQuestion(draft, Remark.OUT_OF_TURN)


def _edit_line(draft: Draft, edit: LineReworded | LinesMerged | LineAdded, material: Material) -> Draft:
    """The draft with the line as it came back from its modal; gaps left in it are gaps again."""
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
    """A line changed after the whole text was edited by hand: what becomes of that text is asked, not guessed.

    The old words are those of the line, or of the two merged, as they stood there before any change; nothing
    is asked where they are back again, and of a line taken out that no longer stands there.
    """
    gone = {line.id: fill_placeholders(before, line) for line in before.lines if line not in after.lines}
    new = {line.id: fill_placeholders(after, line) for line in after.lines if line not in before.lines}
    questions = [Question(DraftStep.LINES, line_id) for line_id in dict.fromkeys((*gone, *new))]
    waiting = [before.pending_change(question) for question in questions]
    words = [c.old if c else gone.get(q.about, "") for c, q in zip(waiting, questions, strict=True)]
    change = TextChange(questions[-1].key, " ".join(filter(None, words)), "".join(new.values()))
    settled = change.old == change.new or not (change.new or change.old in (before.edited or ""))
    return after.without_pending_changes(*questions), None if settled else change


def _queue_change(before: Draft, after: Draft) -> Draft:
    """The draft after a line was kept, taken out or written at the cards: asked about once the cards are done."""
    if before.edited is None or after.lines == before.lines:
        return after
    after, change = _find_text_change(before, after)
    return after.with_pending_change(change) if change else after


def add_own_line(draft: Draft, said: PersonMessage) -> Turn:
    """A line of the person's own, written as a message; it follows that message when it is edited or deleted."""
    line = StoryLine(_new_line_id(draft, "own"), said.plain.strip())
    kept = draft.with_answer(Question(DraftStep.LINES, line.id), WrittenAnswer((said,)))
    return RedrawScreen(_queue_change(draft, replace(kept, lines=(*draft.lines, line))))


def finish_lines(draft: Draft, material: Material) -> Turn:
    """Enough lines: every page opened is answered, and the conversation goes on.

    What they change in a text edited by hand is asked first.
    """
    answer = ChosenAnswer(("done",)) if draft.opened else SkippedAnswer()
    if draft.at == LINES_INTRO or draft.answer_to(LINES_INTRO) is None:
        draft = draft.with_answer(LINES_INTRO, answer)
    for page in draft.opened:
        draft = draft.with_answer(Question(DraftStep.LINES, page), answer)
    waiting = [c for c in draft.changes if Question.from_key(c.question).step is DraftStep.LINES]
    further = advance_to_next(draft, material)
    return ask_about_change(further.draft, waiting[0]) if waiting else further


def _open_next_page(draft: Draft, page: str, material: Material) -> Turn:
    following = next_page(draft, page, material)
    if following is None:
        return finish_lines(draft, material)
    draft = draft.with_answer(Question(DraftStep.LINES, page), ChosenAnswer(("next",)))
    if following not in draft.opened:
        draft = replace(draft, opened=(*draft.opened, following))
    return jump_to(draft, Question(DraftStep.LINES, following))


def _reject_page(draft: Draft, page: str, material: Material) -> Turn:
    """None of these: on to the other half of the first screen, or on without."""
    return _open_next_page(draft, page, material) if page == "1" else finish_lines(draft, material)


def _remove_line(draft: Draft, line_id: str) -> Draft:
    return replace(draft, lines=tuple(line for line in draft.lines if line.id != line_id))


def _reword_line(draft: Draft, about: str, text: str, material: Material) -> Draft:
    """The line reworded in its place; a card not kept before is kept in these words.

    Where the line has gone in the meantime (merged, taken out), the words stay as a line of their own.
    """
    if material.bank.has_card(about):
        draft = keep_card(draft, about, material)
    if all(line.id != about for line in draft.lines):
        return _append_line(draft, text)
    lines = tuple(replace(line, text=text) if line.id == about else line for line in draft.lines)
    return replace(draft, lines=lines)


def _merge_lines(draft: Draft, first: str, second: str, text: str) -> Draft:
    """One line in the place of two; it remembers every card that it came from."""
    found = {line.id: line for line in draft.lines}
    if first == second or first not in found or second not in found:
        return draft
    one, two = found[first], found[second]
    kind = one.kind if one.kind == two.kind else ""
    line = StoryLine(_new_line_id(draft, "mix"), text, tuple(dict.fromkeys(one.cards + two.cards)), kind)
    rest = tuple(line if x.id == first else x for x in draft.lines if x.id != second)
    return replace(_move_details(draft, (first, second), line.id), lines=rest)


def _move_details(draft: Draft, old: tuple[str, str], new: str) -> Draft:
    """The details told of two lines, as the details of the one that they have become."""
    told = [draft.answer_to(Question(DraftStep.YOURS, line_id)) for line_id in old]
    parts = tuple(part for answer in told if isinstance(answer, WrittenAnswer) for part in answer.parts)
    return draft.with_answer(Question(DraftStep.YOURS, new), WrittenAnswer(parts)) if parts else draft


def lines_in_language(draft: Draft, language: Language, material: Material) -> tuple[StoryLine, ...]:
    """The lines once the story's language is another: a card kept as it was is kept in the new language."""
    old = draft.language or language

    def said(line: StoryLine) -> StoryLine:
        card = material.bank.card(line.id) if material.bank.has_card(line.id) else None
        untouched = card is not None and card.texts[old] == line.text
        return replace(line, text=card.texts[language]) if card and untouched else line

    return tuple(map(said, draft.lines))


def _append_line(draft: Draft, text: str) -> Draft:
    return replace(draft, lines=(*draft.lines, StoryLine(_new_line_id(draft, "own"), text)))


def _new_line_id(draft: Draft, stem: str) -> str:
    """An id no line of this draft has had: ids name answers, so a freed one must not be given again."""
    used = {line.id for line in draft.lines} | {
        Question.from_key(key).about.partition(".")[0] for key in draft.answers
    }
    n = 1
    while f"{stem}-{n}" in used:
        n += 1
    return f"{stem}-{n}"
