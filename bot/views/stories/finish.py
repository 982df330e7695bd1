"""The end on the screen: the story to take along, the places, and the two separate questions."""

from __future__ import annotations

from bot import ids
from bot.conversation.draft_notes import notes_at
from bot.conversation.gaps import shown_text
from bot.conversation.side_effects import HAND_KINDS
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.ids import Carried
from bot.text import length, to_slack
from bot.views.blocks import (
    COPYABLE,
    Block,
    Message,
    actions,
    context,
    link,
    modal,
    named,
    plain,
    preformatted,
    prose,
    section,
)
from bot.views.stories.notes import note_aloud, note_blocks
from bot.views.stories.screen import Choice, Screen, drawn
from db.models.drafts import Chosen, Draft, Question, Step

LINKEDIN = "https://www.linkedin.com/in/me/edit/forms/summary/new/"
MEDIUM = "https://medium.com/new-story"
GLASSDOOR = "https://www.glassdoor.com/survey/start_input.htm"
HEADLINE_LIMIT = 220


def take(draft: Draft, _question: Question, material: Material, texts: Texts) -> Screen:
    """The finished story: a block to copy from, the places, and the ways to end."""
    text = shown_text(draft, material)
    body = [
        block
        for note in notes_at(draft, Step.TAKE, material)
        for block in note_blocks(draft, note, material, texts)
    ]
    body += [story_block(text)] if len(text) <= COPYABLE else [context(texts.say("take-long"))]
    headline = draft.written(Question(Step.HEADLINE))
    if headline:
        whole = [story_block(headline)] if len(headline) <= COPYABLE else prose(headline)
        body += [section(texts.say("take-headline")), *whole]
        if length(headline) > HEADLINE_LIMIT:
            body.append(context(texts.say("headline-too-long", over=length(headline) - HEADLINE_LIMIT)))
    choices = (
        Choice("done", texts.label("choice-done"), "primary"),
        Choice(
            "linkedin", texts.label("choice-linkedin"), about="linkedin", action=ids.PLACE_TAKE, url=LINKEDIN
        ),
        Choice("places", texts.label("choice-places"), action=ids.PLACES_OPEN),
        Choice("file", texts.label("choice-file"), action=ids.FILE_TAKE),
        Choice("edit", texts.label("choice-edit"), action=ids.TEXT_EDIT),
        Choice("keep_private", texts.label("choice-keep_private")),
    )
    aloud = [note_aloud(draft, note, material, texts) for note in notes_at(draft, Step.TAKE, material)]
    spoken = "\n".join(part for part in (*aloud, headline, text) if part)
    return Screen(texts.say("ask-take"), tuple(body), choices, words=True, spoken=spoken)


def story_block(text: str) -> Block:
    """The words in a block whose own copy control takes exactly them."""
    return preformatted(text)


def story_alone(draft: Draft, material: Material) -> Message | None:
    """The story as a message of its own, which a phone copies by a long press; None when it is too long for one."""
    text = shown_text(draft, material)
    return Message(to_slack(text), words=True) if len(text) <= COPYABLE else None


def places_modal(draft: Draft, company: str, texts: Texts) -> Block:
    """The other places; Glassdoor last, in its own words, and carrying nothing that names anybody."""
    medium = Carried(draft.id, str(Step.TAKE), "place", "medium")
    blocks: list[Block] = [
        section(texts.say("places-medium", company=named(company))),
        *actions([link(texts.label("choice-medium"), ids.PLACE_TAKE, MEDIUM, medium)]),
        section(texts.say("places-blog")),
        {"type": "divider"},
        section(texts.say("places-glassdoor")),
        *actions([link(texts.label("choice-glassdoor"), ids.PLACE_GLASSDOOR, GLASSDOOR, Carried())]),
    ]
    return modal(texts.label("places-title"), blocks, texts.label("modal-close"))


def hand(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    """Raise a hand: tick what one would be open to; nothing is a good answer."""
    given = draft.answer(question)
    ticked = given.choices if isinstance(given, Chosen) else ()
    options = [{"text": plain(texts.label(f"hand-{kind}"), 75), "value": kind} for kind in HAND_KINDS]
    boxes: Block = {"type": "checkboxes", "action_id": ids.HAND_BOX, "options": options}
    if chosen := [option for option in options if option["value"] in ticked]:
        boxes["initial_options"] = chosen
    choices = (
        Choice("hand", texts.label("choice-hand"), "primary"),
        Choice("nothing", texts.label("choice-nothing")),
    )
    spoken = "\n".join(f"☐ {texts.label(f'hand-{kind}')}" for kind in HAND_KINDS)
    body: tuple[Block, ...] = ({"type": "actions", "block_id": f"hand.{draft.version}", "elements": [boxes]},)
    return Screen(texts.say("ask-hand"), body, choices, spoken=spoken)


def highlight(_draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    """May we show it one week? A consent of its own."""
    choices = (
        Choice("yes", texts.label("choice-yes")),
        Choice("no", texts.label("choice-no")),
    )
    return Screen(texts.say("ask-highlight", weekday=texts.label("weekday-monday")), choices=choices)


def finished(draft: Draft, texts: Texts) -> Message:
    """The end of the conversation."""
    private = draft.chosen(Question(Step.TAKE)) == "keep_private"
    end = texts.say("done-private" if private else "done")
    screen = Screen(
        f"*{end}*",
        (section(texts.say("done-where")),),
        (
            Choice("share", texts.label("choice-share"), action=ids.TEXT_SHARE),
            Choice("edit", texts.label("choice-edit"), action=ids.TEXT_EDIT),
        ),
        spoken=texts.say("done-where"),
    )
    return drawn(draft, Question(Step.DONE), screen, texts)


def consent_wording(use: str, texts: Texts) -> str:
    """The words under which a use was agreed to, to be kept with the consent."""
    if use == "counting":
        return texts.label("ask-rules")
    if use == "highlight":
        return texts.label("ask-highlight", weekday=texts.label("weekday-monday"))
    kind = use.removeprefix("ask-")
    return f"{texts.label('ask-hand')} · {texts.label(f'hand-{kind}')}"
