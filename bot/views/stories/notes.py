"""The draft with its notes, the last look, and the passages that notes are about."""

from __future__ import annotations

from dataclasses import replace

from bot import ids
from bot.coaching import CoachingCheck, CoachingFinding, CoachingNote, FindingKind
from bot.conversation.compose import story_text
from bot.conversation.draft_notes import notes_for_step
from bot.conversation.gaps import Gap, list_open_gaps, mark_gaps, position_after_marking, story_with_gap_hints
from bot.conversation.plan import outside_work_question
from bot.conversation.side_effects import CardOutcome, kept_card_outcomes, own_share_of_story
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.text import count_words
from bot.views.blocks import (
    Block,
    actions,
    context,
    divider,
    escape_user_text,
    modal,
    plain_text_sections,
    section,
    truncate_label,
)
from bot.views.stories.screen import Screen, ScreenChoice, readable_line
from db.models.drafts import Draft, DraftStep, Question

MAX_FINDING_LENGTH, MAX_FINDINGS_LENGTH = 80, 2000
"""The characters of one finding, and of all of them, so that the question fits into its block."""


def draft_screen(draft: Draft, _question: Question, material: Material, texts: Texts) -> Screen:
    """Return the whole draft with at most three notes below it, each of which may be ignored."""
    text, gaps = story_with_gap_hints(draft, material), list_open_gaps(draft, material)
    found = notes_for_step(draft, DraftStep.DRAFT, material)
    body: list[Block] = [divider(), *plain_text_sections(text), divider()]
    if found:
        body.append(section(texts.say("draft-notes")))
    for note in found:
        body += note_blocks(draft, note, material, texts)
    prompt = texts.say("ask-draft", n=count_words(story_text(draft)))
    choices = [
        ScreenChoice("fine", texts.label("choice-fine-draft"), "primary"),
        *_fill_gap_choices(gaps, texts),
        ScreenChoice("edit", texts.label("choice-edit"), action_id=ids.TEXT_EDIT),
        ScreenChoice("share", texts.label("choice-share"), action_id=ids.TEXT_SHARE),
    ]
    if draft.unplaced:
        choices.append(ScreenChoice("add_strays", texts.label("choice-add_strays")))
    spoken = "\n".join([text, *(note_spoken_text(draft, note, material, texts) for note in found)])
    return Screen(prompt, tuple(body), tuple(choices), has_personal_text=True, spoken_text=spoken)


def note_blocks(draft: Draft, note: CoachingNote, material: Material, texts: Texts) -> list[Block]:
    """Return one note with its buttons."""
    row = [c.to_button(draft, draft.at) for c in _note_choices(draft, note, material, texts)]
    return [section(f"• {note_text(note, texts)}"), *actions(row)]


def _note_choices(draft: Draft, note: CoachingNote, material: Material, texts: Texts) -> list[ScreenChoice]:
    """Return the buttons of a note; some lead to the question it's about."""
    number = str(int(note.check))
    choices: list[ScreenChoice] = []
    if note.check is CoachingCheck.PERSONAL:
        outside = outside_work_question(draft, material)
        choices.append(ScreenChoice("change", texts.label("choice-note-outside"), target=outside))
    if note.check is CoachingCheck.GAPS:
        choices += _fill_gap_choices(list_open_gaps(draft, material), texts)
    elif note.span:
        choices.append(
            ScreenChoice("show", texts.label("choice-note-show"), about=number, action_id=ids.NOTE_SHOW)
        )
    return [*choices, ScreenChoice("silence", texts.label("choice-note-silence"), about=number)]


def _fill_gap_choices(gaps: tuple[Gap, ...], texts: Texts) -> list[ScreenChoice]:
    """Return the choice that leads to the question of the first open gap, if there is one."""
    return (
        [ScreenChoice("change", texts.label("choice-fill", n=len(gaps)), target=gaps[0].question)]
        if gaps
        else []
    )


def note_spoken_text(draft: Draft, note: CoachingNote, material: Material, texts: Texts) -> str:
    """Return a note for screen readers: its text, not escaped yet, and its choices."""
    sentence = texts.say(note.message_key, **note.args)
    return "\n".join([sentence, *(f"• {c.label}" for c in _note_choices(draft, note, material, texts))])


