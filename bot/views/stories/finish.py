"""The end of the conversation: the story to take along, the sites for it, and the two separate questions."""

from __future__ import annotations

from bot import ids
from bot.conversation.draft_notes import notes_for_step
from bot.conversation.gaps import story_with_gap_hints
from bot.conversation.side_effects import ADVOCATE_ASK_KINDS
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.payloads import DestinationPayload, EmptyPayload
from bot.text import escape_mrkdwn, largest_counted_length
from bot.views.blocks import (
    MAX_COPYABLE_LENGTH,
    Block,
    Message,
    actions,
    context,
    divider,
    escape_name,
    link_button,
    modal,
    plain_text_object,
    plain_text_sections,
    preformatted,
    section,
)
from bot.views.stories.notes import note_blocks, note_spoken_text
from bot.views.stories.screen import Screen, ScreenChoice, screen_message
from db.models.drafts import ChosenAnswer, Draft, DraftStep, Question

LINKEDIN_URL = "https://www.linkedin.com/in/me/edit/forms/summary/new/"
MEDIUM_URL = "https://medium.com/new-story"
GLASSDOOR_URL = "https://www.glassdoor.com/survey/start_input.htm"
MAX_HEADLINE_LENGTH = 220


def finished_story_screen(draft: Draft, _question: Question, material: Material, texts: Texts) -> Screen:
    """Return the finished story: a block to copy from, the sites, and the buttons to end."""
    text = story_with_gap_hints(draft, material)
    notes = notes_for_step(draft, DraftStep.TAKE, material)
    body = [block for note in notes for block in note_blocks(draft, note, material, texts)]
    body += [copyable_block(text)] if len(text) <= MAX_COPYABLE_LENGTH else [context(texts.say("take-long"))]
    headline = draft.written_text(Question(DraftStep.HEADLINE))
    if headline:
        whole = (
            [copyable_block(headline)]
            if len(headline) <= MAX_COPYABLE_LENGTH
            else plain_text_sections(headline)
        )
        body += [section(texts.say("take-headline")), *whole]
        if largest_counted_length(headline) > MAX_HEADLINE_LENGTH:
            body.append(
                context(
                    texts.say(
                        "headline-too-long", over=largest_counted_length(headline) - MAX_HEADLINE_LENGTH
                    )
                )
            )
    choices = (
        ScreenChoice("done", texts.label("choice-done"), "primary"),
        ScreenChoice(
            "linkedin",
            texts.label("choice-linkedin"),
            about="linkedin",
            action_id=ids.DESTINATION_TAKE,
            url=LINKEDIN_URL,
        ),
        ScreenChoice("places", texts.label("choice-places"), action_id=ids.DESTINATIONS_OPEN),
        ScreenChoice("file", texts.label("choice-file"), action_id=ids.FILE_TAKE),
        ScreenChoice("edit", texts.label("choice-edit"), action_id=ids.TEXT_EDIT),
        ScreenChoice("keep_private", texts.label("choice-keep_private")),
    )
    notes_spoken = [note_spoken_text(draft, note, material, texts) for note in notes]
    spoken = "\n".join(part for part in (*notes_spoken, headline, text) if part)
    return Screen(texts.say("ask-take"), tuple(body), choices, has_personal_text=True, spoken_text=spoken)


def copyable_block(text: str) -> Block:
    """Return a block whose copy control copies exactly the text."""
    return preformatted(text)


def story_only_message(draft: Draft, material: Material) -> Message | None:
    """Return the story as a message of its own, which a phone copies by a long press; None if it's too long."""
    text = story_with_gap_hints(draft, material)
    return Message(escape_mrkdwn(text), has_personal_text=True) if len(text) <= MAX_COPYABLE_LENGTH else None


def other_sites_modal(draft: Draft, company: str, texts: Texts) -> Block:
    """Return the other sites; Glassdoor last, in its own words and with nothing that names anybody."""
    medium = link_button(
        texts.label("choice-medium"),
        ids.DESTINATION_TAKE,
        MEDIUM_URL,
        DestinationPayload(draft.id, "medium"),
        unique_key="medium",
    )
    glassdoor = link_button(
        texts.label("choice-glassdoor"), ids.GLASSDOOR_OPEN, GLASSDOOR_URL, EmptyPayload()
    )
    blocks: list[Block] = [
        section(texts.say("places-medium", company=escape_name(company))),
        *actions([medium]),
        section(texts.say("places-blog")),
        divider(),
        section(texts.say("places-glassdoor")),
        *actions([glassdoor]),
    ]
    return modal(texts.label("places-title"), blocks, texts.label("modal-close"))


def raise_hand_screen(draft: Draft, question: Question, _material: Material, texts: Texts) -> Screen:
    """Return the question for volunteers, with a tick for each kind of ask; none is a good answer too."""
    given = draft.answer_to(question)
    ticked = given.choices if isinstance(given, ChosenAnswer) else ()
    options = [
        {"text": plain_text_object(texts.label(f"hand-{kind}"), 75), "value": kind}
        for kind in ADVOCATE_ASK_KINDS
    ]
    boxes: Block = {"type": "checkboxes", "action_id": ids.VOLUNTEER_BOX, "options": options}
    if chosen := [option for option in options if option["value"] in ticked]:
        boxes["initial_options"] = chosen
    choices = (
        ScreenChoice("hand", texts.label("choice-hand"), "primary"),
        ScreenChoice("nothing", texts.label("choice-nothing")),
    )
    spoken = "\n".join(f"☐ {texts.label(f'hand-{kind}')}" for kind in ADVOCATE_ASK_KINDS)
    body: tuple[Block, ...] = ({"type": "actions", "block_id": f"hand.{draft.version}", "elements": [boxes]},)
    return Screen(texts.say("ask-hand"), body, choices, spoken_text=spoken)


def highlight_consent_screen(_draft: Draft, _question: Question, _material: Material, texts: Texts) -> Screen:
    """Return the question whether the story may be a highlight one week, a separate consent."""
    choices = (
        ScreenChoice("yes", texts.label("choice-yes")),
        ScreenChoice("no", texts.label("choice-no")),
    )
    return Screen(texts.say("ask-highlight", weekday=texts.label("weekday-monday")), choices=choices)


def finished_message(draft: Draft, texts: Texts) -> Message:
    """Return the end of the conversation."""
    private = draft.first_choice(Question(DraftStep.TAKE)) == "keep_private"
    end = texts.say("done-private" if private else "done")
    screen = Screen(
        f"*{end}*",
        (section(texts.say("done-where")),),
        (
            ScreenChoice("share", texts.label("choice-share"), action_id=ids.TEXT_SHARE),
            ScreenChoice("edit", texts.label("choice-edit"), action_id=ids.TEXT_EDIT),
        ),
        spoken_text=texts.say("done-where"),
    )
    return screen_message(draft, Question(DraftStep.DONE), screen, texts)


def conversation_consent_wording(use: str, texts: Texts) -> str:
    """Return the wording of a consent, to be stored with it."""
    if use == "counting":
        return texts.label("ask-rules")
    if use == "highlight":
        return texts.label("ask-highlight", weekday=texts.label("weekday-monday"))
    kind = use.removeprefix("ask-")
    return f"{texts.label('ask-hand')} · {texts.label(f'hand-{kind}')}"
