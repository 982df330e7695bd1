"""Words that are added, changed and removed: written answers, edited or deleted messages, the text rewritten."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.conversation.gaps import fill_gap_in_edited_text, unmark_gaps
from bot.conversation.moves import move_to_first_unanswered, retire_early_messages
from bot.conversation.plan import TEXT_STEPS
from bot.conversation.turns import AskAboutChange, AskQuestion, Material, NoReply, Remark, Turn
from db.models.drafts import (
    Draft,
    DraftStatus,
    DraftStep,
    PersonMessage,
    Question,
    StoryLine,
    TextChange,
    WrittenAnswer,
)


def answer_with_text(
    draft: Draft, question: Question, messages: tuple[PersonMessage, ...], material: Material
) -> Turn:
    """Save the words as the answer to this question.

    Once the whole text has been edited by hand, a new answer no longer changes it: the old and new words are
    shown, and the author decides.
    """
    words = WrittenAnswer(messages)
    left = retire_early_messages(
        replace(draft, unplaced=tuple(s for s in draft.unplaced if s not in messages))
    )
    kept = left.without_answer(Question(DraftStep.OTHER_LANGUAGE, question.key)).with_answer(question, words)
    if draft.edited is not None and question.step is DraftStep.FILL:
        text = fill_gap_in_edited_text(kept, question, words.text, material)
        if text is not None:
            return move_to_first_unanswered(
                replace(kept, edited=text).without_pending_changes(question), material, Remark.SWAPPED
            )
    return _compare_if_changed(
        move_to_first_unanswered(kept, material), question, draft.written_text(question), words.text
    )


def _compare_if_changed(turn: Turn, question: Question, old: str, new: str) -> Turn:
    """Return the turn, or ask what becomes of the edited text if it may contain words that changed.

    If that's already being asked, the old words are those from before the first change: they're in the text.
    """
    if question.step is DraftStep.FILL:  # without its words, a gap is open again
        placeholder = "{{" + question.about.partition(".")[2] + "}}"
        new = new or placeholder
        old = old or (placeholder if placeholder in (turn.draft.edited or "") else "")
    if pending := turn.draft.pending_change(question):
        old = pending.old
        turn = replace(turn, draft=turn.draft.without_pending_changes(question))
    if old == new or not _is_in_edited_text(turn.draft, question):
        return turn
    return ask_about_change(turn.draft, TextChange(question.key, old, new))


def ask_about_change(draft: Draft, change: TextChange) -> AskAboutChange:
    """Ask what becomes of these words; until it's decided, the change waits as the latest one."""
    return AskAboutChange(draft.with_pending_change(change), change)


def _is_in_edited_text(draft: Draft, question: Question) -> bool:
    steps = (TEXT_STEPS - {DraftStep.HEADLINE}) | {DraftStep.FIRST_LINE, DraftStep.LINES}
    return draft.edited is not None and question.step in steps


def last_written_answer_key(draft: Draft) -> str | None:
    """Return the key of the newest written answer; a message sent too early for its question belongs to it."""
    written = [key for key, answer in draft.answers.items() if isinstance(answer, WrittenAnswer)]
    answers = [key for key in written if Question.from_key(key).step is not DraftStep.LINES]
    return answers[-1] if answers else None


def extend_answer(draft: Draft, key: str, message: PersonMessage) -> Turn:
    """Add a message to the answer under this key; a message counts once."""
    answer = draft.answers[key]
    if not isinstance(answer, WrittenAnswer) or any(part.ts == message.ts for part in answer.parts):
        return AskQuestion(draft, Remark.ADDED, key)
    longer = replace(answer, parts=(*answer.parts, message))
    kept = replace(draft, answers={**draft.answers, key: longer})
    return _compare_if_changed(
        AskQuestion(kept, Remark.ADDED, key), Question.from_key(key), answer.text, longer.text
    )


def replace_story_text(draft: Draft, text: str, material: Material) -> Turn:
    """Replace the whole text with the edited one, which counts from now on; questions about old answers are settled.

    A gap left in the text is still open; one typed over is filled.
    """
    if not text.strip():
        return AskQuestion(draft, Remark.EMPTY)
    status = DraftStatus.OPEN if draft.status is DraftStatus.PAUSED else draft.status
    cards = tuple(card for line in draft.lines for card in line.cards)
    text = unmark_gaps(text.strip(), cards, draft.language or "en", material)
    changed = replace(draft, edited=text, changes=(), status=status)
    return AskQuestion(changed, Remark.SAVED)


def apply_message_edit(draft: Draft, message: PersonMessage) -> Turn:
    """Apply an edit of an earlier message; the same text again, as after a link preview, changes nothing."""
    strays = tuple(_updated_message(stray, message) for stray in draft.unplaced)
    former = tuple(_updated_message(old, message) for old in draft.superseded)
    held = _updated_message(draft.pending, message) if draft.pending else None
    draft = replace(draft, unplaced=strays, superseded=former, pending=held)
    found = _find_message(draft, message.channel, message.ts)
    if found is None:
        return NoReply(draft)
    key, old = found
    if old.plain == message.plain:
        return NoReply(draft)
    return _replace_message(draft, key, old, replace(message, deleted=old.deleted), remark=Remark.EDITED)


