"""The Home tab: where a story stands, the finished ones, what was agreed to, and everything held."""

from __future__ import annotations

from bot import ids
from bot.conversation.compose import text_of
from bot.conversation.gaps import blanked
from bot.i18n import Texts
from bot.ids import Carried
from bot.text import count_words, neutral, sentences
from bot.views.blocks import Block, Element, actions, button, context, divider, header, plain, section
from bot.views.dates import day
from bot.views.home_model import Shelf
from bot.views.privacy.consents import agreements, between_us, languages
from bot.views.programme.admin_panel import Desk, desk
from db.models import StoredDraft
from db.models.drafts import Question, Step

FINISHED_SHOWN = 4
"""Finished stories on the tab itself; with more, a button leads to all of them."""
ASIDE_SHOWN = 4
PREVIEW = 150
LANDINGS = ("up", "not_yet", "changed_mind")


def home(shelf: Shelf, texts: Texts, theirs: Desk | None = None) -> Block:
    """The whole tab of one person; an offer to set the programme up stands first, the desk of one who runs it last."""
    offer, running = _programme(theirs, texts)
    blocks: list[Block] = [*offer, header(texts.label("home-title"))]
    if not shelf.stored:
        blocks += _newcomer(shelf, texts)
    else:
        blocks += _stories(shelf, texts)
        if shelf.drafts or shelf.consents:
            blocks += agreements(shelf, texts)
        blocks += [*between_us(shelf, texts), *_held(texts)]
    return {"type": "home", "blocks": [*blocks, *running]}


def _programme(theirs: Desk | None, texts: Texts) -> tuple[list[Block], list[Block]]:
    if theirs is None:
        return [], []
    drawn = desk(theirs, texts)
    return ([], drawn) if theirs.is_set else (drawn, [])


def turned_away(sentence: str) -> Block:
    """The tab of somebody who cannot take part: one kind sentence."""
    return {"type": "home", "blocks": [section(sentence)]}


def preview(stored: StoredDraft, texts: Texts) -> Block:
    """The story's first sentence, as the person wrote it; in full it stands behind [Read]."""
    found = sentences(blanked(stored.draft))
    first = found[0].text.strip() if found else texts.label("home-aside-empty")
    return {"type": "section", "text": plain(neutral(first), PREVIEW)}


def story_row(stored: StoredDraft, texts: Texts, *, second: bool) -> list[Block]:
    """A finished story: how it begins, when, how long, and what can be done with it."""
    draft = stored.draft
    row = [
        button(texts.label("home-read"), ids.STORY_READ, Carried(draft.id)),
        button(texts.label("home-edit"), ids.TEXT_EDIT, Carried(draft.id, str(Step.DONE))),
        button(texts.label("home-versions"), ids.STORY_VERSIONS, Carried(draft.id)),
    ]
    if second:
        other = "en" if draft.language == "ar" else "ar"
        row.append(button(texts.label("home-second", to=other), ids.STORY_SECOND, Carried(draft.id)))
    return [preview(stored, texts), *actions(row)]


def landing(stored: StoredDraft, texts: Texts) -> list[Block]:
    """Did it land? Not asked of a story that its author keeps private; the answer may change."""
    if stored.draft.chosen(Question(Step.TAKE)) == "keep_private":
        return []
    said = texts.say("home-landed-said", landed=stored.landed) if stored.landed else texts.say("landed-ask")
    row = [
        button(texts.label(f"choice-landed-{name}"), ids.LANDED, Carried(stored.draft.id, choice=name))
        for name in LANDINGS
        if name != stored.landed
    ]
    return [section(said), *actions(row)]


def _newcomer(shelf: Shelf, texts: Texts) -> list[Block]:
    row = [
        button(texts.label("home-begin"), ids.STORY_START, Carried(), "primary"),
        _words_button(texts),
        *languages(texts),
    ]
    return [section(texts.say("home-new-what")), *actions(row)]


