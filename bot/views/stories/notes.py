"""The draft with its notes, the last look, and where in the text a note stands."""

from __future__ import annotations

from dataclasses import replace

from bot import ids
from bot.coaching import Check, Found, Kind, Note
from bot.conversation.compose import text_of
from bot.conversation.draft_notes import notes_at
from bot.conversation.gaps import Gap, marked, open_gaps, shifted, shown_text
from bot.conversation.plan import outside_question
from bot.conversation.side_effects import Became, became, own_share
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.text import count_words
from bot.views.blocks import Block, actions, context, divider, modal, prose, quoted, section, shortened
from bot.views.stories.screen import Choice, Screen, readable
from db.models.drafts import Draft, Question, Step

ONE_THING, MANY_THINGS = 80, 2000
"""Characters of one thing noticed, and of all of them, so that the question fits into its block."""


def draft_text(draft: Draft, _question: Question, material: Material, texts: Texts) -> Screen:
    """The draft, whole, with at most three notes below it, each to take or leave."""
    text, gaps = shown_text(draft, material), open_gaps(draft, material)
    found = notes_at(draft, Step.DRAFT, material)
    body: list[Block] = [divider(), *prose(text), divider()]
    if found:
        body.append(section(texts.say("draft-notes")))
    for note in found:
        body += note_blocks(draft, note, material, texts)
    prompt = texts.say("ask-draft", n=count_words(text_of(draft)))
    choices = [
        Choice("fine", texts.label("choice-fine-draft"), "primary"),
        *_fill_choice(gaps, texts),
        Choice("edit", texts.label("choice-edit"), action=ids.TEXT_EDIT),
        Choice("share", texts.label("choice-share"), action=ids.TEXT_SHARE),
    ]
    if draft.strays:
        choices.append(Choice("add_strays", texts.label("choice-add_strays")))
    spoken = "\n".join([text, *(note_aloud(draft, note, material, texts) for note in found)])
    return Screen(prompt, tuple(body), tuple(choices), words=True, spoken=spoken)


def note_blocks(draft: Draft, note: Note, material: Material, texts: Texts) -> list[Block]:
    """One note, with what can be done about it."""
    row = [c.drawn(draft, draft.at) for c in _note_choices(draft, note, material, texts)]
    return [section(f"• {note_words(note, texts)}"), *actions(row)]


def _note_choices(draft: Draft, note: Note, material: Material, texts: Texts) -> list[Choice]:
    """What can be done about a note; some lead to the question that it is about."""
    number = str(int(note.check))
    choices: list[Choice] = []
    if note.check is Check.PERSONAL:
        outside = outside_question(draft, material)
        choices.append(Choice("change", texts.label("choice-note-outside"), to=outside))
    if note.check is Check.GAPS:
        choices += _fill_choice(open_gaps(draft, material), texts)
    elif note.where:
        choices.append(Choice("show", texts.label("choice-note-show"), about=number, action=ids.NOTE_SHOW))
    return [*choices, Choice("silence", texts.label("choice-note-silence"), about=number)]


def _fill_choice(gaps: tuple[Gap, ...], texts: Texts) -> list[Choice]:
    """The way to the question that fills the first open gap, where there is one."""
    return [Choice("change", texts.label("choice-fill", n=len(gaps)), to=gaps[0].question)] if gaps else []


def note_aloud(draft: Draft, note: Note, material: Material, texts: Texts) -> str:
    """A note for those who hear: its words, not escaped yet, and what can be pressed under it."""
    said = texts.say(note.wording, **note.args)
    return "\n".join([said, *(f"• {c.label}" for c in _note_choices(draft, note, material, texts))])


def note_words(note: Note, texts: Texts) -> str:
    """What a note says. Words of the person's stand in it as they are, escaped."""
    args = {name: quoted(readable(v)) if isinstance(v, str) else v for name, v in note.args.items()}
    return texts.say(note.wording, **args)


def note_modal(draft: Draft, note: Note, material: Material, texts: Texts) -> Block:
    """Where in the text a note stands: the passage with a little of what is around it, marked."""
    gaps = open_gaps(draft, material)
    text = marked(text_of(draft), gaps)
    blocks: list[Block] = [section(note_words(note, texts)), divider()]
    spots = [(hit.start, hit.end) for hit in note.found] or ([note.where] if note.where else [])
    for first, last in spots[:10]:
        start, end = shifted(first, gaps), shifted(last, gaps)
        before = text[max(0, start - 120) : start].rpartition("\n")[2]
        after = text[end : end + 120].partition("\n")[0]
        blocks += prose(f"{before}【{text[start:end]}】{after}")
    for hit in note.found:
        if hit.kind is Kind.JARGON and hit.hint:
            blocks.append(context(quoted(f"{hit.text} → {hit.hint}")))
    return modal(texts.label("note-show-title"), blocks, texts.label("modal-close"))


def last_look(draft: Draft, _question: Question, material: Material, texts: Texts) -> Screen:
    """What may not be meant for strangers, as questions; the person's own pay in words of its own."""
    looked = replace(draft, notes_silenced=draft.notes_silenced - {int(Check.RISK)})  # asked or answered here
    found = notes_at(looked, Step.LAST_LOOK, material)
    hits = [hit for note in found if note.variant != "pay" for hit in note.found]
    sentences = [texts.say("ask-last_look", items=_named(hits, texts))] if hits else []
    if any(note.variant == "others" for note in found):
        sentences.append(texts.say("note-risk-others"))
    if any(note.variant == "pay" for note in found):
        sentences.append(texts.say("ask-last_look-pay"))
    choices = (
        Choice("fine", texts.label("choice-fine-last_look"), "primary"),
        Choice("edit", texts.label("choice-edit"), action=ids.TEXT_EDIT),
    )
    return Screen("\n".join(sentences) or texts.say("ask-last_look-done"), choices=choices, words=True)


def _named(hits: list[Found], texts: Texts) -> str:
    """The things found, each once; when there are very many of them, the first ones."""
    named = dict.fromkeys(
        f"{texts.label(f'found-{hit.kind}')} ({quoted(shortened(hit.text, ONE_THING))})" for hit in hits
    )
    separator = texts.label("list-separator")
    whole = ""
    for name in named:
        if len(whole) + len(name) > MANY_THINGS:
            return f"{whole}{separator}…"
        whole += f"{separator}{name}" if whole else name
    return whole


def share_modal(draft: Draft, material: Material, texts: Texts) -> Block:
    """How much of the story is the person's own: the share of words, and what became of each card."""
    fates = became(draft, material)
    percent = round(100 * own_share(draft, material))
    blocks: list[Block] = [section(texts.say("share-whole", percent=percent))]
    if not fates:
        blocks = [section(texts.say("share-no-cards"))]
    for fate in fates:
        blocks += [divider(), *_fate(draft, fate, material, texts)]
    return modal(texts.label("share-title"), blocks, texts.label("modal-close"))


def _fate(draft: Draft, fate: Became, material: Material, texts: Texts) -> list[Block]:
    card = material.bank.card(fate.card)
    shown = prose(readable(card.texts[draft.language or "en"]))
    return [*shown, context(texts.say(f"share-{str(fate.outcome.fate).lower()}"))]
