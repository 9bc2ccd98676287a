"""What the settings and the command line say about the network, passed on to everything that speaks to it."""

from __future__ import annotations

import os

from redub.cloud.connections import Network, use_network
from redub.services.choice import NO_NETWORK
from redub.store.settings import Settings


def speak_by(settings: Settings) -> None:
    """Use the network as `settings` say, unless this run was told to do without it."""
    allowed = settings.networking and not os.environ.get(NO_NETWORK)
    use_network(Network(allowed=allowed, proxy=settings.proxy, ca_file=settings.ca_file))
