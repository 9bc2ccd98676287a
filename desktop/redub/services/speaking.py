"""What the settings and the command line say about the network, passed on to everything that speaks to it."""

from __future__ import annotations

import os

from redub.cloud.connections import Network, use_network
from redub.store.settings import Settings

DISABLED = "REDUB_DISABLE_NETWORKING"
"""Set (to anything) by `--disable-networking`, so that every process of this run hears of it."""


def speak_by(settings: Settings) -> None:
    """Use the network as `settings` say, unless this run was told to do without it."""
    allowed = settings.networking and not os.environ.get(DISABLED)
    use_network(Network(allowed=allowed, proxy=settings.proxy, ca_file=settings.ca_file))
