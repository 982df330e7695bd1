"""What a person agreed to, and how they want to be spoken to: all of it on the Home tab, each one tap away."""

from __future__ import annotations

from collections.abc import Mapping

from bot import ids
from bot.conversation.side_effects import ADVOCATE_ASK_KINDS
from bot.i18n import Texts
from bot.ids import ButtonPayload
from bot.views.blocks import Block, Element, actions, button, context, divider, escape_name, section
from bot.views.dates import format_date, format_local_date
from bot.views.delivery.snooze import quiet_until_picker
from bot.views.home_model import HomeModel
from bot.views.programme.segments import segment_label
from db.models import Consent

CONSENT_USES = ("counting", "highlight", *(f"ask-{kind}" for kind in ADVOCATE_ASK_KINDS))
"""Every use that has a consent of its own."""
SEGMENTS = ("tech", "gtm", "neither")


def consents_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    """Every use with its question, the present answer, and the one button that changes it."""
    title = f"*{texts.say('home-consents-title')}*"
    blocks: list[Block] = [divider(), section(title), context(texts.say("home-consents-about"))]
    return [*blocks, *(_consent_section(use, model, texts) for use in CONSENT_USES)]


def consent_wording(use: str, given: bool, texts: Texts) -> str:
    """The words that were read and the button that was pressed, as they are kept with a consent."""
    return f"{texts.label(f'consent-{use}')} [{_answer_label(given, texts)}]"


def settings_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    """The settings: what is nearer to their work, the language, and whether the bot may write first."""
    segment = model.person.segment
    others = [name for name in SEGMENTS if name != (segment or "neither")]
    own = model.segments
    change = [button(segment_label(n, own, texts), ids.SEGMENT_SET, ButtonPayload(choice=n)) for n in others]
    return [
        divider(),
        section(f"*{texts.say('home-settings-title')}*"),
        section(_segment_text(segment, model.segments, texts)),
        *actions(change),
        section(texts.say("home-language"), language_buttons(texts)[0]),
        _opt_out_section(model, texts),
        *_frequency_blocks(model, texts),
        *_quiet_until_blocks(model, texts),
    ]


def _segment_text(segment: str | None, segment_names: Mapping[str, str], texts: Texts) -> str:
    if segment and (name := segment_names.get(f"{segment}_{texts.locale}")):
        return texts.say("home-segment-own", name=escape_name(name))
    return texts.say("home-segment", segment=segment or "none")


def language_buttons(texts: Texts) -> list[Element]:
    """The button that changes the language spoken to the other one, in that language's own name."""
    other = "en" if texts.locale == "ar" else "ar"
    return [button(texts.label(f"choice-{other}"), ids.HOME_LANGUAGE, ButtonPayload(choice=other))]


def _consent_section(use: str, model: HomeModel, texts: Texts) -> Block:
    consent = model.consents.get(use)
    given = consent is not None and consent.given
    carried = ButtonPayload(choice="no" if given else "yes", subject=use)
    change = button(_answer_label(not given, texts), ids.CONSENT_SET, carried, unique_key=use)
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
    """How many messages: nothing to be said where none come at all."""
    if model.has_opted_out:
        return []
    if model.person.fewer_at is None:
        fewer = button(texts.label("invitation-fewer"), ids.FREQUENCY_SET, ButtonPayload(choice="yes"))
        return [section(texts.say("home-as-usual"), fewer)]
    usual = button(texts.label("home-fewer-usual"), ids.FREQUENCY_SET, ButtonPayload(choice="no"))
    return [section(texts.say("home-fewer"), usual)]


def _quiet_until_blocks(model: HomeModel, texts: Texts) -> list[Block]:
    """Quiet until a date, and the end of it."""
    if model.has_opted_out:
        return []
    if model.quiet_until is None:
        return [section(texts.say("home-quiet-offer"), quiet_until_picker(texts))]
    said = texts.say("home-quiet", date=format_date(model.quiet_until, texts))
    end = button(texts.label("quiet-end"), ids.QUIET_END, ButtonPayload())
    return [section(said), *actions([end, quiet_until_picker(texts, model.quiet_until)])]


def _opt_out_section(model: HomeModel, texts: Texts) -> Block:
    if not model.has_opted_out:
        stop = button(texts.label("home-first-stop"), ids.PROACTIVE_SET, ButtonPayload(choice="no"))
        return section(texts.say("home-first-may"), stop)
    allow = button(texts.label("home-first-allow"), ids.PROACTIVE_SET, ButtonPayload(choice="yes"))
    stopped_at = model.person.stopped_at
    if stopped_at is None:
        return section(texts.say("home-first-silent"), allow)
    return section(
        texts.say("home-first-stopped", date=format_local_date(stopped_at, texts, model.tz)), allow
    )
