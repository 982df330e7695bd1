"""Tests that the benchmarks run and print their rows; the figures themselves aren't tested."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import BENCHMARKS
from tests.postgres import PostgresServer

ROOT = Path(__file__).parents[2]
ON_POSTGRES = ("processor for a click on PostgreSQL", "… on PostgreSQL, with its message, too")
ROWS = (
    "ack of a click, one at a time, many people",
    "ack of a click, one at a time, one person",
    "processor for a click with its durable writes",
    "processor for finding the last listener",
    "ack while messages are sent",
    "ack of a click, sixteen at a time",
    "ack of a click, one at a time, over Socket Mode",
    "starting a wave for 100,000 people",
    "longest stall while a wave starts",
    "longest stall, 10,000 notices due at once",
    "idle tick with 1,000,000 notices waiting",
    "memory of the bot with 100,000 notices waiting",
    "notices of 20 workspaces at once",
    "… of which Slack refuses for coming too thick",
    "100,000 people: invited / given a job in memory",
    "… for each of them / for each job in a table",
    "longest stall, 1,000 due at once / jobs in a table",
    "memory with 100,000 people invited",
    "… in the process that invited them",
    "memory with 100,000 jobs added / before",
    "start to the first answered click",
    "second start of the practice workspace",
    "memory with 10,000 open drafts",
)


def dry_run_output(*names: str, **more: str) -> str:
    """Return the table that a quick run of these benchmarks prints."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", *names],
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.partition("Ratios to a floor")[2]


def test_benchmark_prints_its_row_when_it_runs_quickly() -> None:
    assert "processor for finding the last listener" in dry_run_output("dispatch")


@pytest.mark.long
def test_benchmarks_print_a_row_for_each_goal_when_they_run_quickly() -> None:
    table = dry_run_output(*(name for name in BENCHMARKS if name != "postgres"))

    assert [row for row in ROWS if row not in table] == []


@pytest.mark.long
def test_click_is_measured_on_postgresql_when_there_is_a_server(postgres_server: PostgresServer) -> None:
    table = dry_run_output("postgres", TEST_DATABASE_URL=postgres_server.url)

    assert [row for row in ON_POSTGRES if row not in table] == []


def test_unknown_benchmark_is_named_when_it_is_requested() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "speed"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "there is no speed" in done.stderr
