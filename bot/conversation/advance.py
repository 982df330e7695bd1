"""One step of the conversation: from a draft and a person's action to a turn with the new draft."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import buttons, editing, lines, text_input
from bot.conversation.commands import Command
from bot.conversation.moves import (
    jump_to,
    move_to_first_unanswered,
    record_shown_notes,
    resume,
    skip_question,
)
from bot.conversation.plan import OPTIONAL_STEPS, accepts_text, is_planned, previous_question
from bot.conversation.turns import (
    AskQuestion,
    ButtonPressed,
    CardsDealt,
    CommandReply,
    CommandSent,
    ConversationPaused,
    EarlyCommand,
    LineAdded,
    LineReworded,
    LinesMerged,
    Material,
    MediaOnly,
    MessageDeleted,
    MessageEdited,
    MessageRestored,
    MessagesStopped,
    MisreadAsAnswer,
    NeedsDeal,
    NoReply,
    Remark,
    StoryFinished,
    StoryRewritten,
    TextSent,
    Turn,
    UserAction,
)
from db.models.drafts import Draft, DraftStatus, DraftStep, PersonMessage, Question, WrittenAnswer


def advance(draft: Draft, action: UserAction, material: Material) -> Turn | NeedsDeal:
    """Return what follows from this action; the turn's draft has the next version if anything in it changed.

    Never raises for anything a person can do: an action on another question than the current one, a button
    pressed twice, or words at a choice all lead to the current question, with everything kept.
    """
    turn = _dispatch(draft, action, material)
    if turn.draft == draft:
        return turn
    return replace(turn, draft=replace(turn.draft, version=draft.version + 1))


def _dispatch(draft: Draft, action: UserAction, material: Material) -> Turn | NeedsDeal:
    match action:
        case TextSent(message, late):
            return text_input.apply_text(draft, message, late, material)
        case CommandSent(Command.STOP, message):
            return _apply_stop(draft, message)
        case CommandSent(command):
            return apply_command(draft, command, material)
        case ButtonPressed(question, "open") if question == draft.at == lines.LINES_INTRO:
            return lines.open_first_page(draft, draft.deal) if draft.deal else NeedsDeal(draft)
        case ButtonPressed():
            if action.choice in _COMMAND_CHOICES:
                return (
                    apply_command(draft, Command(action.choice), material)
                    if action.question == draft.at
                    else _reject_as_outdated(draft)
                )
            return buttons.apply_button(draft, action, material)
        case CardsDealt(deal):
            return lines.open_first_page(draft, deal)
        case LineReworded() | LinesMerged() | LineAdded():
            return lines.apply_line_modal(draft, action, material)
        case StoryRewritten(text):
            return _recheck_question(editing.replace_story_text(draft, text, material), material)
        case MessageEdited(message):
            return _recheck_question(editing.apply_message_edit(draft, message), material)
        case MessageDeleted(channel, ts):
            return _recheck_question(editing.remove_message_words(draft, channel, ts), material)
        case MisreadAsAnswer():
            return _undo_misread_answer(draft, action, material)
        case MessageRestored(question, ts):
            return _recheck_question(editing.restore_message_words(draft, question, ts), material)
        case EarlyCommand():
            return NoReply(draft)
        case MediaOnly():
            return AskQuestion(draft, Remark.MEDIA_ONLY)


def _recheck_question(turn: Turn, material: Material) -> Turn:
    """Return the turn after words changed, moved on if the current question no longer applies."""
    if not isinstance(turn, AskQuestion):
        return turn
    if is_planned(turn.draft, turn.draft.at, material):
        return replace(turn, draft=record_shown_notes(turn.draft, material))
    next_turn = move_to_first_unanswered(turn.draft, material, turn.remark)
    return replace(next_turn, about=turn.about) if isinstance(next_turn, AskQuestion) else next_turn


def _undo_misread_answer(draft: Draft, misread: MisreadAsAnswer, material: Material) -> Turn:
    """Take the words out of the story; the question gets its previous answer back, or is asked again."""
    withdrawn = editing.remove_message_words(
        draft, misread.channel, misread.ts, remark=Remark.MISREAD, replaced_ts=misread.replaced_ts
    )
    turn = _recheck_question(withdrawn, material)
    if not isinstance(turn, AskQuestion):
        return turn
    if draft.status is DraftStatus.FINISHED:  # no question comes after the end
        return replace(turn, remark=Remark.TAKEN_OUT)
    question = Question.from_key(turn.about.partition("|")[0])
    answer = turn.draft.answer_to(question)
    if isinstance(answer, WrittenAnswer) and any(
        message.ts in misread.replaced_ts for message in answer.parts
    ):
        return move_to_first_unanswered(turn.draft, material, Remark.MISREAD)
    if turn.draft.written_text(question) or not is_planned(turn.draft, question, material):
        return turn
    return AskQuestion(replace(turn.draft, at=question, pending=None), Remark.MISREAD)


_COMMAND_CHOICES = frozenset(Command)


def _reject_as_outdated(draft: Draft) -> Turn:
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def apply_command(draft: Draft, command: Command, material: Material) -> Turn:
    """Return what a command does at the current question."""
    is_finished = draft.status is DraftStatus.FINISHED
    match command:
        case Command.BACK | Command.SKIP if is_finished:
            return StoryFinished(draft)
        case Command.BACK:
            previous = previous_question(draft, material)
            return jump_to(resume(draft), previous) if previous else AskQuestion(draft, Remark.FIRST)
        case Command.SKIP:
            return _apply_skip(resume(draft), material)
        case Command.PAUSE:
            return ConversationPaused(draft if is_finished else replace(draft, status=DraftStatus.PAUSED))
        case Command.STOP:
            return _apply_stop(draft)
        case Command.DELETE | Command.HELP | Command.LANGUAGE:
            return CommandReply(draft, command)


def _apply_stop(draft: Draft, message: PersonMessage | None = None) -> Turn:
    """Stop, and keep the word as well if it was typed where words are an answer."""
    if draft.status is DraftStatus.FINISHED:
        return MessagesStopped(draft)
    paused = replace(draft, status=DraftStatus.PAUSED)
    if message is None or draft.status is DraftStatus.PAUSED or not accepts_text(draft.at):
        return MessagesStopped(paused)
    return MessagesStopped(replace(paused, superseded=(*draft.superseded, message)), may_be_answer=True)


def _apply_skip(draft: Draft, material: Material) -> Turn:
    question = draft.at
    if question.step is DraftStep.PASTE:
        return jump_to(draft.without_answer(Question(DraftStep.WARM_UP)), Question(DraftStep.WARM_UP))
    if question.step not in OPTIONAL_STEPS:
        return AskQuestion(draft, Remark.CHOOSE)
    if question == lines.LINES_INTRO:
        return lines.finish_lines(draft, material)
    if draft.answer_to(question) is not None:
        return move_to_first_unanswered(draft, material)
    if question.step is DraftStep.LINES:
        return lines.finish_lines(draft, material)
    return skip_question(draft, material)
