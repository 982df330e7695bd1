"""Configuration of the workspace: the installed app and the time limits."""

from dataclasses import dataclass, field
from typing import Any

from practice.payloads import Json, as_list, as_object


@dataclass(frozen=True)
class Timings:
    """Time limits in seconds of machine time; Slack's own by default, shorter in fault runs."""

    ack: float = 3.0
    trigger: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    response_url: float = 1800.0
    response_url_uses: int = 5
    long_poll: float = 25.0
    hang_duration: float = 60.0
    clock_confirmation: float = 30.0
    messages_per_second: float = 1.0
    message_burst: int = 5


@dataclass
class AppConfig:
    """The installed app as its manifest declares it, with the secrets of this installation."""

    name: str = "Hakawati"
    transport: str = "socket"
    request_url: str = ""
    replicas: tuple[str, ...] = ()
    """Behind a load balancer: URLs that get requests in turn, instead of the request URL."""
    bot_token: str = "xoxb-practice-bot"
    app_token: str = "xapp-practice-app"
    signing_secret: str = "practice-signing-secret"
    verification_token: str = "practice-verification-token"
    scopes: frozenset[str] = frozenset()
    bot_events: frozenset[str] = frozenset()
    commands: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
    installed: bool = True
    home_tab: bool = True
    messages_tab: bool = True
    messages_read_only: bool = False

    @classmethod
    def from_manifest(cls, manifest: Json, **installation: Any) -> "AppConfig":
        """Read a parsed app manifest; the keywords are transport, request_url, tokens and secret."""
        features = as_object(manifest.get("features"))
        home = as_object(features.get("app_home"))
        scopes = as_object(as_object(manifest.get("oauth_config")).get("scopes"))
        events = as_object(as_object(manifest.get("settings")).get("event_subscriptions"))
        display = as_object(features.get("bot_user")).get("display_name")
        return cls(
            name=str(display or as_object(manifest.get("display_information")).get("name") or "App"),
            scopes=frozenset([*as_list(scopes.get("bot")), *as_list(scopes.get("bot_optional"))]),
            bot_events=frozenset(as_list(events.get("bot_events"))),
            commands=as_list(features.get("slash_commands")),
            shortcuts=as_list(features.get("shortcuts")),
            home_tab=bool(home.get("home_tab_enabled", False)),
            messages_tab=bool(home.get("messages_tab_enabled", False)),
            messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
            **installation,
        )