def remove_message_words(
    draft: Draft, channel: str, ts: str, *, remark: Remark = Remark.REMOVED, replaced_ts: Collection[str] = ()
) -> Turn:
    """Take the words of a deleted or misread message out of the story, and say so.

    If nothing else answers its question, the messages that it replaced, `replaced_ts`, are the answer again.
    """
    strays = tuple(s for s in draft.unplaced if (s.channel, s.ts) != (channel, ts))
    former = tuple(s for s in draft.superseded if (s.channel, s.ts) != (channel, ts))
    held = (
        draft.pending
        if draft.pending and (draft.pending.channel, draft.pending.ts) != (channel, ts)
        else None
    )
    draft = replace(draft, unplaced=strays, superseded=former, pending=held)
    found = _find_message(draft, channel, ts)
    if found is None or found[1].deleted:
        return NoReply(draft)
    key, old = found
    return _replace_message(
        draft, key, old, replace(old, deleted=True), remark=remark, replaced_ts=replaced_ts
    )


def _restore_previous_answer(
    draft: Draft, question: Question, channel: str, replaced_ts: Collection[str]
) -> Draft:
    """Return the draft with the previous answer to the question, as far as its messages are still kept."""
    parts = tuple(
        message for message in draft.superseded if message.channel == channel and message.ts in replaced_ts
    )
    if not parts:
        return draft
    former = tuple(message for message in draft.superseded if message not in parts)
    return replace(draft, superseded=former).with_answer(question, WrittenAnswer(parts))


def restore_message_words(draft: Draft, question: Question, ts: str) -> Turn:
    """Apply [Keep it]: the deleted message's words stay in the story after all."""
    answer = draft.answer_to(question)
    if isinstance(answer, WrittenAnswer):
        for part in answer.parts:
            if part.ts == ts and part.deleted:
                return _replace_message(
                    draft, question.key, part, replace(part, deleted=False), remark=Remark.RESTORED
                )
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def apply_change_decision(draft: Draft, question: Question, choice: str) -> Turn:
    """Apply [Put the new words in] or [Leave the story] to words that changed after the text was edited.

    If other changes are waiting, ask about the oldest of them again; its first question may be far above.
    """
    change = draft.pending_change(question)
    if change is None:
        return AskQuestion(draft, Remark.OUT_OF_TURN)
    remark = None
    settled = draft.without_pending_changes(question)
    if choice == "swap":
        if draft.edited is None or change.old not in draft.edited:
            return AskQuestion(draft, Remark.NOT_FOUND)
        remark = Remark.SWAPPED
        settled = replace(settled, edited=_swap_text(draft.edited, change))
    if settled.changes:
        return replace(ask_about_change(settled, settled.changes[0]), remark=remark, decision=choice)
    return AskQuestion(settled, remark, decision=choice)


def _swap_text(text: str, change: TextChange) -> str:
    """Return the text with the new words in place of the old, or at its end; the gap of removed words is closed."""
    if not change.old:
        return f"{text}\n\n{change.new}"
    before, _, after = text.partition(change.old)
    if change.new:
        return before + change.new + after
    after = after.removeprefix(".")
    joined = before.rstrip(" ") + after if after[:1].isspace() or not after else before + after
    return joined.replace("\n\n\n\n", "\n\n").strip()


def has_message(draft: Draft, channel: str, ts: str) -> bool:
    """Return whether the draft has this message's words, as an answer or kept for later."""
    kept = (*draft.unplaced, *draft.superseded, *filter(None, (draft.pending,)))
    found = any((message.channel, message.ts) == (channel, ts) for message in kept)
    return found or _find_message(draft, channel, ts) is not None


def _updated_message(message: PersonMessage, newer: PersonMessage) -> PersonMessage:
    same = (message.channel, message.ts) == (newer.channel, newer.ts)
    return newer if same and message.plain != newer.plain else message


def _find_message(draft: Draft, channel: str, ts: str) -> tuple[str, PersonMessage] | None:
    for key, answer in draft.answers.items():
        if isinstance(answer, WrittenAnswer):
            for part in answer.parts:
                if (part.channel, part.ts) == (channel, ts):
                    return key, part
    return None


def _replace_message(
    draft: Draft,
    key: str,
    old: PersonMessage,
    new: PersonMessage,
    *,
    remark: Remark,
    replaced_ts: Collection[str] = (),
) -> Turn:
    answer = draft.answers[key]
    assert isinstance(answer, WrittenAnswer)
    changed = replace(answer, parts=tuple(new if part is old else part for part in answer.parts))
    question = Question.from_key(key)
    kept = replace(draft, answers={**draft.answers, key: changed})
    if question.step is DraftStep.LINES:
        kept = replace(kept, lines=_sync_own_lines(draft, question.about, answer.text, changed.text))
    if not changed.text:
        kept = _restore_previous_answer(kept, question, new.channel, replaced_ts)
    turn = AskQuestion(kept, remark, f"{key}|{new.ts}")
    return _compare_if_changed(turn, question, answer.text, kept.written_text(question))


def _sync_own_lines(draft: Draft, line_id: str, old_text: str, new_text: str) -> tuple[StoryLine, ...]:
    """Return the lines, with the author's own one following its message unless it was reworded since."""
    if not old_text and new_text and all(line.id != line_id for line in draft.lines):
        return (*draft.lines, StoryLine(line_id, new_text))
    followed = (
        replace(x, text=new_text) if (x.id, x.text) == (line_id, old_text) else x for x in draft.lines
    )
    return tuple(line for line in followed if line.text)
