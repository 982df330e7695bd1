"""Buttons: what each choice means at the step that it belongs to."""

from __future__ import annotations

from dataclasses import replace

from bot.coaching import Check
from bot.conversation import editing, lines, text_input
from bot.conversation.compose import HAVE_ONE, first_lines, opening_id, text_of
from bot.conversation.moves import awake, go_on, go_to, skip
from bot.conversation.plan import TEXT_STEPS, belongs
from bot.conversation.side_effects import HAND_KINDS
from bot.conversation.turns import Ask, Declined, Material, Paused, Pressed, Redraw, Remark, Turn
from db.models.drafts import Chosen, Draft, Language, Question, Skipped, Status, Step, Written

SEGMENTS = ("tech", "gtm")
LANGUAGES: dict[str, Language] = {"en": "en", "ar": "ar"}


def press(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    """What this button does now. One that answers an older question shows the present one instead."""
    if pressed.choice in {"swap", "leave_story"}:
        return editing.settle(draft, pressed.question, pressed.choice)
    if pressed.choice == "change":
        known = belongs(draft, pressed.question, material) and draft.at.step is not Step.DONE
        return go_to(awake(draft), pressed.question) if known else Ask(draft, Remark.OUT_OF_TURN)
    at_the_cards = (
        pressed.question.step is draft.at.step is Step.LINES and pressed.question.about in draft.opened
    )
    if pressed.question != draft.at and not at_the_cards:
        return Ask(draft, Remark.OUT_OF_TURN)
    draft = awake(draft)
    if pressed.choice == "go_on" and draft.answer(draft.at) is not None:
        return go_on(draft, material)
    if pressed.choice == "was_answer":
        return text_input.confirm(draft, material)
    return _at_step(draft, pressed, material)


def _at_step(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    match draft.at.step:
        case Step.INVITATION | Step.RULES | Step.SEGMENT | Step.LANGUAGE:
            return _beginning(draft, pressed, material)
        case Step.LINES:
            return lines.press(draft, pressed, material)
        case step if step in TEXT_STEPS:
            return _beside_the_words(draft, pressed, material)
        case Step.FIRST_LINE:
            return _first_line(draft, pressed, material)
        case Step.OTHER_LANGUAGE:
            return _other_language(draft, pressed, material)
        case Step.DRAFT | Step.TAKE if pressed.choice == "silence":
            return _silence(draft, pressed.about)
        case Step.DRAFT | Step.LAST_LOOK:
            return _with_the_draft(draft, pressed, material)
        case _:
            return _at_the_end(draft, pressed, material)


def _beginning(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    chosen = draft.answered(draft.at, Chosen((pressed.choice,)))
    match draft.at.step, pressed.choice:
        case Step.INVITATION, "start":
            return go_on(chosen, material)
        case Step.INVITATION, "decline":
            return Declined(replace(draft, status=Status.ASIDE))
        case Step.INVITATION | Step.RULES, "later":
            return Paused(replace(draft, status=Status.PAUSED))
        case Step.RULES, "count" | "dont_count":
            return go_on(replace(chosen, counted=pressed.choice == "count"), material)
        case Step.SEGMENT, "tech" | "gtm" | "neither":
            segment = pressed.choice if pressed.choice in SEGMENTS else None
            return go_on(replace(chosen, segment=segment), material)
        case Step.LANGUAGE, "en" | "ar":
            language = LANGUAGES[pressed.choice]
            spoken = lines.in_language(draft, language, material)
            return go_on(replace(chosen, language=language, lines=spoken), material)
    return Ask(draft, Remark.OUT_OF_TURN)


def _beside_the_words(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    """Buttons under a question that is answered by writing."""
    match pressed.choice:
        case "use_strays" if draft.early:
            return editing.answer_in_words(draft, draft.at, draft.early, material)
        case "have_one" if draft.at.step is Step.WARM_UP:
            return go_on(_with_one(draft), material)
        case "write_one" if draft.at.step is Step.PASTE:
            return go_to(draft.without(Question(Step.WARM_UP)), Question(Step.WARM_UP))
        case "another" if draft.at.step is Step.OUTSIDE:
            return go_to(draft, _next_prompt(draft.at, material))
        case "leave":
            return skip(draft, material)
    return Ask(draft, Remark.OUT_OF_TURN)


def _with_one(draft: Draft) -> Draft:
    """The draft of somebody who has a text already; a warm-up written before is offered again where it fits."""
    old = draft.answer(draft.at)
    said = old.parts if isinstance(old, Written) else ()
    return replace(draft.answered(draft.at, Chosen((HAVE_ONE,))), strays=(*draft.strays, *said))


def _next_prompt(question: Question, material: Material) -> Question:
    ids = [prompt.id for prompt in material.bank.prompts]
    place = ids.index(question.about) if question.about in ids else -1
    return Question(Step.OUTSIDE, ids[(place + 1) % len(ids)])


def _first_line(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    if pressed.choice == "as_is":
        return go_on(draft.answered(draft.at, Skipped()), material)
    meant = next((line for line in first_lines(draft) if opening_id(line) == pressed.about), None)
    if pressed.choice == "first" and meant is not None:
        return go_on(draft.answered(draft.at, Chosen((meant,))), material)
    return Ask(draft, Remark.OUT_OF_TURN)


def _other_language(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    if pressed.choice == "again":
        return go_to(draft, Question.named(draft.at.about))
    if pressed.choice == "fine":
        return go_on(draft.answered(draft.at, Chosen(("fine",))), material)
    return Ask(draft, Remark.OUT_OF_TURN)


def _silence(draft: Draft, about: str) -> Turn:
    """[Leave it] under a note: its check is not heard of again."""
    if about.isdecimal() and int(about) in set(Check):
        return Redraw(replace(draft, notes_silenced=draft.notes_silenced | {int(about)}))
    return Ask(draft, Remark.OUT_OF_TURN)


def _with_the_draft(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    match pressed.choice:
        case "fine":
            if draft.at.step is Step.LAST_LOOK:
                draft = replace(draft, notes_silenced=draft.notes_silenced | {int(Check.RISK)})
            return go_on(draft.answered(draft.at, Chosen(("fine",))), material)
        case "add_strays" if draft.strays:
            added = "\n\n".join([text_of(draft), *(stray.plain.strip() for stray in draft.strays)])
            return Ask(replace(draft, edited=added, strays=()), Remark.SAVED)
    return Ask(draft, Remark.OUT_OF_TURN)


def _at_the_end(draft: Draft, pressed: Pressed, material: Material) -> Turn:
    choices: tuple[str, ...] = (pressed.choice,)
    match draft.at.step, pressed.choice:
        case Step.TAKE, "done":
            pass
        case Step.TAKE, "keep_private":
            draft = _not_to_be_shown(draft)
        case Step.HAND, "hand" if ticked := tuple(kind for kind in HAND_KINDS if kind in pressed.also):
            choices = ticked
        case Step.HAND, "hand":
            return Ask(draft, Remark.UNTICKED)
        case Step.HAND, "nothing":
            pass
        case Step.HIGHLIGHT, "yes" | "no":
            pass
        case _:
            return Ask(draft, Remark.OUT_OF_TURN)
    return go_on(draft.answered(draft.at, Chosen(choices)), material)


def _not_to_be_shown(draft: Draft) -> Draft:
    """The draft of somebody who keeps the story to themselves: a yes to showing it, given before, is taken back."""
    asked = Question(Step.HIGHLIGHT)
    return draft.answered(asked, Chosen(("no",))) if draft.chosen(asked) == "yes" else draft
