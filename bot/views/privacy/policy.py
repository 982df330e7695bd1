"""The privacy policy in plain lines: "What happens to my words?"."""

from __future__ import annotations

from bot.i18n import Texts
from bot.views.blocks import Block, escape_name, modal, section

POLICY_LINES = ("see", "keep", "count", "never", "glassdoor", "delete")


def privacy_policy_modal(company: str, texts: Texts) -> Block:
    """Return the policy: who could technically read the words, what is stored, what never happens, how to end it."""
    known = escape_name(company)
    lines = [section(texts.say("privacy-short", company=known))]
    lines += [section(texts.say(f"privacy-{line}", **_line_args(line, known))) for line in POLICY_LINES]
    return modal(texts.label("privacy-title"), lines, texts.label("modal-close"))


def _line_args(line: str, company: str) -> dict[str, str]:
    return {"company": company} if line == "see" else {}
