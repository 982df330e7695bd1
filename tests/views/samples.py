"""Samples for views: somebody's drafts and consents, and helpers to read a view."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.coaching.contexts import CoachingContext
from bot.content import starter_bank
from bot.conversation.turns import Material
from db.models import Consent, LandingStatus, Person, StoredDraft
from db.models.drafts import Draft, DraftStatus, DraftStep, Question

NOW = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
MAYA = Person("T0QAMAR", "U0MAYA", "maya", "Maya Okafor", NOW, "Maya", "en-US", "Europe/Berlin")
MATERIAL = Material(starter_bank(), CoachingContext())


def stored_draft(
    number: int = 1,
    status: DraftStatus = DraftStatus.FINISHED,
    *,
    text: str = "I mend radios.",
    landed: LandingStatus | None = None,
) -> StoredDraft:
    """Return a stored draft, a day younger with each number."""
    draft = Draft(f"d{number}", Question(DraftStep.DONE), status, 3, "en", edited=text or None)
    at = NOW + timedelta(days=number)
    finished = at if status is DraftStatus.FINISHED else None
    return StoredDraft("T0QAMAR", "U0MAYA", draft, at, at, finished_at=finished, landed=landed)


def draft_at_step(step: DraftStep, status: DraftStatus = DraftStatus.OPEN) -> StoredDraft:
    """Return a story in progress at this step."""
    one = stored_draft(9, status, text="")
    return replace(one, draft=replace(one.draft, at=Question(step), language=None))


def consent(use: str, given: bool) -> Consent:
    """Return a consent, given or refused."""
    return Consent("T0QAMAR", "U0MAYA", use, given, "…", "en", NOW)


def text_of_view(view: Any) -> str:
    """Return the whole text of a view."""
    words = json.dumps(view, ensure_ascii=False).replace("\\n", "\n")
    return words.translate(dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069)))


def button_values(view: dict[str, Any]) -> list[str]:
    """Return the values of every button."""
    found = []
    for block in view["blocks"]:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button":
                found.append(f"{element['action_id'].partition('|')[0]} {element['value']}")
    return found
