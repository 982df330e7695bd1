"""Reading one's own stories: the full text and how much of it is own, earlier versions, the list of all."""

from __future__ import annotations

from bot import ids
from bot.conversation.gaps import marked, open_gaps, shown_text
from bot.conversation.turns import Material
from bot.i18n import Texts
from bot.ids import Carried
from bot.text import count_words, neutral, pieces
from bot.views.blocks import (
    COPYABLE,
    Block,
    actions,
    button,
    context,
    divider,
    modal,
    preformatted,
    prose,
    section,
)
from bot.views.dates import moment
from bot.views.home import facts, landing, story_row
from bot.views.home_model import Shelf
from bot.views.stories.notes import share_modal
from db.models import StoredDraft, Version
from db.models.drafts import Question, Step

PART = 2900
PAGE_BLOCKS = 60
PAGE_WORDS = 30_000
"""What stands on one page of a modal: far under Slack's 100 blocks and 250 kB, in any script."""


def read_modal(stored: StoredDraft, material: Material, texts: Texts, page: int = 0) -> Block:
    """The full text, the line under the name, how much of it is the person's own, and whether it is up."""
    draft = stored.draft
    text = shown_text(draft, material)
    blocks = whole(text) if text else [section(texts.say("read-empty"))]
    if headline := draft.written(Question(Step.HEADLINE)):
        blocks += [context(texts.say("read-headline")), *whole(headline)]
    if text:
        share: list[Block] = share_modal(draft, material, texts)["blocks"]
        blocks += [divider(), section(f"*{texts.say('read-share-title')}*"), *share]
    blocks += [divider(), *landing(stored, texts)] if stored.finished_at else []
    return paged(
        texts.label("read-title"), blocks, page, carried=Carried(draft.id, about="read"), texts=texts
    )


def whole(text: str) -> list[Block]:
    """A text in full, to be copied: in one block where Slack surely takes it, else in several."""
    shown = neutral(text)
    parts = (shown,) if len(shown) <= COPYABLE else pieces(shown, PART)
    return [preformatted(part) for part in parts if part]


def versions_modal(
    shelf: tuple[StoredDraft, tuple[Version, ...]],
    material: Material,
    tz: str | None,
    texts: Texts,
    *,
    page: int = 0,
) -> Block:
    """Every whole text the story has had, the newest first, each in full."""
    stored, versions = shelf
    blocks: list[Block] = [context(texts.say("versions-about" if versions else "versions-none"))]
    for number, version in enumerate(reversed(versions)):
        head = texts.say(
            "versions-head" if number else "versions-head-now",
            source=version.source,
            date=moment(version.at, texts, tz),
            n=count_words(version.text),
        )
        blocks += [
            divider(),
            section(f"*{head}*"),
            *prose(marked(version.text, open_gaps(stored.draft, material, version.text))),
        ]
    return paged(
        texts.label("versions-title"),
        blocks,
        page,
        carried=Carried(stored.draft.id, about="versions"),
        texts=texts,
    )


def list_modal(shelf: Shelf, texts: Texts, page: int = 0) -> Block:
    """All finished stories, the latest first."""
    blocks: list[Block] = []
    for stored in shelf.finished:
        first, *rest = story_row(stored, texts, second=shelf.lacks_twin(stored))
        blocks += [first, context(facts(stored, shelf.tz, texts)), *rest]
    return paged(texts.label("list-title"), blocks, page, carried=Carried(about="list"), texts=texts)


def paged(title: str, blocks: list[Block], page: int, *, carried: Carried, texts: Texts) -> Block:
    """A modal with as many of the blocks as fit, and buttons to the other pages; no block is left out."""
    sheets = _sheets(blocks)
    page = max(0, min(page, len(sheets) - 1))
    row = []
    for key, number in (("page-before", page - 1), ("page-next", page + 1)):
        if 0 <= number < len(sheets):
            to = Carried(carried.draft, choice=str(number), about=carried.about)
            row.append(button(texts.label(key), ids.PAGE_TURN, to))
    return modal(title, [*sheets[page], *actions(row)], texts.label("modal-close"))


def _sheets(blocks: list[Block]) -> list[list[Block]]:
    sheets: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        cost = len(str(block))
        if sheets[-1] and (len(sheets[-1]) >= PAGE_BLOCKS or size + cost > PAGE_WORDS):
            sheets.append([])
            size = 0
        sheets[-1].append(block)
        size += cost
    return sheets
