"""A person of the practice workspace, who writes, clicks and sees over the same API as the page."""

import base64
import json
from typing import Any

import aiohttp

from tests.e2e import visible_content

Json = dict[str, Any]
PATIENCE = 10.0


class SlackUser:
    """A person who uses Slack; `sees` waits until the text appears."""

    def __init__(self, session: aiohttp.ClientSession, url: str, user: str) -> None:
        self._session = session
        self._url = url
        self.id = user
        self.channel = f"D{user[1:]}"

    def in_channel(self, channel: str) -> "SlackUser":
        """Return the same person in another channel than the bot's DM."""
        there = SlackUser(self._session, self._url, self.id)
        there.channel = channel
        return there

    # Writing

    async def says(self, text: str, *, thread: Json | str = "", **how: Any) -> str:
        """Send a message and return its ts; `raw` sends the text unchanged, `unfurl` adds a link preview."""
        thread_ts = thread["ts"] if isinstance(thread, dict) else thread
        done = await self.does("say", text=text, thread_ts=thread_ts, **how)
        return str(done["ts"])

    async def edits(self, message: Json | str, text: str) -> None:
        """Edit one of the person's messages, identified by its ts or by words in it."""
        await self.does("edit", ts=await self._ts(message, own=True), text=text)

    async def deletes(self, message: Json | str) -> None:
        """Delete one of the person's messages."""
        await self.does("delete", ts=await self._ts(message, own=True))

    async def reacts(self, name: str, to: Json | str, *, remove: bool = False) -> None:
        """Add a reaction to a message, or remove it."""
        await self.does("react", ts=await self._ts(to), name=name, remove=remove)

    async def shares_file(
        self, name: str, content: bytes = b"...", text: str = "", mimetype: str = ""
    ) -> str:
        """Share a file, with or without text, and return the message's ts."""
        encoded = base64.b64encode(content).decode()
        done = await self.does("file", name=name, content_base64=encoded, text=text, mimetype=mimetype)
        return str(done["ts"])

    # Clicking

    async def clicks(
        self,
        label: str,
        *,
        in_message: Json | None = None,
        where: str = "",
        nth: int = -1,
        value: Any = None,
        must: bool = True,
    ) -> Json:
        """Click an element by its label: in the open modal, else in the newest message that has it, or on Home.

        The label of an option chooses it. `nth` picks among equal labels, in order; `value` forges another
        value; must=False allows the bot to fail.
        """
        found = await self._pressable(label, in_message, where)
        if not found:
            raise AssertionError(
                f"{self.id} finds nothing to press called {label!r}.\n{await self.screen(where)}"
            )
        press = found[nth]
        extra = {} if value is None else {"value": value}
        return await self.does("click", must=must, **{**press, **extra})

    async def submits(self, by_label: Json | None = None, *, must: bool = True, **fields: Any) -> Json:
        """Fill in the open modal (by label, block_id or action_id), submit it, and return the response."""
        view = await self.modal()
        if view is None:
            raise AssertionError(f"{self.id} has no modal open.\n{await self.screen()}")
        values = visible_content.filled_values(view, {**(by_label or {}), **fields})
        return await self.does("submit", must=must, view_id=view["id"], values=values)

    async def closes(self, *, everything: bool = False) -> Json:
        """Close the open modal, or the whole stack if `everything` is set."""
        view = await self.modal()
        if view is None:
            raise AssertionError(f"{self.id} has no modal open.")
        return await self.does("close", view_id=view["id"], all=everything)

    async def types_command(self, line: str, *, must: bool = True) -> Json:
        """Send a slash command with its text."""
        command, _, text = line.partition(" ")
        return await self.does("command", must=must, command=command, text=text)

    async def uses_shortcut(self, callback_id: str, on: Json | None = None) -> Json:
        """Use a global shortcut, or a message shortcut on a message."""
        return await self.does("shortcut", callback_id=callback_id, ts=on["ts"] if on else "")

    async def opens_home(self) -> None:
        """Open the app's Home tab."""
        await self.does("home")

    async def opens_dm(self) -> None:
        """Open the app's Messages tab."""
        await self.does("open_dm")

    # Seeing

    async def sees(
        self,
        fragment: str,
        *,
        where: str = "",
        after: Json | str = "",
        thread: Json | str = "",
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a guard, no pause
    ) -> Json:
        """Wait until the text appears in the DM, in the open modal, or (where="home") on Home.

        Returns the newest message or view with the text. With `after` (a message or its ts) only later
        messages count; with `thread` only messages of that thread.
        """

        async def look() -> Json | None:
            shown = await (self.messages(thread) if thread else self._shown(where))
            return next(
                (
                    item
                    for item in reversed(_messages_after(shown, after))
                    if visible_content.has_text(item, fragment)
                ),
                None,
            )

        found: Json | None = await self._wait(look, timeout)
        if found is None:
            raise AssertionError(f"{self.id} waited for {fragment!r} and saw:\n{await self.screen(where)}")
        return found

    async def no_longer_sees(self, fragment: str, *, where: str = "", timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Wait until the text has disappeared."""

        async def look() -> Json | None:
            shown = await self._shown(where)
            return None if any(visible_content.has_text(item, fragment) for item in shown) else {"gone": True}

        if await self._wait(look, timeout) is None:
            raise AssertionError(f"{self.id} still sees {fragment!r}:\n{await self.screen(where)}")

    async def has_not_seen(self, fragment: str, *, where: str = "") -> None:
        """Check, without waiting, that the text isn't shown now."""
        if any(visible_content.has_text(item, fragment) for item in await self._shown(where)):
            raise AssertionError(f"{self.id} sees {fragment!r}:\n{await self.screen(where)}")

    async def messages(self, thread: Json | str = "") -> list[Json]:
        """Return the messages of the DM (or channel), or of one thread, in order."""
        thread_ts = thread["ts"] if isinstance(thread, dict) else thread
        seen = await self.looks("messages", channel=self.channel, thread_ts=thread_ts)
        return list(seen["messages"])

    async def last_message(self) -> Json:
        """Return the newest message."""
        seen = await self.messages()
        if not seen:
            raise AssertionError(f"{self.id} has no messages yet.")
        return seen[-1]

    async def modal(self) -> Json | None:
        """Return the topmost open modal, if any."""
        stack = (await self.looks("views"))["stack"]
        return stack[-1] if stack else None

    async def home(self) -> Json | None:
        """Return the Home tab, if one was published."""
        view = (await self.looks("home"))["view"]
        return view if isinstance(view, dict) else None

    async def labels(self, where: str = "") -> list[str]:
        """Return the labels of what can be clicked in the newest message (or modal, or Home), in order."""
        shown = await self._shown(where)
        return [label for label, _ in visible_content.clickable_elements(shown[-1])] if shown else []

    async def screen(self, where: str = "") -> str:
        """Return what the person sees, for the report of a failed test: the last five messages, the modal or Home."""
        return (
            "\n".join(visible_content.format_for_report(item) for item in (await self._shown(where))[-5:])
            or "(nothing at all)"
        )

    # The wire

    async def does(self, gesture: str, *, must: bool = True, **body: Any) -> Json:
        """Perform a gesture through the human API; if `must` is set, a failed gesture fails the test."""
        content = {"as": self.id, "channel": self.channel, **body}
        async with self._session.post(f"{self._url}/human/{gesture}", json=content) as response:
            answer: Json = json.loads(await response.text())
        if response.status != 200 or (must and not answer.get("ok", True)):
            raise AssertionError(f"{self.id} could not {gesture}: {answer}\n{await self.screen()}")
        return answer

    async def looks(self, what: str, **query: str) -> Json:
        """Read from the human API."""
        async with self._session.get(
            f"{self._url}/human/{what}", params={"as": self.id, **query}
        ) as response:
            answer: Json = json.loads(await response.text())
        if response.status != 200:
            raise AssertionError(f"{self.id} cannot see {what}: {answer}")
        return answer

    async def _wait(self, look: Any, timeout: float) -> Any:  # noqa: ASYNC109
        return await visible_content.wait_until(
            self._session, f"{self._url}/human/live?as={self.id}", look, timeout
        )

    async def _shown(self, where: str) -> list[Json]:
        if where == "home":
            view = await self.home()
            return [view] if view else []
        shown = await self.messages()
        view = await self.modal() if where in ("", "modal") else None
        if where == "modal":
            return [view] if view else []
        return [*shown, view] if view else shown

    async def _pressable(self, label: str, in_message: Json | None, where: str) -> list[Json]:
        shown = [in_message] if in_message is not None else await self._shown(where)
        for item in reversed(shown):
            found = [
                press
                for name, press in visible_content.clickable_elements(item)
                if visible_content.is_same_label(name, label)
            ]
            if found:
                place = {"view_id": item["id"]} if "root_view_id" in item else {"ts": item["ts"]}
                return [{**place, **press} for press in found]
        return []

    async def _ts(self, message: Json | str, *, own: bool = False) -> str:
        if isinstance(message, dict):
            return str(message["ts"])
        seen = await self.messages()
        if any(item["ts"] == message for item in seen):
            return message
        mine = [item for item in seen if not own or item.get("user") == self.id]
        found = next((item for item in reversed(mine) if visible_content.has_text(item, message)), None)
        return str(found["ts"]) if found else message


def _messages_after(shown: list[Json], after: Json | str) -> list[Json]:
    ts = after["ts"] if isinstance(after, dict) else after
    known = next((item["n"] for item in shown if item.get("ts") == ts), 0) if ts else 0
    return [item for item in shown if item.get("n", known + 1) > known]
