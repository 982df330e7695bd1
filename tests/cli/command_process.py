"""Commands run as processes, as people type them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import SETTING_HINTS

ROOT = Path(__file__).parents[2]
TIMEOUT_SECONDS = 60


def process_environment(**settings: str) -> dict[str, str]:
    """The environment of a process: the machine's, without settings but these."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in SETTING_HINTS}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "110", "NO_COLOR": "1"} | settings


def run_command(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=process_environment(**settings),
        timeout=TIMEOUT_SECONDS,
        check=False,
    )


@contextmanager
def background_command(*arguments: str, folder: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is told to stop; it is killed if the test does not tell it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=process_environment(**settings),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for_output(process: subprocess.Popen[str], fragment: str) -> str:
    """The first line with this fragment on the process's output."""
    return _find_line(fragment, process.stdout)


def wait_for_log(process: subprocess.Popen[str], action: str) -> str:
    """The first line of this action in the process's log."""
    return _find_line(action, process.stderr)


def _find_line(fragment: str, lines: Iterable[str] | None) -> str:
    said = []
    for line in lines or ():
        said.append(line)
        if fragment in line:
            return line
    raise AssertionError(f"it ended without saying “{fragment}”: {said}")
