"""The modals for reading one's own stories: the full text, earlier versions, and the list of all."""

from __future__ import annotations

from dataclasses import replace

from bot import ids
from bot.conversation.gaps import list_open_gaps, mark_gaps, story_with_gap_hints
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.payloads import PagePayload
from bot.text import count_words, neutralize_bidi, split_for_slack
from bot.views.blocks import (
    MAX_COPYABLE_LENGTH,
    Block,
    actions,
    button,
    context,
    divider,
    modal,
    plain_text_sections,
    preformatted,
    section,
)
from bot.views.dates import format_local_datetime
from bot.views.home import finished_story_blocks, finished_story_facts, landing_question_blocks
from bot.views.home_model import HomeModel
from bot.views.stories.notes import own_words_percentage_modal
from db.models import StoredDraft, StoryVersion
from db.models.drafts import DraftStep, Question

MAX_COPY_BLOCK_LENGTH = 2900
MAX_PAGE_BLOCKS = 60
MAX_PAGE_SIZE = 30_000
"""The size of one page of a modal: far below Slack's 100 blocks and 250 kB, in any script."""


def story_modal(stored: StoredDraft, material: Material, texts: Texts, page: int = 0) -> Block:
    """Return the full text, the headline, the person's own share, and the question whether it landed."""
    draft = stored.draft
    text = story_with_gap_hints(draft, material)
    blocks = copyable_blocks(text) if text else [section(texts.say("read-empty"))]
    if headline := draft.written_text(Question(DraftStep.HEADLINE)):
        blocks += [context(texts.say("read-headline")), *copyable_blocks(headline)]
    if text:
        share: list[Block] = own_words_percentage_modal(draft, material, texts)["blocks"]
        blocks += [divider(), section(f"*{texts.say('read-share-title')}*"), *share]
    blocks += [divider(), *landing_question_blocks(stored, texts)] if stored.finished_at else []
    return paged_modal(texts.label("read-title"), blocks, PagePayload("read", page, draft.id), texts)


def copyable_blocks(text: str) -> list[Block]:
    """Return a text in full for copying: in one block if Slack surely takes it, or else in several."""
    shown = neutralize_bidi(text)
    parts = (shown,) if len(shown) <= MAX_COPYABLE_LENGTH else split_for_slack(shown, MAX_COPY_BLOCK_LENGTH)
    return [preformatted(part) for part in parts if part]


def versions_modal(
    history: tuple[StoredDraft, tuple[StoryVersion, ...]],
    material: Material,
    tz: str | None,
    texts: Texts,
    *,
    page: int = 0,
) -> Block:
    """Return every version of the whole text in full, the newest first."""
    stored, versions = history
    blocks: list[Block] = [context(texts.say("versions-about" if versions else "versions-none"))]
    for number, version in enumerate(reversed(versions)):
        head = texts.say(
            "versions-head" if number else "versions-head-now",
            source=version.source,
            date=format_local_datetime(version.created_at, texts, tz),
            n=count_words(version.text),
        )
        blocks += [
            divider(),
            section(f"*{head}*"),
            *plain_text_sections(
                mark_gaps(version.text, list_open_gaps(stored.draft, material, version.text))
            ),
        ]
    return paged_modal(
        texts.label("versions-title"), blocks, PagePayload("versions", page, stored.draft.id), texts
    )


def finished_stories_modal(model: HomeModel, texts: Texts, page: int = 0) -> Block:
    """Return the list of all finished stories, the latest first."""
    blocks: list[Block] = []
    for stored in model.finished_stories:
        first, *rest = finished_story_blocks(
            stored, texts, offer_translation=model.has_no_translation(stored)
        )
        blocks += [first, context(finished_story_facts(stored, model.tz, texts)), *rest]
    return paged_modal(texts.label("list-title"), blocks, PagePayload("list", page), texts)


def paged_modal(title: str, blocks: list[Block], wanted: PagePayload, texts: Texts) -> Block:
    """Return one page of the blocks, with buttons to its neighbours; the last page for a number beyond it."""
    pages = _split_pages(blocks)
    page = max(0, min(wanted.page, len(pages) - 1))
    row = []
    for key, number in (("page-before", page - 1), ("page-next", page + 1)):
        if 0 <= number < len(pages):
            row.append(button(texts.label(key), ids.PAGE_TURN, replace(wanted, page=number)))
    return modal(title, [*pages[page], *actions(row)], texts.label("modal-close"))


def _split_pages(blocks: list[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        cost = len(str(block))
        if pages[-1] and (len(pages[-1]) >= MAX_PAGE_BLOCKS or size + cost > MAX_PAGE_SIZE):
            pages.append([])
            size = 0
        pages[-1].append(block)
        size += cost
    return pages
