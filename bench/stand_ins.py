"""What stands beside the bot, each in a process of its own: `python -m bench.stand_ins slack|stock|bare <options>`.

Nothing of ours is imported for it: these are started often, and have to be there at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from aiohttp import web

from bench import bolt
from bench.answering import answering, listening
from bench.slack import stub


def _application(what: str, options: dict[str, Any]) -> web.Application:
    match what:
        case "slack":
            return stub()
        case "stock":
            return bolt.stock(options["api"])
        case _:
            return bolt.bare()


if __name__ == "__main__":
    asyncio.run(answering(listening(_application(sys.argv[1], json.loads(sys.argv[2])))))
