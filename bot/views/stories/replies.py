"""Replies apart from the questions of a story: help, pause, stop, erase, language, old words and new."""

from __future__ import annotations

from bot import ids
from bot.conversation.commands import Command
from bot.conversation.gaps import list_open_gaps, mark_gaps
from bot.conversation.turns import AskAboutChange, AskQuestion, Material, Remark
from bot.i18n import LOCALES, Texts
from bot.ids import COMMAND
from bot.payloads import (
    LANDING_ANSWERS,
    DraftPayload,
    EmptyPayload,
    LandingPayload,
    LanguagePayload,
    QuestionPayload,
    ReplacementPayload,
)
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
    """Return one sentence without buttons."""
    sentence = texts.say(key)
    return Message(sentence, (section(sentence),))


def help_language_or_delete_message(draft: Draft, command: Command, texts: Texts) -> Message:
    """Return the reply to *help*, *language* and *delete* at any step."""
    match command:
        case Command.LANGUAGE:
            return bot_language_choice_message(texts)
        case Command.DELETE:
            return erase_choice_message(draft, texts)
        case _:
            return sentence_message(texts, "help")


def bot_language_choice_message(texts: Texts) -> Message:
    """Return the question about the bot's language."""
    row = [button(texts.label(f"choice-{name}"), ids.LANGUAGE_SET, LanguagePayload(name)) for name in LOCALES]
    return _choice_message(texts.say("language-ask"), row)


def erase_choice_message(draft: Draft, texts: Texts) -> Message:
    """Return the question whether to erase the draft, asked because it can't be undone."""
    row = [
        button(texts.label("choice-erase"), ids.DRAFT_ERASE, DraftPayload(draft.id), "danger"),
        button(texts.label("choice-keep-draft"), ids.DRAFT_KEEP, DraftPayload(draft.id)),
    ]
    return _choice_message(texts.say("delete-ask"), row)


def resume_choice_message(draft: Draft, texts: Texts, translation_of: str = "") -> Message:
    """Return the question whether to resume the story in progress, or to start another or the translation."""
    row = [
        button(texts.label("choice-resume"), ids.STORY_RESUME, DraftPayload(draft.id), "primary"),
        button(
            texts.label("choice-replace"), ids.STORY_REPLACE, ReplacementPayload(draft.id, translation_of)
        ),
    ]
    return _choice_message(texts.say("resume-ask"), row)


def begin_choice_message(key: str, texts: Texts) -> Message:
    """Return an offer to start, for somebody who finished a story or said stop."""
    row = [button(texts.label("choice-begin"), ids.STORY_START, EmptyPayload(), "primary")]
    return _choice_message(texts.say(key), row)


def landing_question_message(draft_id: str, texts: Texts) -> Message:
    """Return the question whether a story landed, asked when they come back."""
    row = [
        button(texts.label(f"choice-landed-{n}"), ids.LANDED, LandingPayload(draft_id, n))
        for n in LANDING_ANSWERS
    ]
    return _choice_message(texts.say("landed-ask"), row)


def changed_words_choice_message(turn: AskAboutChange, material: Material, texts: Texts) -> Message:
    """Return the old and new words of a changed answer, or new words alone, for the person to decide."""
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
    """Return the choices for changed words."""
    swap = "choice-swap" if change.new else "choice-swap-gone"
    return ScreenChoice("swap", texts.label(swap)), ScreenChoice(
        "leave_story", texts.label("choice-leave_story")
    )


def compare_decided_message(change: TextChange, choice: str, texts: Texts) -> Message:
    """Return the question after the decision, with the answer."""
    answers = {c.name: c.label for c in compare_choices(change, texts)}
    ask, sentence = _compare_question(change, texts), f"› {answers[choice]}"
    return Message(f"{ask}\n{sentence}", (context(ask), section(sentence)))


def aside_story_change_reply(turn: AskQuestion | AskAboutChange, texts: Texts) -> Message:
    """Return the reply to a changed message in a story put aside, without the story's question."""
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
    """Return the notice that a deleted message's words left the story, with [Keep it]."""
    if turn.remark is not Remark.REMOVED:
        return None
    question, _, ts = turn.about.partition("|")
    payload = QuestionPayload(turn.draft.id, Question.from_key(question), "restore", ts)
    return _choice_message(
        texts.say(key), [button(texts.label("choice-keep-it"), ids.ANSWER_RESTORE, payload)]
    )


def rules_modal(texts: Texts) -> Block:
    """Return the ground rules in more detail."""
    keys = ("rules-more-draft", "rules-more-count", "rules-more-stop")
    return modal(
        texts.label("rules-more-title"), [section(texts.say(k)) for k in keys], texts.label("modal-close")
    )


def command_help_text(texts: Texts, unknown: bool = False) -> str:
    """Return the slash command's reply to *help*, and to an unknown word."""
    return texts.say("command-unknown" if unknown else "help-command", command=COMMAND)


def _choice_message(sentence: str, row: list[Block]) -> Message:
    labels = [str(element["text"]["text"]) for element in row]
    return Message(
        "\n".join([sentence, *(f"• {label}" for label in labels)]), (section(sentence), *actions(row))
    )