def _stories(shelf: Shelf, texts: Texts) -> list[Block]:
    blocks: list[Block] = []
    if shelf.finished and shelf.current is None:
        return [*_finished(shelf, texts), *_begin_another(texts), *_aside(shelf, texts)]
    if shelf.current is not None:
        blocks += _current(shelf.current, shelf, texts)
    else:
        begin = button(texts.label("home-begin"), ids.STORY_START, Carried(), "primary")
        said = texts.say("home-empty" if shelf.drafts else "home-new-what")
        blocks += [section(said), *actions([begin])]
    return [*blocks, *_finished(shelf, texts), *_aside(shelf, texts)]


def _current(stored: StoredDraft, shelf: Shelf, texts: Texts) -> list[Block]:
    draft = stored.draft
    since = texts.say(
        "home-current-since", status=str(draft.status), date=day(stored.updated_at, texts, shelf.tz)
    )
    row = [
        button(texts.label("home-go-on"), ids.STORY_RESUME, Carried(draft.id), "primary"),
        button(texts.label("home-start-other"), ids.STORY_START, Carried()),
    ]
    where = texts.say("home-current-where", step=str(draft.at.step))
    begun = [preview(stored, texts)] if text_of(draft) else []
    return [section(f"*{texts.say('home-current-title')}*\n{where}"), *begun, context(since), *actions(row)]


def _finished(shelf: Shelf, texts: Texts) -> list[Block]:
    if not shelf.finished:
        return []
    blocks: list[Block] = [divider()] if shelf.current else []
    blocks.append(section(f"*{texts.say('home-finished-title')}*"))
    for stored in shelf.finished[:FINISHED_SHOWN]:
        first, *rest = story_row(stored, texts, second=shelf.lacks_twin(stored))
        blocks += [first, context(facts(stored, shelf.tz, texts)), *rest]
        if stored.landed is None:
            blocks += landing(stored, texts)
    if len(shelf.finished) > FINISHED_SHOWN:
        all_of_them = texts.label("home-list", n=len(shelf.finished))
        blocks += actions([button(all_of_them, ids.STORY_LIST, Carried())])
    return blocks


def facts(stored: StoredDraft, tz: str | None, texts: Texts) -> str:
    """The language, the day and the length of a finished story, in one line."""
    return texts.say(
        "home-finished-facts",
        language=stored.draft.language or "en",
        date=day(stored.finished_at or stored.updated_at, texts, tz),
        n=count_words(text_of(stored.draft)),
    )


def _begin_another(texts: Texts) -> list[Block]:
    return actions([button(texts.label("home-begin-another"), ids.STORY_START, Carried(), "primary")])


def _aside(shelf: Shelf, texts: Texts) -> list[Block]:
    if not shelf.aside:
        return []
    blocks: list[Block] = [divider(), section(f"*{texts.say('home-aside-title')}*")]
    for stored in shelf.aside[:ASIDE_SHOWN]:
        since = texts.say(
            "home-aside-since",
            language=stored.draft.language or "none",
            date=day(stored.updated_at, texts, shelf.tz),
        )
        go_on = button(texts.label("home-aside-go-on"), ids.STORY_RESUME, Carried(stored.draft.id))
        blocks += [{**preview(stored, texts), "accessory": go_on}, context(since)]
    return blocks


def _held(texts: Texts) -> list[Block]:
    row: list[Element] = [
        _words_button(texts),
        button(texts.label("home-held-show"), ids.HELD_SHOW, Carried()),
        button(texts.label("home-held-take"), ids.HELD_TAKE, Carried()),
        button(texts.label("home-held-delete"), ids.ALL_ERASE, Carried(), "danger"),
    ]
    title = f"*{texts.say('home-held-title')}*\n{texts.say('home-held')}"
    return [divider(), section(title), *actions(row)]


def _words_button(texts: Texts) -> Element:
    return button(texts.label("choice-words"), ids.WORDS_EXPLAIN, Carried())
