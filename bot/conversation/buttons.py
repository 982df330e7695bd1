"""Buttons: the meaning of each choice at its step."""

from __future__ import annotations

from dataclasses import replace

from bot.coaching import CoachingCheck
from bot.conversation import editing, lines, text_input
from bot.conversation.compose import HAS_TEXT_CHOICE, first_line_candidates, first_line_id, story_text
from bot.conversation.moves import jump_to, move_to_first_unanswered, resume, skip_question
from bot.conversation.plan import TEXT_STEPS, is_planned
from bot.conversation.side_effects import ADVOCATE_ASK_KINDS
from bot.conversation.turns import (
    AskQuestion,
    ButtonPressed,
    ConversationPaused,
    InvitationDeclined,
    Material,
    RedrawScreen,
    Remark,
    Turn,
)
from db.models.drafts import (
    ChosenAnswer,
    Draft,
    DraftStatus,
    DraftStep,
    Question,
    SkippedAnswer,
    StoryLanguage,
    WrittenAnswer,
)

SEGMENTS = ("tech", "gtm")
LANGUAGES: dict[str, StoryLanguage] = {"en": "en", "ar": "ar"}


def apply_button(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    """Return what this button does now; one under an older question shows the current question instead."""
    if pressed.choice in {"swap", "leave_story"}:
        return editing.apply_change_decision(draft, pressed.question, pressed.choice)
    if pressed.choice == "change":
        reachable = is_planned(draft, pressed.question, material) and draft.at.step is not DraftStep.DONE
        return (
            jump_to(resume(draft), pressed.question) if reachable else AskQuestion(draft, Remark.OUT_OF_TURN)
        )
    at_the_cards = (
        pressed.question.step is draft.at.step is DraftStep.LINES and pressed.question.about in draft.opened
    )
    if pressed.question != draft.at and not at_the_cards:
        return AskQuestion(draft, Remark.OUT_OF_TURN)
    draft = resume(draft)
    if pressed.choice == "go_on" and draft.answer_to(draft.at) is not None:
        return move_to_first_unanswered(draft, material)
    if pressed.choice == "was_answer":
        return text_input.confirm_pending_answer(draft, material)
    return _apply_at_step(draft, pressed, material)


def _apply_at_step(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    match draft.at.step:
        case DraftStep.INVITATION | DraftStep.RULES | DraftStep.SEGMENT | DraftStep.LANGUAGE:
            return _apply_setup_choice(draft, pressed, material)
        case DraftStep.LINES:
            return lines.apply_card_button(draft, pressed, material)
        case step if step in TEXT_STEPS:
            return _apply_text_step_button(draft, pressed, material)
        case DraftStep.FIRST_LINE:
            return _choose_first_line(draft, pressed, material)
        case DraftStep.OTHER_LANGUAGE:
            return _answer_other_language(draft, pressed, material)
        case DraftStep.DRAFT | DraftStep.TAKE if pressed.choice == "silence":
            return _silence_check(draft, pressed.about)
        case DraftStep.DRAFT | DraftStep.LAST_LOOK:
            return _apply_draft_button(draft, pressed, material)
        case _:
            return _apply_closing_choice(draft, pressed, material)


def _apply_setup_choice(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    chosen = draft.with_answer(draft.at, ChosenAnswer((pressed.choice,)))
    match draft.at.step, pressed.choice:
        case DraftStep.INVITATION, "start":
            return move_to_first_unanswered(chosen, material)
        case DraftStep.INVITATION, "decline":
            return InvitationDeclined(replace(draft, status=DraftStatus.ASIDE))
        case DraftStep.INVITATION | DraftStep.RULES, "later":
            return ConversationPaused(replace(draft, status=DraftStatus.PAUSED))
        case DraftStep.RULES, "count" | "dont_count":
            return move_to_first_unanswered(replace(chosen, counted=pressed.choice == "count"), material)
        case DraftStep.SEGMENT, "tech" | "gtm" | "neither":
            segment = pressed.choice if pressed.choice in SEGMENTS else None
            return move_to_first_unanswered(replace(chosen, segment=segment), material)
        case DraftStep.LANGUAGE, "en" | "ar":
            language = LANGUAGES[pressed.choice]
            translated = lines.lines_in_language(draft, language, material)
            return move_to_first_unanswered(replace(chosen, language=language, lines=translated), material)
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def _apply_text_step_button(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    """Apply a button under a question that is answered by writing."""
    match pressed.choice:
        case "use_strays" if draft.early_messages:
            return editing.answer_with_text(draft, draft.at, draft.early_messages, material)
        case "have_one" if draft.at.step is DraftStep.WARM_UP:
            return move_to_first_unanswered(_with_existing_text(draft), material)
        case "write_one" if draft.at.step is DraftStep.PASTE:
            return jump_to(draft.without_answer(Question(DraftStep.WARM_UP)), Question(DraftStep.WARM_UP))
        case "another" if draft.at.step is DraftStep.OUTSIDE:
            return jump_to(draft, _next_prompt(draft.at, material))
        case "leave":
            return skip_question(draft, material)
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def _with_existing_text(draft: Draft) -> Draft:
    """Return the draft of a person who brings a text; an earlier warm-up is offered again where it fits."""
    old = draft.answer_to(draft.at)
    messages = old.parts if isinstance(old, WrittenAnswer) else ()
    return replace(
        draft.with_answer(draft.at, ChosenAnswer((HAS_TEXT_CHOICE,))), unplaced=(*draft.unplaced, *messages)
    )


def _next_prompt(question: Question, material: Material) -> Question:
    ids = [prompt.id for prompt in material.bank.prompts]
    place = ids.index(question.about) if question.about in ids else -1
    return Question(DraftStep.OUTSIDE, ids[(place + 1) % len(ids)])


def _choose_first_line(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    if pressed.choice == "as_is":
        return move_to_first_unanswered(draft.with_answer(draft.at, SkippedAnswer()), material)
    chosen = next(
        (line for line in first_line_candidates(draft) if first_line_id(line) == pressed.about), None
    )
    if pressed.choice == "first" and chosen is not None:
        return move_to_first_unanswered(draft.with_answer(draft.at, ChosenAnswer((chosen,))), material)
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def _answer_other_language(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    if pressed.choice == "again":
        return jump_to(draft, Question.from_key(draft.at.about))
    if pressed.choice == "fine":
        return move_to_first_unanswered(draft.with_answer(draft.at, ChosenAnswer(("fine",))), material)
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def _silence_check(draft: Draft, about: str) -> Turn:
    """Apply [Leave it] under a note: its check is silenced for this draft."""
    if about.isdecimal() and int(about) in set(CoachingCheck):
        return RedrawScreen(replace(draft, notes_silenced=draft.notes_silenced | {int(about)}))
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def _apply_draft_button(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    match pressed.choice:
        case "fine":
            if draft.at.step is DraftStep.LAST_LOOK:
                draft = replace(draft, notes_silenced=draft.notes_silenced | {int(CoachingCheck.RISK)})
            return move_to_first_unanswered(draft.with_answer(draft.at, ChosenAnswer(("fine",))), material)
        case "add_strays" if draft.unplaced:
            added = "\n\n".join([story_text(draft), *(stray.plain.strip() for stray in draft.unplaced)])
            return AskQuestion(replace(draft, edited=added, unplaced=()), Remark.SAVED)
    return AskQuestion(draft, Remark.OUT_OF_TURN)


def _apply_closing_choice(draft: Draft, pressed: ButtonPressed, material: Material) -> Turn:
    choices: tuple[str, ...] = (pressed.choice,)
    match draft.at.step, pressed.choice:
        case DraftStep.TAKE, "done":
            pass
        case DraftStep.TAKE, "keep_private":
            draft = _withdraw_highlight(draft)
        case DraftStep.HAND, "hand" if ticked := tuple(
            kind for kind in ADVOCATE_ASK_KINDS if kind in pressed.ticked_options
        ):
            choices = ticked
        case DraftStep.HAND, "hand":
            return AskQuestion(draft, Remark.UNTICKED)
        case DraftStep.HAND, "nothing":
            pass
        case DraftStep.HIGHLIGHT, "yes" | "no":
            pass
        case _:
            return AskQuestion(draft, Remark.OUT_OF_TURN)
    return move_to_first_unanswered(draft.with_answer(draft.at, ChosenAnswer(choices)), material)


def _withdraw_highlight(draft: Draft) -> Draft:
    """Return the draft of a person who keeps the story private: an earlier yes to showing it is withdrawn."""
    question = Question(DraftStep.HIGHLIGHT)
    said_yes = draft.first_choice(question) == "yes"
    return draft.with_answer(question, ChosenAnswer(("no",))) if said_yes else draft
