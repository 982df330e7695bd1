"""The forms that set up the programme and change it later: four short ones, each saved separately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from babel import Locale
from babel.dates import get_day_names

from bot import ids
from bot.i18n import LOCALES, Texts
from bot.payloads import SETUP_FORMS, SetupPayload
from bot.views.blocks import (
    Block,
    Element,
    context,
    divider,
    input_block,
    modal,
    plain_text_object,
    section,
    text_input,
)
from db.models.programmes import Programme, Role

CALLBACK_IDS = {
    "company": ids.PROGRAMME_COMPANY,
    "times": ids.PROGRAMME_TIMES,
    "channels": ids.PROGRAMME_CHANNELS,
    "people": ids.PROGRAMME_PEOPLE,
}
SEGMENT_FIELDS = ("tech_en", "gtm_en", "tech_ar", "gtm_ar")
CHANNEL_FIELDS = ("stories_channel", "asks_channel")
MAX_NAME_LENGTH, MAX_ALIASES_LENGTH = 80, 1000
MAX_SEGMENT_NAME_LENGTH = 60
MAX_CHOSEN_PEOPLE = 100
"""The most people that Slack shows as chosen in one field; larger roles are set by the people list alone."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def company_and_segments_form(programme: Programme, texts: Texts, payload: SetupPayload) -> Block:
    """Return the form of the company's name, its other names, and the names of both segments in both languages."""
    blocks = [
        *_setup_progress_blocks(texts, payload),
        text_input(
            "company",
            texts.label("set-company-name"),
            programme.company,
            is_multiline=False,
            max_length=MAX_NAME_LENGTH,
            has_focus=True,
        ),
        text_input(
            "aliases",
            texts.label("set-company-aliases"),
            programme.aliases,
            hint=texts.label("set-company-aliases-hint"),
            is_optional=True,
            max_length=MAX_ALIASES_LENGTH,
        ),
        divider(),
        section(texts.say("set-segments")),
    ]
    for name in SEGMENT_FIELDS:
        segment, _, locale = name.partition("_")
        default = Texts("ar" if locale == "ar" else "en").label(f"choice-{segment}")
        blocks.append(
            text_input(
                name,
                texts.label(f"set-segment-{segment}", language=locale),
                getattr(programme, name) or "",
                is_multiline=False,
                is_optional=True,
                max_length=MAX_SEGMENT_NAME_LENGTH,
                placeholder=default,
            )
        )
    return _form_modal(blocks, texts, payload)


def times_and_language_form(programme: Programme, texts: Texts, payload: SetupPayload) -> Block:
    """Return the form of the working week, hours, holidays, default time zone, and language of posts."""
    blocks = [
        *_setup_progress_blocks(texts, payload),
        input_block(
            "week",
            texts.label("set-week"),
            _week_checkboxes(programme, texts),
            hint=texts.label("set-week-hint"),
        ),
        input_block("opens", texts.label("set-opens"), _time_picker(programme.opens)),
        input_block(
            "closes",
            texts.label("set-closes"),
            _time_picker(programme.closes),
            hint=texts.label("set-hours-hint"),
        ),
        text_input(
            "country",
            texts.label("set-country"),
            country_name(programme.country, texts),
            hint=texts.label("set-country-hint"),
            is_multiline=False,
            is_optional=True,
            max_length=MAX_NAME_LENGTH,
        ),
        text_input(
            "tz",
            texts.label("set-zone"),
            programme.tz,
            hint=texts.label("set-zone-hint"),
            is_multiline=False,
            max_length=MAX_NAME_LENGTH,
        ),
        input_block("language", texts.label("set-language"), _language_radio_buttons(programme, texts)),
    ]
    return _form_modal(blocks, texts, payload)


def channels_form(programme: Programme, texts: Texts, payload: SetupPayload) -> Block:
    """Return the form of the channels for highlights and momentum, and for asks."""
    blocks = _setup_progress_blocks(texts, payload)
    for name in CHANNEL_FIELDS:
        element: Element = {
            "type": "conversations_select",
            "action_id": "channel",
            "filter": {"include": ["public", "private"], "exclude_bot_users": True},
            "placeholder": plain_text_object(texts.label("set-channel-choose"), 150),
        }
        if chosen := getattr(programme, name):
            element["initial_conversation"] = chosen
        hint = texts.label("set-channel-hint", what=name)
        blocks.append(
            input_block(name, texts.label("set-channel", what=name), element, hint=hint, is_optional=True)
        )
    blocks.append(context(texts.say("set-channels-later")))
    return _form_modal(blocks, texts, payload)


