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
    """Return the machine's environment with these settings and no others."""
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
    """Run a command in the background, and kill it if it's still running after the block."""
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
    """Return the first line of the process's output with this fragment."""
    return _find_line(fragment, process.stdout)


def wait_for_log(process: subprocess.Popen[str], action: str) -> str:
    """Return the first line of the process's log with this action."""
    return _find_line(action, process.stderr)


def _find_line(fragment: str, lines: Iterable[str] | None) -> str:
    seen = []
    for line in lines or ():
        seen.append(line)
        if fragment in line:
            return line
    raise AssertionError(f"it ended without printing “{fragment}”: {seen}")
