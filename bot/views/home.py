"""The Home tab: the story in progress, finished stories, consents, settings and personal data."""

from __future__ import annotations

from bot import ids
from bot.conversation.compose import story_text
from bot.conversation.gaps import story_with_blanks
from bot.i18n import Texts
from bot.payloads import (
    LANDING_ANSWERS,
    DraftPayload,
    EmptyPayload,
    ExportPayload,
    LandingPayload,
    QuestionPayload,
)
from bot.text import count_words, neutralize_bidi, split_sentences
from bot.views.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    divider,
    header,
    plain_text_object,
    section,
)
from bot.views.dates import format_local_date
from bot.views.home_model import HomeModel
from bot.views.privacy.consents import consents_blocks, language_switch_buttons, settings_blocks
from bot.views.programme.admin_panel import AdminPanelModel, admin_panel_blocks
from db.models import StoredDraft
from db.models.drafts import DraftStep, Question

MAX_FINISHED_SHOWN = 4
"""The most finished stories on the tab itself; if there are more, a button opens the list."""
MAX_ASIDE_SHOWN = 4
PREVIEW_LENGTH = 150


def home_view(model: HomeModel, texts: Texts, admin_panel: AdminPanelModel | None = None) -> Block:
    """Return a person's whole tab; an offer to set the programme up comes first, an owner's panel last."""
    offer, running = _admin_panel_parts(admin_panel, texts)
    blocks: list[Block] = [*offer, header(texts.label("home-title"))]
    if not model.is_stored:
        blocks += _newcomer_blocks(model, texts)
    else:
        blocks += _stories_blocks(model, texts)
        if model.drafts or model.consents:
            blocks += consents_blocks(model, texts)
        blocks += [*settings_blocks(model, texts), *_personal_data_blocks(texts)]
    return {"type": "home", "blocks": [*blocks, *running]}


def _admin_panel_parts(admin_panel: AdminPanelModel | None, texts: Texts) -> tuple[list[Block], list[Block]]:
    if admin_panel is None:
        return [], []
    drawn = admin_panel_blocks(admin_panel, texts)
    return ([], drawn) if admin_panel.is_ready else (drawn, [])


def no_access_home_view(sentence: str) -> Block:
    """Return the tab of somebody who can't take part: one kind sentence."""
    return {"type": "home", "blocks": [section(sentence)]}


def story_preview_block(stored: StoredDraft, texts: Texts) -> Block:
    """Return the story's first sentence, as the person wrote it; [Read] opens the whole text."""
    found = split_sentences(story_with_blanks(stored.draft))
    first = found[0].text.strip() if found else texts.label("home-aside-empty")
    return {"type": "section", "text": plain_text_object(neutralize_bidi(first), PREVIEW_LENGTH)}


def finished_story_blocks(stored: StoredDraft, texts: Texts, *, offer_translation: bool) -> list[Block]:
    """Return a finished story: its first sentence, and the buttons for it."""
    draft = stored.draft
    row = [
        button(texts.label("home-read"), ids.STORY_READ, DraftPayload(draft.id)),
        button(texts.label("home-edit"), ids.TEXT_EDIT, QuestionPayload(draft.id, Question(DraftStep.DONE))),
        button(texts.label("home-versions"), ids.STORY_VERSIONS, DraftPayload(draft.id)),
    ]
    if offer_translation:
        other = "en" if draft.language == "ar" else "ar"
        row.append(
            button(texts.label("home-second", to=other), ids.STORY_SECOND_LANGUAGE, DraftPayload(draft.id))
        )
    return [story_preview_block(stored, texts), *actions(row)]


def landing_question_blocks(stored: StoredDraft, texts: Texts) -> list[Block]:
    """Return the question whether a story landed, unless its author keeps it private; the answer may change."""
    if stored.draft.first_choice(Question(DraftStep.TAKE)) == "keep_private":
        return []
    sentence = (
        texts.say("home-landed-said", landed=stored.landed) if stored.landed else texts.say("landed-ask")
    )
    row = [
        button(texts.label(f"choice-landed-{name}"), ids.LANDED, LandingPayload(stored.draft.id, name))
        for name in LANDING_ANSWERS
        if name != stored.landed
    ]
    return [section(sentence), *actions(row)]


