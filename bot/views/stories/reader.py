"""Reading one's own stories: the full text and how much of it is own, earlier versions, the list of all."""

from __future__ import annotations

from bot import ids
from bot.conversation.gaps import display_text, list_open_gaps, mark_gaps
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.ids import ButtonPayload
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
from bot.views.home import landing_blocks, story_row_blocks, story_summary
from bot.views.home_model import HomeModel
from bot.views.stories.notes import own_share_modal
from db.models import StoredDraft, StoryVersion
from db.models.drafts import DraftStep, Question

MAX_COPY_BLOCK_LENGTH = 2900
MAX_PAGE_BLOCKS = 60
MAX_PAGE_SIZE = 30_000
"""What stands on one page of a modal: far under Slack's 100 blocks and 250 kB, in any script."""


def story_modal(stored: StoredDraft, material: Material, texts: Texts, page: int = 0) -> Block:
    """The full text, the line under the name, how much of it is the person's own, and whether it is up."""
    draft = stored.draft
    text = display_text(draft, material)
    blocks = copyable_blocks(text) if text else [section(texts.say("read-empty"))]
    if headline := draft.written_text(Question(DraftStep.HEADLINE)):
        blocks += [context(texts.say("read-headline")), *copyable_blocks(headline)]
    if text:
        share: list[Block] = own_share_modal(draft, material, texts)["blocks"]
        blocks += [divider(), section(f"*{texts.say('read-share-title')}*"), *share]
    blocks += [divider(), *landing_blocks(stored, texts)] if stored.finished_at else []
    return paged_modal(
        texts.label("read-title"), blocks, page, payload=ButtonPayload(draft.id, subject="read"), texts=texts
    )


def copyable_blocks(text: str) -> list[Block]:
    """A text in full, to be copied: in one block where Slack surely takes it, else in several."""
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
    """Every whole text the story has had, the newest first, each in full."""
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
        texts.label("versions-title"),
        blocks,
        page,
        payload=ButtonPayload(stored.draft.id, subject="versions"),
        texts=texts,
    )


def story_list_modal(model: HomeModel, texts: Texts, page: int = 0) -> Block:
    """All finished stories, the latest first."""
    blocks: list[Block] = []
    for stored in model.finished_stories:
        first, *rest = story_row_blocks(stored, texts, offer_translation=model.has_no_translation(stored))
        blocks += [first, context(story_summary(stored, model.tz, texts)), *rest]
    return paged_modal(
        texts.label("list-title"), blocks, page, payload=ButtonPayload(subject="list"), texts=texts
    )


def paged_modal(title: str, blocks: list[Block], page: int, *, payload: ButtonPayload, texts: Texts) -> Block:
    """A modal with as many of the blocks as fit, and buttons to the other pages; no block is left out."""
    sheets = _split_pages(blocks)
    page = max(0, min(page, len(sheets) - 1))
    row = []
    for key, number in (("page-before", page - 1), ("page-next", page + 1)):
        if 0 <= number < len(sheets):
            to = ButtonPayload(payload.draft_id, choice=str(number), subject=payload.subject)
            row.append(button(texts.label(key), ids.PAGE_TURN, to))
    return modal(title, [*sheets[page], *actions(row)], texts.label("modal-close"))


def _split_pages(blocks: list[Block]) -> list[list[Block]]:
    sheets: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        cost = len(str(block))
        if sheets[-1] and (len(sheets[-1]) >= MAX_PAGE_BLOCKS or size + cost > MAX_PAGE_SIZE):
            sheets.append([])
            size = 0
        sheets[-1].append(block)
        size += cost
    return sheets
