"""Tell the address in CallbackUrl, once, how a video task ended (Appendix II)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from redub.rehearsal.fetching import LOOPBACK

logger = logging.getLogger(__name__)

_SECONDS = 5.0


def call_back(url: str, body: Mapping[str, object]) -> None:
    """Send one POST to `url`; whatever becomes of it, it is not sent again."""
    try:
        outside = urlsplit(url).hostname not in LOOPBACK
        with httpx.Client(timeout=_SECONDS, trust_env=outside) as client:
            client.post(url, json=dict(body))
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        logger.info("CallbackUrl was not reached: %s", type(exc).__name__)