def note_text(note: CoachingNote, texts: Texts) -> str:
    """Return the text of a note. The person's words in it are unchanged, but escaped."""
    args = {
        name: escape_user_text(readable_line(v)) if isinstance(v, str) else v for name, v in note.args.items()
    }
    return texts.say(note.message_key, **args)


def note_location_modal(draft: Draft, note: CoachingNote, material: Material, texts: Texts) -> Block:
    """Return the passages that a note is about, marked, with a little text around them."""
    gaps = list_open_gaps(draft, material)
    text = mark_gaps(story_text(draft), gaps)
    blocks: list[Block] = [section(note_text(note, texts)), divider()]
    spots = [(hit.start, hit.end) for hit in note.findings] or ([note.span] if note.span else [])
    for first, last in spots[:10]:
        start, end = position_after_marking(first, gaps), position_after_marking(last, gaps)
        before = text[max(0, start - 120) : start].rpartition("\n")[2]
        after = text[end : end + 120].partition("\n")[0]
        blocks += plain_text_sections(f"{before}【{text[start:end]}】{after}")
    for hit in note.findings:
        if hit.kind is FindingKind.JARGON and hit.hint:
            blocks.append(context(escape_user_text(f"{hit.text} → {hit.hint}")))
    return modal(texts.label("note-show-title"), blocks, texts.label("modal-close"))


def risky_findings_screen(draft: Draft, _question: Question, material: Material, texts: Texts) -> Screen:
    """Return the findings that may not be meant for strangers, as questions; own pay has its own wording."""
    looked = replace(
        draft, notes_silenced=draft.notes_silenced - {int(CoachingCheck.RISK)}
    )  # asked or answered here
    found = notes_for_step(looked, DraftStep.LAST_LOOK, material)
    hits = [hit for note in found if note.variant != "pay" for hit in note.findings]
    sentences = [texts.say("ask-last_look", items=_joined_findings(hits, texts))] if hits else []
    if any(note.variant == "others" for note in found):
        sentences.append(texts.say("note-risk-others"))
    if any(note.variant == "pay" for note in found):
        sentences.append(texts.say("ask-last_look-pay"))
    choices = (
        ScreenChoice("fine", texts.label("choice-fine-last_look"), "primary"),
        ScreenChoice("edit", texts.label("choice-edit"), action_id=ids.TEXT_EDIT),
    )
    return Screen(
        "\n".join(sentences) or texts.say("ask-last_look-done"), choices=choices, has_personal_text=True
    )


def _joined_findings(hits: list[CoachingFinding], texts: Texts) -> str:
    """Return the findings, each once; of very many, the first ones."""
    named = dict.fromkeys(
        f"{texts.label(f'found-{hit.kind}')} ({escape_user_text(truncate_label(hit.text, MAX_FINDING_LENGTH))})"
        for hit in hits
    )
    separator = texts.label("list-separator")
    whole = ""
    for name in named:
        if len(whole) + len(name) > MAX_FINDINGS_LENGTH:
            return f"{whole}{separator}…"
        whole += f"{separator}{name}" if whole else name
    return whole


def own_words_percentage_modal(draft: Draft, material: Material, texts: Texts) -> Block:
    """Return the person's own share of the story: the percentage of words, and the fate of each card."""
    fates = kept_card_outcomes(draft, material)
    percent = round(100 * own_share_of_story(draft, material))
    blocks: list[Block] = [section(texts.say("share-whole", percent=percent))]
    if not fates:
        blocks = [section(texts.say("share-no-cards"))]
    for fate in fates:
        blocks += [divider(), *_card_fate_blocks(draft, fate, material, texts)]
    return modal(texts.label("share-title"), blocks, texts.label("modal-close"))


def _card_fate_blocks(draft: Draft, fate: CardOutcome, material: Material, texts: Texts) -> list[Block]:
    card = material.bank.card(fate.card)
    shown = plain_text_sections(readable_line(card.texts[draft.language or "en"]))
    return [*shown, context(texts.say(f"share-{str(fate.outcome.fate).lower()}"))]
