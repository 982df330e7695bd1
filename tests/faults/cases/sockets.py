"""Over Socket Mode: dead addresses, silent sockets and many disconnects, while messages go out and a stop comes in."""

from __future__ import annotations

from tests.e2e.processes import GUARD
from tests.faults.checker import check
from tests.faults.harness import TWENTY, Company, has_said


async def sockets_die(company: Company) -> None:
    """Slack hangs up, and the next addresses that it gives lead nowhere."""
    await _goes_wrong(company, {"kind": "disconnect"}, {"kind": "dead_socket_url", "count": 2})


async def sockets_fall_silent(company: Company) -> None:
    """The connections stand and say nothing any more, and one of the new ones says nothing either."""
    await _goes_wrong(company, {"kind": "silent_socket", "count": 1})


async def sockets_are_cut_ten_times(company: Company) -> None:
    """Each new connection is cut again, ten times."""
    await _goes_wrong(company, *([{"kind": "disconnect"}],) * 10)


async def _goes_wrong(company: Company, *rules: object) -> None:
    company.transport = "socket"
    slow = {"kind": "slow", "ms": 50, "count": -1}
    await company.owes(TWENTY)
    await company.misbehaves(slow)
    maya = company.stage.person("U0MAYA")
    async with company.running(company.replicas):
        await company.sees(lambda: has_said(company, 1))
        scripts = [rule for rule in rules if isinstance(rule, list)] or [list(rules)]
        for script in scripts:
            await company.sees(lambda: is_connected(company))
            await company.misbehaves(slow, *script)
        await maya.says("stop")
        await maya.sees("Done.", timeout=GUARD)
        ended = await company.ends()
    await check(company)
    assert all(one.state == "sent" for one in ended if one.recipient != "U0MAYA")


async def is_connected(company: Company) -> bool:
    """Whether every replica holds a connection."""
    return company.stage.workspace.world.socket.connections >= company.replicas
