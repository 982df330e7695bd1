"""Each person's stack of open modals and their Home tab."""

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from practice.blocks import linkify_blocks
from practice.payloads import Json, SlackError, as_object

STACK_DEPTH = 3
KEPT_VERSIONS = 20
VIEW_FIELDS = ("callback_id", "private_metadata", "external_id")


@dataclass
class View:
    """One modal or Home tab, with its current content and what the person has typed into it."""

    id: str
    user: str
    content: Json
    root: str
    hash: str = ""
    previous: str = ""
    is_open: bool = True
    values: Json = field(default_factory=dict)
    versions: dict[str, Json] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The view's type: modal or home."""
        return str(self.content.get("type", "modal"))

    def replace_content(self, content: Json) -> None:
        """Show new content under a new hash; the old version remains known for late submissions."""
        self.content = content
        self.hash = f"{int(time.time())}.{secrets.token_hex(4)}"
        self.versions[self.hash] = content
        while len(self.versions) > KEPT_VERSIONS:
            del self.versions[next(iter(self.versions))]


class Views:
    """Every view by id, the stacks of modals, and the Home tabs."""

    def __init__(self) -> None:
        self._by_id: dict[str, View] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self.linkify: Callable[[str], str] = str

    def stack(self, user: str) -> list[View]:
        """Return a person's open modals, the top one last."""
        return list(self._stacks.get(user, []))

    def find_home(self, user: str) -> View | None:
        """Return the Home tab published for a person, or None."""
        return self._homes.get(user)

    def all_homes(self) -> Iterator[View]:
        """Return all published Home tabs."""
        return iter(self._homes.values())

    def find(self, view_id: str) -> View | None:
        """Return the view with this id, open or closed, or None."""
        return self._by_id.get(view_id)

    def find_by_external_id(self, external_id: str) -> View | None:
        """Return the open view with this external id, or None."""
        open_views = (view for view in self._by_id.values() if view.is_open)
        return next((v for v in open_views if v.content.get("external_id") == external_id), None)

    def open(self, user: str, content: Json) -> View:
        """Open a modal on top of a person's open ones."""
        view = self._create(user, content)
        self._stacks.setdefault(user, []).append(view)
        return view

    def push(self, user: str, content: Json, below: View) -> View:
        """Push a modal onto the stack of another one: three at most."""
        stack = self._stacks.get(user, [])
        if sum(view.root == below.root for view in stack) >= STACK_DEPTH:
            raise SlackError("push_limit_reached")
        view = self._create(user, content)
        view.root, view.previous = below.root, below.id
        self._stacks.setdefault(user, []).append(view)
        return view

    def update(self, view: View, content: Json) -> View:
        """Replace a view's content; typed values stay where block and action keep their ids."""
        self._claim_external_id(content, view)
        kept = {(b, a) for b, a in element_ids(content)}
        view.values = {
            block: {action: value for action, value in as_object(actions).items() if (block, action) in kept}
            for block, actions in view.values.items()
        }
        view.replace_content(self._linkified(content))
        return view

    def publish(self, user: str, content: Json) -> View:
        """Publish content on a person's Home tab."""
        home = self._homes.get(user)
        if home is not None:
            return self.update(home, content)
        self._homes[user] = self._create(user, content)
        return self._homes[user]

    def close(self, view: View) -> list[View]:
        """Close a view and those above it in its stack; return the closed ones."""
        stack = self._stacks.get(view.user, [])
        if view not in stack:
            return []
        place = stack.index(view)
        closed = [v for v in stack[place:] if v.root == view.root]
        self._stacks[view.user] = [v for v in stack if v not in closed]
        for closed_view in closed:
            closed_view.is_open = False
        return closed

    def close_all(self, view: View) -> list[View]:
        """Close the whole stack that a view belongs to."""
        root = self._by_id.get(view.root, view)
        return self.close(root) or self.close(view)

    def _create(self, user: str, content: Json) -> View:
        self._claim_external_id(content, None)
        name = f"V{secrets.token_hex(5).upper()}"
        view = View(id=name, user=user, content={}, root=name)
        view.replace_content(self._linkified(content))
        self._by_id[name] = view
        return view

    def _linkified(self, content: Json) -> Json:
        return {**content, "blocks": linkify_blocks(content.get("blocks", []), self.linkify)}

    def _claim_external_id(self, content: Json, owner: View | None) -> None:
        external = content.get("external_id")
        holder = self.find_by_external_id(external) if external else None
        if holder is not None and holder is not owner:
            raise SlackError("duplicate_external_id")


def element_ids(content: Json) -> Iterator[tuple[str, str]]:
    """Yield block id and action id of every element of a view."""
    for block in content.get("blocks", []):
        elements = [block.get("element"), block.get("accessory"), *block.get("elements", [])]
        for element in elements:
            if isinstance(element, dict) and element.get("action_id"):
                yield block["block_id"], element["action_id"]
