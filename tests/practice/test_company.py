"""Tests of the invented company, and of its people list for trying out a programme."""

from __future__ import annotations

import csv
from pathlib import Path

import practice
from practice.company import load_company
from practice.people import People


def test_people_list_names_everybody_who_can_be_invited_and_nobody_else() -> None:
    company = load_company()
    colleagues = [
        person
        for person in People(company, "Hakawati")
        if not person.is_bot
        and not person.is_restricted
        and not person.deleted
        and person.team == company.team_id
    ]

    with (Path(practice.__file__).parent / "people.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))

    assert [line["email"] for line in lines] == [person.email for person in colleagues]
    assert {line["segment"] for line in lines} == {"tech", "gtm"}
    assert [line["executive"] == "yes" for line in lines] == [person.executive for person in colleagues]
    placed = [(line["segment"], person.segment) for line, person in zip(lines, colleagues, strict=True)]
    assert all(listed == own for listed, own in placed if own != "none")
