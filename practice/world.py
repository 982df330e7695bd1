"""All state of one practice workspace, put together."""

import time

from practice.channels import Channel, Channels
from practice.clock import Clock
from practice.company import Company
from practice.config import AppConfig, Timings
from practice.delivery import Delivery
from practice.faults import FaultScript
from practice.files import Files
from practice.http_delivery import HttpTransport
from practice.journal import Journal
from practice.messages import Messages
from practice.payloads import Json
from practice.people import People
from practice.push import PushFeed
from practice.rate_limit import RateLimit
from practice.socket_mode import SocketModeTransport
from practice.triggers import ResponseUrls, Triggers
from practice.typed_text import linkify_mrkdwn
from practice.views import View, Views


class World:
    """The workspace's state and its outgoing channels; independent of HTTP handlers."""

    def __init__(self, company: Company, app: AppConfig, timings: Timings) -> None:
        self.company = company
        self.app = app
        self.timings = timings
        self.url = ""
        self.clock = Clock()
        self.people = People(company, app.name)
        self.channels = Channels(company, self.people)
        self.messages = Messages()
        self.files = Files()
        self.views = Views()
        self.triggers = Triggers(timings.trigger)
        self.response_urls = ResponseUrls(timings.response_url, timings.response_url_uses)
        self.rate_limit = RateLimit(timings.messages_per_second, timings.message_burst)
        self.push = PushFeed()
        self.faults = FaultScript()
        self.journal = Journal()
        self.http = HttpTransport(app, timings)
        self.socket = SocketModeTransport(app, company.app_id, timings, self.faults)
        self.delivery = Delivery(app, timings, self.faults, self.journal)
        self.delivery.transports = {"http": self.http, "socket": self.socket}
        self.views.linkify = self.linkify
        self.message_values: dict[tuple[str, str, str], Json] = {}
        self.last_read: dict[tuple[str, str], int] = {}

    @property
    def bot_user_id(self) -> str:
        """The bot's user id."""
        return self.company.bot_user

    def linkify(self, text: str) -> str:
        """Turn the addresses, channels and @here of an app's mrkdwn into links."""

        def channel_id(name: str) -> str | None:
            found = self.channels.find_by_name(name)
            return found.id if found else None

        return linkify_mrkdwn(text, channel_id)

    def push_to_members(self, channel: Channel, **change: object) -> None:
        """Push a change in a channel to its members' pages."""
        self.push.send(channel.members, channel=channel.id, **change)

    def push_view_change(self, view: View) -> None:
        """Push that a person's modals or Home tab have changed."""
        kind = "home" if view.kind == "home" else "view"
        self.push.send([view.user], type=kind, view_id=view.id, hash=view.hash, open=view.is_open)

    def monotonic_seconds(self) -> float:
        """Return machine time, for what the practice clock must not move."""
        return time.monotonic()
