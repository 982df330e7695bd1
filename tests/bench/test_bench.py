"""The benchmarks run and print their rows; what the figures say is not for a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = (
    "ack of a click, one at a time, many people",
    "ack of a click, one at a time, one person",
    "processor for a click with its durable writes",
    "processor for finding the last listener",
    "ack while messages are sent",
    "start to the first answered click",
    "second start of the practice workspace",
    "memory with 10,000 open drafts",
)


def test_benchmarks_print_a_row_for_each_goal_when_they_are_only_tried() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    table = done.stdout.partition("Ratios to a floor")[2]
    assert [row for row in ROWS if row not in table] == []


def test_a_benchmark_that_does_not_exist_is_named_when_it_is_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "speed"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "there is no speed" in done.stderr
