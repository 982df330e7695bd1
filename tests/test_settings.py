"""The settings: one sentence names a missing or malformed one, and no secret is ever shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from bot.settings import SETTING_HINTS, CrashPoint, Settings, SettingsError, is_loopback, read_settings

BOT_VARIABLES = {"SLACK_BOT_TOKEN": "xoxb-1-secret"}
SOCKET = BOT_VARIABLES | {"SLACK_APP_TOKEN": "xapp-1-secret"}
HTTP_VARIABLES = BOT_VARIABLES | {"SLACK_SIGNING_SECRET": "0123secret"}
HERE = HTTP_VARIABLES | {"SLACK_API_URL": "http://127.0.0.1:8000/api/"}


class FakeEnvironment:
    """The environment of the process, as a test fills it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        for name in SETTING_HINTS:
            monkeypatch.delenv(name.upper(), raising=False)

    def read_settings(self, values: dict[str, str]) -> Settings:
        """Read the settings from an environment with these values."""
        for name, value in values.items():
            self._patch.setenv(name, value)
        return read_settings()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> FakeEnvironment:
    """An environment without settings."""
    return FakeEnvironment(monkeypatch)


def test_socket_mode_is_used_when_an_app_token_is_given(environment: FakeEnvironment) -> None:
    settings = environment.read_settings(SOCKET)

    assert settings.transport == "socket"
    assert settings.database_url == "sqlite+aiosqlite:///hakawati.db"
    assert settings.database_file == Path("hakawati.db").absolute()
    assert settings.slack_api_url == "https://slack.com/api/"


def test_http_is_used_when_no_app_token_is_given(environment: FakeEnvironment) -> None:
    settings = environment.read_settings(HTTP_VARIABLES | {"PORT": "8080", "SLACK_APP_TOKEN": ""})

    assert (settings.transport, settings.port) == ("http", 8080)


@pytest.mark.parametrize(
    ("values", "named", "problem"),
    [
        ({}, "SLACK_BOT_TOKEN", "missing"),
        (HTTP_VARIABLES | {"SLACK_BOT_TOKEN": "xoxp-1-secret"}, "SLACK_BOT_TOKEN", "malformed"),
        (HTTP_VARIABLES | {"SLACK_BOT_TOKEN": "xoxb-"}, "SLACK_BOT_TOKEN", "malformed"),
        (HTTP_VARIABLES | {"SLACK_BOT_TOKEN": "xoxb-1 secret"}, "SLACK_BOT_TOKEN", "malformed"),
        (HTTP_VARIABLES | {"SLACK_BOT_TOKEN": "xoxb-…secret"}, "SLACK_BOT_TOKEN", "malformed"),
        (BOT_VARIABLES | {"SLACK_APP_TOKEN": "xoxb-1-secret"}, "SLACK_APP_TOKEN", "malformed"),
        (BOT_VARIABLES, "SLACK_APP_TOKEN", "missing"),
        (BOT_VARIABLES | {"SLACK_SIGNING_SECRET": " "}, "SLACK_SIGNING_SECRET", "malformed"),
        (HTTP_VARIABLES | {"SLACK_API_URL": "slack.com"}, "SLACK_API_URL", "malformed"),
        (HTTP_VARIABLES | {"DATABASE_URL": "mysql://u:secret@h/d"}, "DATABASE_URL", "malformed"),
        (HTTP_VARIABLES | {"DATABASE_URL": "sqlite+aiosqlite:///:memory:"}, "DATABASE_URL", "malformed"),
        (HTTP_VARIABLES | {"DATABASE_URL": "sqlite+aiosqlite://"}, "DATABASE_URL", "malformed"),
        (HTTP_VARIABLES | {"LOG_LEVEL": "loud"}, "LOG_LEVEL", "malformed"),
        (HTTP_VARIABLES | {"PORT": "http"}, "PORT", "malformed"),
        (HTTP_VARIABLES | {"PORT": "70000"}, "PORT", "malformed"),
        (HTTP_VARIABLES | {"RETENTION_DAYS": "-1"}, "RETENTION_DAYS", "malformed"),
        (HTTP_VARIABLES | {"RETENTION_DAYS": "soon"}, "RETENTION_DAYS", "malformed"),
        (HERE | {"CLOCK_URL": "noon"}, "CLOCK_URL", "malformed"),
        (HERE | {"CRASH_AT": "committed:0"}, "CRASH_AT", "malformed"),
        (HTTP_VARIABLES | {"CLOCK_URL": "http://127.0.0.1:8000/clock"}, "CLOCK_URL", "refused"),
        (HTTP_VARIABLES | {"CRASH_AT": "committed:1"}, "CRASH_AT", "refused"),
    ],
)
def test_one_sentence_names_the_setting_when_it_is_wrong(
    environment: FakeEnvironment, values: dict[str, str], named: str, problem: str
) -> None:
    with pytest.raises(SettingsError) as error:
        environment.read_settings(values)

    sentence = str(error.value)
    assert sentence == f"{named} is {problem}: {SETTING_HINTS[named.lower()]}."
    assert "secret" not in sentence.removeprefix("SLACK_SIGNING_SECRET").replace("signing secret", "")