def role_holders_form(
    role_holders: Mapping[Role, Iterable[str]], texts: Texts, payload: SetupPayload
) -> Block:
    """Return the form of the roles in the programme."""
    blocks = _setup_progress_blocks(texts, payload)
    for role in Role:
        users = sorted(role_holders.get(role, ()))
        if len(users) > MAX_CHOSEN_PEOPLE:
            blocks.append(context(texts.say("set-role-many", role=str(role), n=len(users))))
            continue
        label = texts.label("set-role", role=str(role))
        placeholder = plain_text_object(texts.label("set-people-choose"), 150)
        if role is Role.SPONSOR:
            element: Element = {"type": "users_select", "action_id": "people", "placeholder": placeholder}
            element |= {"initial_user": users[0]} if users else {}
        else:
            element = {"type": "multi_users_select", "action_id": "people", "placeholder": placeholder}
            element |= {"initial_users": users} if users else {}
        hint = texts.label("set-role-hint", role=str(role))
        blocks.append(input_block(str(role), label, element, hint=hint, is_optional=role is not Role.OWNER))
    return _form_modal(blocks, texts, payload)


def setup_done_modal(texts: Texts) -> Block:
    """Return the end of the set-up: what happens now, and what doesn't."""
    lines = [section(texts.say(f"set-done-{line}")) for line in ("what", "people", "next")]
    return modal(texts.label("set-done-title"), lines, texts.label("modal-close"))


def country_name(code: str | None, texts: Texts) -> str:
    """Return the country's name in the reader's language; empty without a country."""
    return str(Locale(texts.locale).territories.get(code, code)) if code else ""


def weekday_names_by_code(texts: Texts) -> dict[str, str]:
    """Return the weekdays by their stored names, in the reader's language and order."""
    names = get_day_names("wide", "stand-alone", locale=texts.locale)
    order = DAYS if texts.locale == "en" else (*DAYS[-1:], *DAYS[:-1])
    return {day: str(names[DAYS.index(day)]) for day in order}


def _week_checkboxes(programme: Programme, texts: Texts) -> Element:
    days = [_option(day, name) for day, name in weekday_names_by_code(texts).items()]
    worked = programme.week.split()
    ticked = [day for day in days if day["value"] in worked]
    return {"type": "checkboxes", "action_id": "days", "options": days, "initial_options": ticked}


def _language_radio_buttons(programme: Programme, texts: Texts) -> Element:
    languages = {name: _option(name, texts.label(f"choice-{name}")) for name in LOCALES}
    return {
        "type": "radio_buttons",
        "action_id": "language",
        "options": list(languages.values()),
        "initial_option": languages[programme.language],
    }


def _option(value: str, label: str) -> Element:
    return {"text": plain_text_object(label, 75), "value": value}


def _time_picker(at: str) -> Element:
    return {"type": "timepicker", "action_id": "time", "initial_time": at}


def _setup_progress_blocks(texts: Texts, payload: SetupPayload) -> list[Block]:
    """Return the number of the form during the first set-up; nothing later."""
    if not payload.is_first:
        return []
    step = texts.say("set-step", step=str(SETUP_FORMS.index(payload.form) + 1), of=str(len(SETUP_FORMS)))
    return [context(f"{step} {texts.say(f'set-step-{payload.form}')}")]


def _form_modal(blocks: list[Block], texts: Texts, payload: SetupPayload) -> Block:
    going_on = payload.is_first and payload.form != SETUP_FORMS[-1]
    return modal(
        texts.label(f"set-{payload.form}-title"),
        blocks,
        texts.label("modal-cancel"),
        submit=texts.label("set-go-on" if going_on else "modal-save"),
        callback_id=CALLBACK_IDS[payload.form],
        payload=payload,
    )
