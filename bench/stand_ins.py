"""What stands beside the bot, each in a process of its own: `python -m bench.stand_ins slack|stock|… <options>`.

Nothing of ours is imported for it: these are started often, and have to be there at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import AbstractAsyncContextManager
from typing import Any

from bench import bolt
from bench.answering import Served, answering, listening
from bench.copying import copying
from bench.linked import linked
from bench.rules import ruling
from bench.scheduling import scheduling
from bench.slack import stub


def _serving(what: str, options: dict[str, Any]) -> AbstractAsyncContextManager[Served]:
    match what:
        case "slack":
            return listening(stub(options.get("link", "")))
        case "strict":
            return ruling(options["seconds"])
        case "stock":
            return listening(bolt.stock(options["api"]))
        case "linked":
            return linked(options["api"])
        case "copy":
            return copying(options["file"])
        case "scheduler":
            return scheduling(options["count"], options.get("file", ""))
        case _:
            return listening(bolt.bare())


if __name__ == "__main__":
    asyncio.run(answering(_serving(sys.argv[1], json.loads(sys.argv[2]))))
