"""Replies that are no question of the story: help, pause, stop, erase, language, old words and new."""

from __future__ import annotations

from bot import ids
from bot.conversation.commands import Command
from bot.conversation.gaps import marked, open_gaps
from bot.conversation.turns import Ask, Compare, Material, Remark
from bot.i18n import Texts
from bot.ids import COMMAND, Carried
from bot.views.blocks import Block, Message, actions, button, context, modal, prose, quoted, section
from bot.views.stories.screen import Choice, remark_words
from db.models.drafts import Change, Draft, Question


def simple(texts: Texts, key: str) -> Message:
    """One sentence and nothing to press."""
    said = texts.say(key)
    return Message(said, (section(said),))


def note(draft: Draft, command: Command, texts: Texts) -> Message:
    """What *help*, *language* and *delete* answer at any step."""
    match command:
        case Command.LANGUAGE:
            return language_choice(texts)
        case Command.DELETE:
            return erase_choice(draft, texts)
        case _:
            return simple(texts, "help")


def language_choice(texts: Texts) -> Message:
    """In which language shall I speak with you?"""
    row = [
        button(texts.label(f"choice-{name}"), ids.LANGUAGE_SET, Carried(choice=name)) for name in ("en", "ar")
    ]
    return _asked(texts.say("language-ask"), row)


def erase_choice(draft: Draft, texts: Texts) -> Message:
    """Erase this draft? Asked, because it cannot be undone."""
    row = [
        button(texts.label("choice-erase"), ids.DRAFT_ERASE, Carried(draft.id), "danger"),
        button(texts.label("choice-keep-draft"), ids.DRAFT_KEEP, Carried(draft.id)),
    ]
    return _asked(texts.say("delete-ask"), row)


def resume_choice(draft: Draft, texts: Texts, twin_of: str = "") -> Message:
    """There is a story in progress: go on, or put it aside for another, or for `twin_of` in the other language?"""
    row = [
        button(texts.label("choice-resume"), ids.STORY_RESUME, Carried(draft.id), "primary"),
        button(texts.label("choice-replace"), ids.STORY_REPLACE, Carried(draft.id, about=twin_of)),
    ]
    return _asked(texts.say("resume-ask"), row)


def begin_choice(key: str, texts: Texts) -> Message:
    """An offer to begin, for whoever has finished a story or once said stop."""
    row = [button(texts.label("choice-begin"), ids.STORY_START, Carried(), "primary")]
    return _asked(texts.say(key), row)


def landed_choice(draft_id: str, texts: Texts) -> Message:
    """Did it land? Asked when they come back."""
    names = ("up", "not_yet", "changed_mind")
    row = [button(texts.label(f"choice-landed-{n}"), ids.LANDED, Carried(draft_id, choice=n)) for n in names]
    return _asked(texts.say("landed-ask"), row)


def compare(turn: Compare, material: Material, texts: Texts) -> Message:
    """Old and new words of an answer changed after the whole text, or words new altogether: the person decides."""
    change = turn.change
    question = Question.named(change.question)
    ask = _compare_ask(change, texts)
    parts = [part for part in (remark_words(turn.remark, texts), ask) if part]
    blocks: list[Block] = [section(part) for part in parts]
    for key, words in (("compare-old", change.old), ("compare-new", change.new)):
        if words:
            words = marked(words, open_gaps(turn.draft, material, words))
            blocks += [context(texts.say(key)), *prose(words)]
            parts += [texts.say(key), quoted(words)]
    if not change.new:
        blocks.append(context(texts.say("compare-gone")))
        parts.append(texts.say("compare-gone"))
    choices = compare_choices(change, texts)
    blocks += actions([choice.drawn(turn.draft, question) for choice in choices])
    return Message(
        "\n".join([*parts, *(f"• {c.label}" for c in choices)]), tuple(blocks), words=True, asks=ask
    )


def _compare_ask(change: Change, texts: Texts) -> str:
    return texts.say("compare-ask" if change.old else "compare-ask-new")


def compare_choices(change: Change, texts: Texts) -> tuple[Choice, ...]:
    """What can become of changed words."""
    swap = "choice-swap" if change.new else "choice-swap-gone"
    return Choice("swap", texts.label(swap)), Choice("leave_story", texts.label("choice-leave_story"))


def compare_settled(change: Change, choice: str, texts: Texts) -> Message:
    """The same once it is decided: what was asked, and the answer."""
    answers = {c.name: c.label for c in compare_choices(change, texts)}
    ask, said = _compare_ask(change, texts), f"› {answers[choice]}"
    return Message(f"{ask}\n{said}", (context(ask), section(said)))


def put_aside(turn: Ask | Compare, texts: Texts) -> Message:
    """A message of a story put aside was edited or deleted: what came of it, without the story's question."""
    if isinstance(turn, Ask) and (offer := restorable(turn, texts, "removed-aside")) is not None:
        return offer
    if isinstance(turn, Compare):
        return simple(texts, "compare-aside")
    if turn.remark is Remark.UNMEANT:
        return simple(texts, "unmeant-aside")
    if turn.remark is not Remark.EDITED:
        return simple(texts, "remark-restored" if turn.remark is Remark.RESTORED else "kept")
    return simple(texts, "edited-aside")


def restorable(turn: Ask, texts: Texts, key: str = "remark-removed") -> Message | None:
    """A deleted message's words left the story: said, with [Keep it]."""
    if turn.remark is not Remark.REMOVED:
        return None
    question, _, ts = turn.about.partition("|")
    row = [
        button(
            texts.label("choice-keep-it"), ids.ANSWER_RESTORE, Carried(turn.draft.id, question, "restore", ts)
        )
    ]
    return _asked(texts.say(key), row)


def rules_modal(texts: Texts) -> Block:
    """The ground rules in more words."""
    keys = ("rules-more-draft", "rules-more-count", "rules-more-stop")
    return modal(
        texts.label("rules-more-title"), [section(texts.say(k)) for k in keys], texts.label("modal-close")
    )


def command_help(texts: Texts, unknown: bool = False) -> str:
    """What the slash command answers to *help*, and to a word it does not know."""
    return texts.say("command-unknown" if unknown else "help-command", command=COMMAND)


def _asked(said: str, row: list[Block]) -> Message:
    labels = [str(element["text"]["text"]) for element in row]
    return Message("\n".join([said, *(f"• {label}" for label in labels)]), (section(said), *actions(row)))
