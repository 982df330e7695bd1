"""The app manifest in two forms, for Socket Mode and for HTTP."""

from copy import deepcopy
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import yaml

Manifest = dict[str, Any]

EVENTS_PATH = "/slack/events"
"""The path of the endpoint for Slack's requests."""


class InvalidAddressError(Exception):
    """The address isn't an https address, to which alone Slack sends requests."""


def socket_mode_manifest() -> Manifest:
    """Return the manifest for Socket Mode, where Slack needs no address; it's stored in this form."""
    manifest: Manifest = yaml.safe_load(files("bot.slack").joinpath("manifest.yml").read_text("utf-8"))
    return manifest


def http_manifest(url: str) -> Manifest:
    """Return the manifest for a bot that Slack reaches over HTTP at this address."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise InvalidAddressError(
            f"{url} is no address Slack can use: it looks like https://hakawati.example.com."
        )
    target = url.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH
    manifest = deepcopy(socket_mode_manifest())
    for command in manifest["features"]["slash_commands"]:
        command["url"] = target
    settings = manifest["settings"]
    settings["event_subscriptions"]["request_url"] = target
    settings["interactivity"]["request_url"] = target
    settings["socket_mode_enabled"] = False
    return manifest


def required_scopes() -> frozenset[str]:
    """Return the permissions that the manifest asks for."""
    return frozenset(socket_mode_manifest()["oauth_config"]["scopes"]["bot"])


def dump_yaml(manifest: Manifest) -> str:
    """Return a manifest as text to paste."""
    text: str = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=110)
    return text
