"""Socket Mode faults: dead URLs, silent sockets and disconnects, while messages go out and an opt-out comes in."""

from __future__ import annotations

from tests.e2e.bot_process import PROCESS_TIMEOUT
from tests.faults.harness import TWENTY_USERS, FaultHarness, has_posted
from tests.faults.invariants import check_invariants


async def sockets_die(harness: FaultHarness) -> None:
    """Close the sockets, and hand out dead URLs next."""
    await _deliver_despite(harness, {"kind": "disconnect"}, {"kind": "dead_socket_url", "count": 2})


async def sockets_fall_silent(harness: FaultHarness) -> None:
    """Silence the open connections, and one of the new ones as well."""
    await _deliver_despite(harness, {"kind": "silent_socket", "count": 1})


async def sockets_are_cut_ten_times(harness: FaultHarness) -> None:
    """Cut each new connection, ten times."""
    await _deliver_despite(harness, *([{"kind": "disconnect"}],) * 10)


async def _deliver_despite(harness: FaultHarness, *rules: object) -> None:
    harness.transport = "socket"
    slow = {"kind": "slow", "ms": 50, "count": -1}
    await harness.plan_notices(TWENTY_USERS)
    await harness.script_faults(slow)
    maya = harness.app.person("U0MAYA")
    async with harness.run_bots(harness.replicas):
        await harness.wait_until(lambda: has_posted(harness, 1))
        scripts = [rule for rule in rules if isinstance(rule, list)] or [list(rules)]
        for script in scripts:
            await harness.wait_until(lambda: is_connected(harness))
            await harness.script_faults(slow, *script)
        await maya.says("stop")
        await maya.sees("Done.", timeout=PROCESS_TIMEOUT)
        ended = await harness.wait_until_ended()
    await check_invariants(harness)
    assert all(one.state == "sent" for one in ended if one.recipient != "U0MAYA")


async def is_connected(harness: FaultHarness) -> bool:
    """Return whether every replica has a connection."""
    return harness.app.workspace.world.socket.connection_count >= harness.replicas
