"""Replies that are no question of the story: help, pause, stop, erase, language, old words and new."""

from __future__ import annotations

from bot import ids
from bot.conversation.commands import Command
from bot.conversation.gaps import list_open_gaps, mark_gaps
from bot.conversation.turns import AskAboutChange, AskQuestion, Material, Remark
from bot.i18n import Texts
from bot.ids import COMMAND, ButtonPayload
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    escape_user_text,
    modal,
    plain_text_sections,
    section,
)
from bot.views.stories.screen import ScreenChoice, remark_text
from db.models.drafts import Draft, Question, TextChange


def sentence_message(texts: Texts, key: str) -> Message:
    """One sentence and nothing to press."""
    said = texts.say(key)
    return Message(said, (section(said),))


def command_reply_message(draft: Draft, command: Command, texts: Texts) -> Message:
    """What *help*, *language* and *delete* answer at any step."""
    match command:
        case Command.LANGUAGE:
            return language_choice_message(texts)
        case Command.DELETE:
            return erase_choice_message(draft, texts)
        case _:
            return sentence_message(texts, "help")


def language_choice_message(texts: Texts) -> Message:
    """In which language shall I speak with you?"""
    row = [
        button(texts.label(f"choice-{name}"), ids.LANGUAGE_SET, ButtonPayload(choice=name))
        for name in ("en", "ar")
    ]
    return _choice_message(texts.say("language-ask"), row)


def erase_choice_message(draft: Draft, texts: Texts) -> Message:
    """Erase this draft? Asked, because it cannot be undone."""
    row = [
        button(texts.label("choice-erase"), ids.DRAFT_ERASE, ButtonPayload(draft.id), "danger"),
        button(texts.label("choice-keep-draft"), ids.DRAFT_KEEP, ButtonPayload(draft.id)),
    ]
    return _choice_message(texts.say("delete-ask"), row)


def resume_choice_message(draft: Draft, texts: Texts, translation_of: str = "") -> Message:
    """There is a story in progress: go on, or put it aside for another, or for `twin_of` in the other language?"""
    row = [
        button(texts.label("choice-resume"), ids.STORY_RESUME, ButtonPayload(draft.id), "primary"),
        button(
            texts.label("choice-replace"), ids.STORY_REPLACE, ButtonPayload(draft.id, subject=translation_of)
        ),
    ]
    return _choice_message(texts.say("resume-ask"), row)


def begin_choice_message(key: str, texts: Texts) -> Message:
    """An offer to begin, for whoever has finished a story or once said stop."""
    row = [button(texts.label("choice-begin"), ids.STORY_START, ButtonPayload(), "primary")]
    return _choice_message(texts.say(key), row)


def landed_choice_message(draft_id: str, texts: Texts) -> Message:
    """Did it land? Asked when they come back."""
    names = ("up", "not_yet", "changed_mind")
    row = [
        button(texts.label(f"choice-landed-{n}"), ids.LANDED, ButtonPayload(draft_id, choice=n))
        for n in names
    ]
    return _choice_message(texts.say("landed-ask"), row)


def compare_message(turn: AskAboutChange, material: Material, texts: Texts) -> Message:
    """Old and new words of an answer changed after the whole text, or words new altogether: the person decides."""
    change = turn.change
    question = Question.from_key(change.question)
    ask = _compare_question(change, texts)
    parts = [part for part in (remark_text(turn.remark, texts), ask) if part]
    blocks: list[Block] = [section(part) for part in parts]
    for key, words in (("compare-old", change.old), ("compare-new", change.new)):
        if words:
            words = mark_gaps(words, list_open_gaps(turn.draft, material, words))
            blocks += [context(texts.say(key)), *plain_text_sections(words)]
            parts += [texts.say(key), escape_user_text(words)]
    if not change.new:
        blocks.append(context(texts.say("compare-gone")))
        parts.append(texts.say("compare-gone"))
    choices = compare_choices(change, texts)
    blocks += actions([choice.to_button(turn.draft, question) for choice in choices])
    return Message(
        "\n".join([*parts, *(f"• {c.label}" for c in choices)]),
        tuple(blocks),
        has_personal_text=True,
        question=ask,
    )


def _compare_question(change: TextChange, texts: Texts) -> str:
    return texts.say("compare-ask" if change.old else "compare-ask-new")


def compare_choices(change: TextChange, texts: Texts) -> tuple[ScreenChoice, ...]:
    """What can become of changed words."""
    swap = "choice-swap" if change.new else "choice-swap-gone"
    return ScreenChoice("swap", texts.label(swap)), ScreenChoice(
        "leave_story", texts.label("choice-leave_story")
    )


def compare_decided_message(change: TextChange, choice: str, texts: Texts) -> Message:
    """The same once it is decided: what was asked, and the answer."""
    answers = {c.name: c.label for c in compare_choices(change, texts)}
    ask, said = _compare_question(change, texts), f"› {answers[choice]}"
    return Message(f"{ask}\n{said}", (context(ask), section(said)))


def aside_story_message(turn: AskQuestion | AskAboutChange, texts: Texts) -> Message:
    """A message of a story put aside was edited or deleted: what came of it, without the story's question."""
    if (
        isinstance(turn, AskQuestion)
        and (offer := restore_offer_message(turn, texts, "removed-aside")) is not None
    ):
        return offer
    if isinstance(turn, AskAboutChange):
        return sentence_message(texts, "compare-aside")
    if turn.remark is Remark.MISREAD:
        return sentence_message(texts, "unmeant-aside")
    if turn.remark is not Remark.EDITED:
        return sentence_message(texts, "remark-restored" if turn.remark is Remark.RESTORED else "kept")
    return sentence_message(texts, "edited-aside")


def restore_offer_message(turn: AskQuestion, texts: Texts, key: str = "remark-removed") -> Message | None:
    """A deleted message's words left the story: said, with [Keep it]."""
    if turn.remark is not Remark.REMOVED:
        return None
    question, _, ts = turn.about.partition("|")
    row = [
        button(
            texts.label("choice-keep-it"),
            ids.ANSWER_RESTORE,
            ButtonPayload(turn.draft.id, question, "restore", ts),
        )
    ]
    return _choice_message(texts.say(key), row)


def rules_modal(texts: Texts) -> Block:
    """The ground rules in more words."""
    keys = ("rules-more-draft", "rules-more-count", "rules-more-stop")
    return modal(
        texts.label("rules-more-title"), [section(texts.say(k)) for k in keys], texts.label("modal-close")
    )


def command_help_text(texts: Texts, unknown: bool = False) -> str:
    """What the slash command answers to *help*, and to a word it does not know."""
    return texts.say("command-unknown" if unknown else "help-command", command=COMMAND)


def _choice_message(said: str, row: list[Block]) -> Message:
    labels = [str(element["text"]["text"]) for element in row]
    return Message("\n".join([said, *(f"• {label}" for label in labels)]), (section(said), *actions(row)))
