"""See what happens when something goes wrong: scenarios of the rehearsal service, listed and chosen."""

from __future__ import annotations

import tomllib

from redub.cloud.signing import Credentials
from redub.cloud.simulations import Scenario, Simulations, simulate
from redub.paths import resource
from redub.services.rehearsals import Rehearsal

__all__ = ["Scenario", "Simulating", "Simulations", "carried"]


def carried() -> tuple[Scenario, ...]:
    """Return the scenarios that the program carries, without asking any service; blocks."""
    found = []
    for path in sorted(resource("scenarios").glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(Scenario(path.stem, values["title"], values["sentence"]))
    return tuple(found)


class Simulating:
    """What the rehearsal service of this person simulates."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal

    async def look(self) -> Simulations:
        """Return what it simulates and could simulate; it is started where it does not run.

        :raises EnvironmentFault: it cannot be started
        :raises CloudFault: it does not answer
        """
        return await self._ask(None)

    async def choose(self, name: str) -> Simulations:
        """Have it simulate the scenario `name` from now on, "" for nothing; errors as for `look`."""
        return await self._ask(name)

    async def _ask(self, name: str | None) -> Simulations:
        address = await self._rehearsal.ensure()
        return await simulate(address.base_url, Credentials(address.appkey, address.accesstoken), name)