def test_both_transports_are_named_when_neither_is_set(environment: FakeEnvironment) -> None:
    with pytest.raises(
        SettingsError, match=r"^SLACK_APP_TOKEN is missing: .*over HTTPS.*SLACK_SIGNING_SECRET"
    ):
        environment.read_settings(BOT_VARIABLES)


@pytest.mark.parametrize(
    ("given_days", "kept"), [({}, timedelta(days=90)), ({"RETENTION_DAYS": "7"}, timedelta(days=7))]
)
def test_leavers_data_is_kept_for_the_number_of_days(
    environment: FakeEnvironment, given_days: dict[str, str], kept: timedelta
) -> None:
    assert environment.read_settings(HTTP_VARIABLES | given_days).retention == kept


def test_leavers_data_is_kept_for_ever_when_the_number_is_0(
    environment: FakeEnvironment,
) -> None:
    assert environment.read_settings(HTTP_VARIABLES | {"RETENTION_DAYS": "0"}).retention is None


@pytest.mark.parametrize("port", ["80_80", "٨٠٨٠", "3000.0", "-1", "0x50"])
def test_a_port_is_a_plain_number_or_refused_when_it_is_read(environment: FakeEnvironment, port: str) -> None:
    with suppress(SettingsError):
        assert 0 <= environment.read_settings(HTTP_VARIABLES | {"PORT": port}).port <= 65535


@pytest.mark.parametrize(
    ("given_url", "used"),
    [
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://u:p@h:5432/d?sslmode=require", "postgresql+asyncpg://u:p@h:5432/d?ssl=require"),
        ("postgresql+asyncpg://u:p@h/d?a=1&sslmode=disable", "postgresql+asyncpg://u:p@h/d?a=1&ssl=disable"),
        ("sqlite+aiosqlite:////data/h.db", "sqlite+aiosqlite:////data/h.db"),
    ],
)
def test_our_driver_is_named_when_a_hosting_provider_names_another(
    environment: FakeEnvironment, given_url: str, used: str
) -> None:
    assert environment.read_settings(HTTP_VARIABLES | {"DATABASE_URL": given_url}).database_url == used


def test_a_crash_point_and_a_clock_are_accepted_when_slack_is_on_this_machine(
    environment: FakeEnvironment,
) -> None:
    settings = environment.read_settings(
        HERE | {"CRASH_AT": "committed:3", "CLOCK_URL": "http://127.0.0.1:8000/clock"}
    )

    assert settings.crash_at == CrashPoint(moment="committed", count=3)
    assert settings.clock_url == "http://127.0.0.1:8000/clock"
    assert settings.is_slack_local


def test_no_secret_is_shown_when_settings_are_printed(environment: FakeEnvironment) -> None:
    settings = environment.read_settings(
        SOCKET | HTTP_VARIABLES | {"DATABASE_URL": "postgresql://u:secret@h/d"}
    )

    assert "secret" not in f"{settings!r}{settings}".replace("slack_signing_secret", "").replace("Secret", "")


def test_the_environment_is_not_read_when_settings_are_made_in_the_program(
    environment: FakeEnvironment,
) -> None:
    environment.read_settings(HTTP_VARIABLES | {"DATABASE_URL": "postgresql://u@h/d", "LOG_LEVEL": "debug"})

    made = Settings(slack_bot_token=SecretStr("xoxb-1"), slack_signing_secret=SecretStr("s"))

    assert (made.database_url, made.log_level) == ("sqlite+aiosqlite:///hakawati.db", "INFO")
    with pytest.raises(ValidationError):
        Settings(slack_bot_token=SecretStr("nonsense"))


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:1/", True),
        ("http://localhost/", True),
        ("http://[::1]:3/api", True),
        ("http://127.9.9.9/", True),
        ("https://slack.com/api/", False),
        ("http://127.0.0.1.example.com/", False),
        ("http://localhost@example.com/", False),
        ("http://10.0.0.1/", False),
    ],
)
def test_only_loopback_addresses_are_on_this_machine(url: str, here: bool) -> None:
    assert is_loopback(url) is here


@given(st.dictionaries(st.sampled_from([name.upper() for name in SETTING_HINTS]), st.text()))
def test_any_environment_gives_settings_or_one_sentence(values: dict[str, str]) -> None:
    usable = {name: re.sub(r"[\0\ud800-\udfff]", "?", value) for name, value in values.items()}
    with pytest.MonkeyPatch.context() as patch, suppress(SettingsError):
        assert FakeEnvironment(patch).read_settings(usable).port >= 0


def test_the_program_ends_with_2_and_one_sentence_when_a_token_is_missing(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if name.lower() not in SETTING_HINTS}
    program = [sys.executable, "-m", "bot", "run"]
    root = Path(__file__).parents[1]

    done = subprocess.run(
        program,
        capture_output=True,
        text=True,
        env=clean | {"PYTHONPATH": str(root)},
        cwd=tmp_path,
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [f"SLACK_BOT_TOKEN is missing: {SETTING_HINTS['slack_bot_token']}."]
    assert list(tmp_path.iterdir()) == []
