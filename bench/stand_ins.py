"""Servers without the bot, each in its own process: `python -m bench.stand_ins slack|stock|… <options>`.

They import none of the bot's code: they're started often and must be ready at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import AbstractAsyncContextManager
from typing import Any

from bench import bolt
from bench.child_server import ServerHandle, answer_queries, serve_application
from bench.copy_floor import serve_copy
from bench.fake_slack import slack_stub
from bench.scheduler_floor import serve_scheduler
from bench.socket_mode_floor import serve_stock_socket_mode
from bench.strict_slack import serve_strict_slack


def _server_for(server: str, options: dict[str, Any]) -> AbstractAsyncContextManager[ServerHandle]:
    match server:
        case "slack":
            return serve_application(slack_stub(options.get("link", "")))
        case "strict":
            return serve_strict_slack(options["seconds"])
        case "stock":
            return serve_application(bolt.stock_bolt_app(options["api"]))
        case "linked":
            return serve_stock_socket_mode(options["api"])
        case "copy":
            return serve_copy(options["file"])
        case "scheduler":
            return serve_scheduler(options["count"], options.get("file", ""))
        case _:
            return serve_application(bolt.bare_bolt_app())


if __name__ == "__main__":
    asyncio.run(answer_queries(_server_for(sys.argv[1], json.loads(sys.argv[2]))))
