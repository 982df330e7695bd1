"""The settings, read from the environment here only, and the hint for each one that is wrong."""

import ipaddress
import re
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

SETTING_HINTS = {
    "slack_bot_token": "it begins with xoxb- and stands at api.slack.com/apps, your app, "
    "“OAuth & Permissions”",
    "slack_app_token": "it begins with xapp- and is made at api.slack.com/apps, your app, "
    "“Basic Information”, “App-Level Tokens”, with the scope connections:write; only where Slack shall reach "
    "the bot over HTTPS instead, SLACK_SIGNING_SECRET takes its place",
    "slack_signing_secret": "it stands at api.slack.com/apps, your app, “Basic Information”, "
    "“App Credentials”; only with SLACK_APP_TOKEN (Socket Mode) it is not needed",
    "slack_api_url": "leave it out for Slack itself, or give the address of a Slack-compatible server, "
    "such as http://127.0.0.1:8000/api/",
    "database_url": "leave it out for a file beside you, or give sqlite+aiosqlite:///path/to/file.db or "
    "postgresql+asyncpg://user:password@host/name",
    "log_level": "it is one of DEBUG, INFO, WARNING and ERROR",
    "port": "it is the number of the port to listen on, from 0 (any that is free) to 65535",
    "host": "it is the address to listen on, such as 127.0.0.1 or 0.0.0.0",
    "retention_days": "it is the number of days after which what is held of somebody who has left is deleted, "
    "from 1 to 3650, or 0 for never",
    "clock_url": "it is an http address of a practice workspace's clock, and goes only with a "
    "SLACK_API_URL on this machine",
    "crash_at": "it is a moment and a count, such as committed:3, and goes only with a "
    "SLACK_API_URL on this machine",
}
"""The hint for each setting, as the second half of a sentence: its meaning, and its source."""


class SettingsError(Exception):
    """A setting is missing or malformed; the message is one sentence for the operator."""


class CrashPoint(BaseModel):
    """A crash point at which a test kills the process, and the number of the pass."""

    model_config = ConfigDict(frozen=True)

    moment: str
    count: int


class Settings(BaseModel):
    """Everything an operator may set; a printed instance shows no secrets."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    slack_bot_token: SecretStr
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = Field(default="sqlite+aiosqlite:///hakawati.db", repr=False)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    port: int = Field(default=3000, ge=0, le=65535)
    host: str = "0.0.0.0"
    retention_days: int = Field(default=90, ge=0, le=3650)
    clock_url: str | None = None
    crash_at: CrashPoint | None = None

    @property
    def transport(self) -> Literal["socket", "http"]:
        """The transport of Slack's events; an app-level token selects Socket Mode."""
        return "http" if self.slack_app_token is None else "socket"

    @property
    def is_slack_local(self) -> bool:
        """Whether the Slack API is a practice workspace on this machine."""
        return is_loopback(self.slack_api_url)

    @property
    def retention(self) -> timedelta | None:
        """How long a leaver's data is kept; None keeps it until somebody deletes it."""
        return timedelta(days=self.retention_days) if self.retention_days else None

    @property
    def database_file(self) -> Path | None:
        """The path of the SQLite file; None on PostgreSQL."""
        _, _, path = self.database_url.partition("sqlite+aiosqlite:///")
        return Path(path.partition("?")[0]).absolute() if path else None

    @field_validator("slack_bot_token")
    @classmethod
    def _check_bot_token(cls, token: SecretStr) -> SecretStr:
        return _require_prefix(token, "xoxb-")

    @field_validator("slack_app_token")
    @classmethod
    def _check_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        return None if token is None else _require_prefix(token, "xapp-")

    @field_validator("slack_signing_secret")
    @classmethod
    def _check_signing_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        return None if secret is None else _require_prefix(secret, "")

    @field_validator("slack_api_url")
    @classmethod
    def _normalise_api_url(cls, url: str) -> str:
        return _require_web_url(url).rstrip("/") + "/"

    @field_validator("clock_url")
    @classmethod
    def _check_clock_url(cls, url: str | None) -> str | None:
        return None if url is None else _require_web_url(url)

    @field_validator("log_level", mode="before")
    @classmethod
    def _uppercase_log_level(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("crash_at", mode="before")
    @classmethod
    def _parse_crash_point(cls, point: object) -> object:
        if not isinstance(point, str):
            return point
        found = re.fullmatch(r"([a-z_.]+)(?::([1-9][0-9]*))?", point)
        if found is None:
            raise ValueError("is malformed")
        return CrashPoint(moment=found[1], count=int(found[2] or 1))

    @field_validator("database_url")
    @classmethod
    def _normalise_database_url(cls, url: str) -> str:
        # Hosting providers give postgres://…?sslmode=…: another driver than ours, and an option that ours doesn't know.
        url = re.sub(r"^postgres(ql)?://", "postgresql+asyncpg://", url)
        if url.startswith("postgresql+asyncpg://"):
            return re.sub(r"([?&])sslmode=", r"\1ssl=", url)
        if re.match(r"sqlite\+aiosqlite:///[^?]", url) and ":memory:" not in url:
            return url
        raise ValueError("is malformed")

    @model_validator(mode="after")
    def _check_combination(self) -> "Settings":
        if self.slack_app_token is None and self.slack_signing_secret is None:
            raise ValueError("slack_app_token is missing")
        for name in ("clock_url", "crash_at"):
            if getattr(self, name) is not None and not self.is_slack_local:
                raise ValueError(f"{name} is refused")
        return self


class _EnvironmentSettings(Settings, BaseSettings):
    """The settings as pydantic fills them from the environment."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")


def read_settings() -> Settings:
    """Return the settings from the environment; raise SettingsError if they're wrong."""
    try:
        found = _EnvironmentSettings()  # type: ignore[call-arg]  # the environment fills it
    except ValidationError as error:
        raise SettingsError(_describe_error(error)) from None
    return Settings.model_construct(**{name: getattr(found, name) for name in Settings.model_fields})


def is_loopback(url: str) -> bool:
    """Return whether the address is a loopback address."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _require_prefix(secret: SecretStr, prefix: str) -> SecretStr:
    value = secret.get_secret_value().strip()
    if not value.startswith(prefix) or len(value) == len(prefix) or not re.fullmatch(r"[\x21-\x7e]+", value):
        raise ValueError("is malformed")
    return SecretStr(value)


def _require_web_url(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is malformed")
    return url.strip()


def _describe_error(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name, problem = (str(first["loc"][0]) if first["loc"] else ""), first["msg"].removeprefix("Value error, ")
    if not name:
        name, _, problem = problem.partition(" ")
    elif first["type"] == "missing":
        problem = "is missing"
    else:
        problem = "is malformed"
    return f"{name.upper()} {problem}: {SETTING_HINTS[name]}."
