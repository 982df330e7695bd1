"""The manifest: the app as Slack sees it, in the form for Socket Mode and in the form for HTTP."""

from copy import deepcopy
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import yaml

Manifest = dict[str, Any]

PATH = "/slack/events"
"""Where Slack's requests come in."""


class NoAddressError(Exception):
    """Slack only sends requests to an https address."""


def socket_form() -> Manifest:
    """Return the manifest as it is kept: for Socket Mode, where Slack needs no address."""
    read: Manifest = yaml.safe_load(files("bot.slack").joinpath("manifest.yml").read_text("utf-8"))
    return read


def http_form(url: str) -> Manifest:
    """Return the manifest for a bot that Slack reaches over HTTP at this address."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise NoAddressError(
            f"{url} is no address Slack can use: it looks like https://hakawati.example.com."
        )
    target = url.rstrip("/").removesuffix(PATH) + PATH
    manifest = deepcopy(socket_form())
    for command in manifest["features"]["slash_commands"]:
        command["url"] = target
    settings = manifest["settings"]
    settings["event_subscriptions"]["request_url"] = target
    settings["interactivity"]["request_url"] = target
    settings["socket_mode_enabled"] = False
    return manifest


def scopes() -> frozenset[str]:
    """Return the permissions that the manifest asks for."""
    return frozenset(socket_form()["oauth_config"]["scopes"]["bot"])


def as_yaml(manifest: Manifest) -> str:
    """Return a manifest as text to paste."""
    text: str = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=110)
    return text