def _newcomer_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    row = [
        button(texts.label("home-begin"), ids.STORY_START, EmptyPayload(), "primary"),
        _privacy_policy_button(texts),
        *language_switch_buttons(texts),
    ]
    return [section(texts.say("home-new-what")), *actions(row)]


def _stories_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    blocks: list[Block] = []
    if model.finished_stories and model.current_story is None:
        return [
            *_finished_stories_blocks(model, texts),
            *_begin_another_blocks(texts),
            *_aside_stories_blocks(model, texts),
        ]
    if model.current_story is not None:
        blocks += _current_story_blocks(model.current_story, model, texts)
    else:
        begin = button(texts.label("home-begin"), ids.STORY_START, EmptyPayload(), "primary")
        sentence = texts.say("home-empty" if model.drafts else "home-new-what")
        blocks += [section(sentence), *actions([begin])]
    return [*blocks, *_finished_stories_blocks(model, texts), *_aside_stories_blocks(model, texts)]


def _current_story_blocks(stored: StoredDraft, model: HomeModel, texts: Texts) -> list[Block]:
    draft = stored.draft
    since = texts.say(
        "home-current-since",
        status=str(draft.status),
        date=format_local_date(stored.updated_at, texts, model.tz),
    )
    row = [
        button(texts.label("home-go-on"), ids.STORY_RESUME, DraftPayload(draft.id), "primary"),
        button(texts.label("home-start-other"), ids.STORY_START, EmptyPayload()),
    ]
    where = texts.say("home-current-where", step=str(draft.at.step))
    preview = [story_preview_block(stored, texts)] if story_text(draft) else []
    return [section(f"*{texts.say('home-current-title')}*\n{where}"), *preview, context(since), *actions(row)]


def _finished_stories_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    if not model.finished_stories:
        return []
    blocks: list[Block] = [divider()] if model.current_story else []
    blocks.append(section(f"*{texts.say('home-finished-title')}*"))
    for stored in model.finished_stories[:MAX_FINISHED_SHOWN]:
        first, *rest = finished_story_blocks(
            stored, texts, offer_translation=model.has_no_translation(stored)
        )
        blocks += [first, context(finished_story_facts(stored, model.tz, texts)), *rest]
        if stored.landed is None:
            blocks += landing_question_blocks(stored, texts)
    if len(model.finished_stories) > MAX_FINISHED_SHOWN:
        all_of_them = texts.label("home-list", n=len(model.finished_stories))
        blocks += actions([button(all_of_them, ids.STORY_LIST, EmptyPayload())])
    return blocks


def finished_story_facts(stored: StoredDraft, tz: str | None, texts: Texts) -> str:
    """Return the language, day and length of a finished story, in one line."""
    return texts.say(
        "home-finished-facts",
        language=stored.draft.language or "en",
        date=format_local_date(stored.finished_at or stored.updated_at, texts, tz),
        n=count_words(story_text(stored.draft)),
    )


def _begin_another_blocks(texts: Texts) -> list[Block]:
    return actions([button(texts.label("home-begin-another"), ids.STORY_START, EmptyPayload(), "primary")])


def _aside_stories_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    if not model.aside_stories:
        return []
    blocks: list[Block] = [divider(), section(f"*{texts.say('home-aside-title')}*")]
    for stored in model.aside_stories[:MAX_ASIDE_SHOWN]:
        since = texts.say(
            "home-aside-since",
            language=stored.draft.language or "none",
            date=format_local_date(stored.updated_at, texts, model.tz),
        )
        go_on = button(texts.label("home-aside-go-on"), ids.STORY_RESUME, DraftPayload(stored.draft.id))
        blocks += [{**story_preview_block(stored, texts), "accessory": go_on}, context(since)]
    return blocks


def _personal_data_blocks(texts: Texts) -> list[Block]:
    row: list[Element] = [
        _privacy_policy_button(texts),
        button(texts.label("home-held-show"), ids.PERSONAL_DATA_OPEN, EmptyPayload()),
        button(texts.label("home-held-take"), ids.PERSONAL_DATA_EXPORT, ExportPayload()),
        button(texts.label("home-held-delete"), ids.ALL_ERASE, EmptyPayload(), "danger"),
    ]
    title = f"*{texts.say('home-held-title')}*\n{texts.say('home-held')}"
    return [divider(), section(title), *actions(row)]


def _privacy_policy_button(texts: Texts) -> Element:
    return button(texts.label("choice-words"), ids.POLICY_OPEN, EmptyPayload())
