"""Consents and settings on the Home tab, each changed with one press."""

from __future__ import annotations

from collections.abc import Mapping

from bot import ids
from bot.conversation.side_effects import ADVOCATE_ASK_KINDS
from bot.i18n import Locale, Texts
from bot.payloads import (
    SEGMENT_CHOICES,
    ConsentPayload,
    EmptyPayload,
    LanguagePayload,
    SegmentPayload,
    SwitchPayload,
)
from bot.views.blocks import Block, Element, actions, button, context, divider, escape_name, section
from bot.views.dates import format_date, format_local_date
from bot.views.delivery.snooze import quiet_until_picker
from bot.views.home_model import HomeModel
from bot.views.programme.segments import segment_label
from db.models import Consent

CONSENT_USES = ("counting", "highlight", *(f"ask-{kind}" for kind in ADVOCATE_ASK_KINDS))
"""Return every use with its question, the present answer, and the button that changes it."""


def consents_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    """Every use with its question, the present answer, and the one button that changes it."""
    title = f"*{texts.say('home-consents-title')}*"
    blocks: list[Block] = [divider(), section(title), context(texts.say("home-consents-about"))]
    return [*blocks, *(_consent_section(use, model, texts) for use in CONSENT_USES)]


def home_consent_wording(use: str, given: bool, texts: Texts) -> str:
    """Return the wording and the button's label, which are stored with a consent."""
    return f"{texts.label(f'consent-{use}')} [{_answer_label(given, texts)}]"


def settings_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    """Return the settings: the segment, the language, and the proactive messages."""
    segment = model.person.segment
    others = [name for name in SEGMENT_CHOICES if name != (segment or "neither")]
    own = model.segments
    change = [button(segment_label(n, own, texts), ids.SEGMENT_SET, SegmentPayload(n)) for n in others]
    return [
        divider(),
        section(f"*{texts.say('home-settings-title')}*"),
        section(_segment_text(segment, model.segments, texts)),
        *actions(change),
        section(texts.say("home-language"), language_switch_buttons(texts)[0]),
        _opt_out_section(model, texts),
        *_frequency_blocks(model, texts),
        *_quiet_until_blocks(model, texts),
    ]


def _segment_text(segment: str | None, segment_names: Mapping[str, str], texts: Texts) -> str:
    if segment and (name := segment_names.get(f"{segment}_{texts.locale}")):
        return texts.say("home-segment-own", name=escape_name(name))
    return texts.say("home-segment", segment=segment or "none")


def language_switch_buttons(texts: Texts) -> list[Element]:
    """Return the button that changes the language, labelled in the other language."""
    other: Locale = "en" if texts.locale == "ar" else "ar"
    return [button(texts.label(f"choice-{other}"), ids.HOME_LANGUAGE, LanguagePayload(other))]


def _consent_section(use: str, model: HomeModel, texts: Texts) -> Block:
    consent = model.consents.get(use)
    given = consent is not None and consent.given
    payload = ConsentPayload(use, given=not given)
    change = button(_answer_label(not given, texts), ids.CONSENT_SET, payload, unique_key=use)
    return section(f"{texts.say(f'consent-{use}')}\n{_consent_status(use, consent, model.tz, texts)}", change)


def _answer_label(given: bool, texts: Texts) -> str:
    return texts.label("consent-give" if given else "consent-take-back")


def _consent_status(use: str, consent: Consent | None, tz: str | None, texts: Texts) -> str:
    key = "consent-status-counting" if use == "counting" else "consent-status"
    if consent is None:
        return texts.say(key, given="open", date="")
    return texts.say(
        key, given="yes" if consent.given else "no", date=format_local_date(consent.answered_at, texts, tz)
    )


def _frequency_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    """Return the setting for fewer messages; nothing for somebody who stopped them all."""
    if model.has_opted_out:
        return []
    if model.person.fewer_at is None:
        fewer = button(texts.label("invitation-fewer"), ids.FREQUENCY_SET, SwitchPayload(is_on=True))
        return [section(texts.say("home-as-usual"), fewer)]
    usual = button(texts.label("home-fewer-usual"), ids.FREQUENCY_SET, SwitchPayload(is_on=False))
    return [section(texts.say("home-fewer"), usual)]


def _quiet_until_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    """Return the quiet period and its end; nothing for somebody who stopped all messages."""
    if model.has_opted_out:
        return []
    if model.quiet_until is None:
        return [section(texts.say("home-quiet-offer"), quiet_until_picker(texts))]
    sentence = texts.say("home-quiet", date=format_date(model.quiet_until, texts))
    end = button(texts.label("quiet-end"), ids.QUIET_END, EmptyPayload())
    return [section(sentence), *actions([end, quiet_until_picker(texts, model.quiet_until)])]


def _opt_out_section(model: HomeModel, texts: Texts) -> Block:
    if not model.has_opted_out:
        stop = button(texts.label("home-first-stop"), ids.PROACTIVE_SET, SwitchPayload(is_on=False))
        return section(texts.say("home-first-may"), stop)
    allow = button(texts.label("home-first-allow"), ids.PROACTIVE_SET, SwitchPayload(is_on=True))
    stopped_at = model.person.stopped_at
    if stopped_at is None:
        return section(texts.say("home-first-silent"), allow)
    return section(
        texts.say("home-first-stopped", date=format_local_date(stopped_at, texts, model.tz)), allow
    )
