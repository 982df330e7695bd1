"""What a person agreed to, and how they want to be spoken to: all of it on the Home tab, each one tap away."""

from __future__ import annotations

from collections.abc import Mapping

from bot import ids
from bot.conversation.side_effects import HAND_KINDS
from bot.i18n import Texts
from bot.ids import Carried
from bot.views.blocks import Block, Element, actions, button, context, divider, named, section
from bot.views.dates import day, on
from bot.views.delivery.snooze import quiet_picker
from bot.views.home_model import Shelf
from bot.views.programme.segments import segment_label
from db.models import Consent

USES = ("counting", "highlight", *(f"ask-{kind}" for kind in HAND_KINDS))
"""Every use that has a consent of its own."""
SEGMENTS = ("tech", "gtm", "neither")


def agreements(shelf: Shelf, texts: Texts) -> list[Block]:
    """Every use with its question, the present answer, and the one button that changes it."""
    title = f"*{texts.say('home-consents-title')}*"
    blocks: list[Block] = [divider(), section(title), context(texts.say("home-consents-about"))]
    return [*blocks, *(_agreement(use, shelf, texts) for use in USES)]


def wording(use: str, given: bool, texts: Texts) -> str:
    """The words that were read and the button that was pressed, as they are kept with a consent."""
    return f"{texts.label(f'consent-{use}')} [{_answer(given, texts)}]"


def between_us(shelf: Shelf, texts: Texts) -> list[Block]:
    """The settings: what is nearer to their work, the language, and whether the bot may write first."""
    segment = shelf.person.segment
    others = [name for name in SEGMENTS if name != (segment or "neither")]
    own = shelf.segments
    change = [button(segment_label(n, own, texts), ids.SEGMENT_SET, Carried(choice=n)) for n in others]
    return [
        divider(),
        section(f"*{texts.say('home-settings-title')}*"),
        section(_segment(segment, shelf.segments, texts)),
        *actions(change),
        section(texts.say("home-language"), languages(texts)[0]),
        _first(shelf, texts),
        *_fewer(shelf, texts),
        *_quiet(shelf, texts),
    ]


def _segment(segment: str | None, own: Mapping[str, str], texts: Texts) -> str:
    if segment and (name := own.get(f"{segment}_{texts.locale}")):
        return texts.say("home-segment-own", name=named(name))
    return texts.say("home-segment", segment=segment or "none")


def languages(texts: Texts) -> list[Element]:
    """The button that changes the language spoken to the other one, in that language's own name."""
    other = "en" if texts.locale == "ar" else "ar"
    return [button(texts.label(f"choice-{other}"), ids.HOME_LANGUAGE, Carried(choice=other))]


def _agreement(use: str, shelf: Shelf, texts: Texts) -> Block:
    consent = shelf.consents.get(use)
    given = consent is not None and consent.given
    carried = Carried(choice="no" if given else "yes", about=use)
    change = button(_answer(not given, texts), ids.CONSENT_SET, carried, by=use)
    return section(f"{texts.say(f'consent-{use}')}\n{_status(use, consent, shelf.tz, texts)}", change)


def _answer(given: bool, texts: Texts) -> str:
    return texts.label("consent-give" if given else "consent-take-back")


def _status(use: str, consent: Consent | None, tz: str | None, texts: Texts) -> str:
    key = "consent-status-counting" if use == "counting" else "consent-status"
    if consent is None:
        return texts.say(key, given="open", date="")
    return texts.say(key, given="yes" if consent.given else "no", date=day(consent.at, texts, tz))


def _fewer(shelf: Shelf, texts: Texts) -> list[Block]:
    """How many messages: nothing to be said where none come at all."""
    if shelf.silent:
        return []
    if shelf.person.fewer_at is None:
        fewer = button(texts.label("invitation-fewer"), ids.FEWER_SET, Carried(choice="yes"))
        return [section(texts.say("home-as-usual"), fewer)]
    usual = button(texts.label("home-fewer-usual"), ids.FEWER_SET, Carried(choice="no"))
    return [section(texts.say("home-fewer"), usual)]


def _quiet(shelf: Shelf, texts: Texts) -> list[Block]:
    """Quiet until a date, and the end of it."""
    if shelf.silent:
        return []
    if shelf.quiet_until is None:
        return [section(texts.say("home-quiet-offer"), quiet_picker(texts))]
    said = texts.say("home-quiet", date=on(shelf.quiet_until, texts))
    end = button(texts.label("quiet-end"), ids.QUIET_END, Carried())
    return [section(said), *actions([end, quiet_picker(texts, shelf.quiet_until)])]


def _first(shelf: Shelf, texts: Texts) -> Block:
    if not shelf.silent:
        stop = button(texts.label("home-first-stop"), ids.FIRST_SET, Carried(choice="no"))
        return section(texts.say("home-first-may"), stop)
    allow = button(texts.label("home-first-allow"), ids.FIRST_SET, Carried(choice="yes"))
    stopped_at = shelf.person.stopped_at
    if stopped_at is None:
        return section(texts.say("home-first-silent"), allow)
    return section(texts.say("home-first-stopped", date=day(stopped_at, texts, shelf.tz)), allow)
