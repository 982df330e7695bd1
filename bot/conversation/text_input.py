"""Words in the conversation: an answer, an addition to the previous one, a greeting, or words to keep for later."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import editing, lines
from bot.conversation.moves import move_to_first_unanswered, resume
from bot.conversation.plan import TEXT_STEPS, accepts_text
from bot.conversation.turns import AskQuestion, Material, Remark, StoryFinished, Turn
from bot.text import is_greeting
from db.models.drafts import Draft, DraftStatus, DraftStep, PersonMessage, Question, WrittenAnswer


def apply_text(draft: Draft, message: PersonMessage, is_late: bool, material: Material) -> Turn:
    """Return what follows from a message; `is_late` means it was written before the current question was shown."""
    if not message.plain.strip():
        return AskQuestion(draft, Remark.EMPTY)
    if is_greeting(message.plain):
        return _answer_greeting(draft, message)
    if draft.status is DraftStatus.PAUSED:
        return _resume_with_text(resume(draft), message)
    # A page of cards was opened on request: words at it are a line, however quickly they come.
    at_the_cards = draft.at.step is DraftStep.LINES and draft.at.about
    if is_late and not at_the_cards and (key := editing.last_written_answer_key(draft)):
        return editing.extend_answer(draft, key, message)
    return _answer_question(draft, message, material)


def confirm_pending_answer(draft: Draft, material: Material) -> Turn:
    """Apply [That was my answer]: the pending words are the answer."""
    if draft.pending is None:
        return AskQuestion(draft, Remark.OUT_OF_TURN)
    return _answer_question(
        replace(draft, unplaced=draft.early_messages, pending=None), draft.pending, material
    )


def _answer_greeting(draft: Draft, message: PersonMessage) -> Turn:
    """Show the question again: a bare greeting is no answer, but it is kept in case it was meant as one."""
    if draft.status is DraftStatus.PAUSED:
        return AskQuestion(resume(draft), Remark.WELCOME_BACK)
    if draft.at.step in TEXT_STEPS:
        return AskQuestion(replace(draft, pending=message), Remark.GREETING)
    return (
        StoryFinished(draft) if draft.at.step is DraftStep.DONE else AskQuestion(draft, Remark.WELCOME_BACK)
    )


def _resume_with_text(draft: Draft, message: PersonMessage) -> Turn:
    """Take the first words after a pause: the question may be forgotten, so ask whether they answer it."""
    kept = replace(draft, unplaced=(*draft.unplaced, message))
    if accepts_text(draft.at):
        return AskQuestion(replace(kept, pending=message), Remark.BACK)
    return AskQuestion(kept, Remark.WELCOME_BACK)


def _answer_question(draft: Draft, message: PersonMessage, material: Material) -> Turn:
    question = draft.at
    if question.step in TEXT_STEPS:
        return editing.answer_with_text(draft, question, (message,), material)
    match question.step:
        case DraftStep.LINES if question.about:
            return lines.add_line_from_message(draft, message)
        case DraftStep.FIRST_LINE:
            return move_to_first_unanswered(draft.with_answer(question, WrittenAnswer((message,))), material)
        case DraftStep.OTHER_LANGUAGE:
            return editing.answer_with_text(draft, Question.from_key(question.about), (message,), material)
    kept = replace(draft, unplaced=(*draft.unplaced, message))
    is_offered_later = question.step in {
        DraftStep.INVITATION,
        DraftStep.RULES,
        DraftStep.SEGMENT,
        DraftStep.LANGUAGE,
        DraftStep.DRAFT,
    }
    return AskQuestion(kept, Remark.UNPLACED if is_offered_later else Remark.CHOOSE)
