"""From arguments to values: the service, the takes, the addresses that a command is about."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from redub.core.errors import UserError
from redub.core.shot import Shot, Take

if TYPE_CHECKING:
    from redub.cloud.media_urls import MediaUrls
    from redub.services.choice import Choice

ALL = "all"


def service_choice(chosen: argparse.Namespace, environ: Mapping[str, str] = os.environ) -> Choice:
    """Return what arguments and environment say about the service."""
    from redub.services.choice import NO_NETWORK, Choice

    if getattr(chosen, "disable_networking", False):
        os.environ[NO_NETWORK] = "1"  # for this run and its children
    return Choice(
        site=getattr(chosen, "site", ""),
        service_url=getattr(chosen, "service", ""),
        appkey=getattr(chosen, "appkey", "") or environ.get("REDUB_APPKEY", ""),
        accesstoken=environ.get("REDUB_ACCESSTOKEN", ""),
    )


def media_urls(chosen: argparse.Namespace) -> MediaUrls:
    """Return the addresses that were given by hand."""
    from redub.cloud.media_urls import MediaUrls

    return MediaUrls(
        reference=chosen.ref_video_url,
        recording=chosen.audio_url,
        ref_photo=chosen.ref_photo_url,
        letter=chosen.identity_pdf_url,
        letter_video=chosen.identity_video_url,
    )


def chosen_take(shot: Shot, wanted: str) -> Take:
    """Return the take that `wanted` names by number (from 1), name or id; the first one for "".

    :raises UserError: there is none
    """
    takes = shot.takes
    if not takes:
        raise UserError("This shot has no take.", next_step="Add one in the window, or write a new shot.")
    if not wanted:
        return takes[0]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(takes):
        return takes[int(wanted) - 1]
    for take in takes:
        if wanted in {take.id, take.name}:
            return take
    listed = ", ".join(f"{number} {take.name}".strip() for number, take in enumerate(takes, 1))
    raise UserError(f"This shot has no take “{wanted}”.", next_step=f"Choose one of: {listed}.")


def chosen_takes(shot: Shot, wanted: str) -> tuple[Take, ...]:
    """Return the takes that `wanted` names: "all", or one of them."""
    if wanted == ALL and shot.takes:
        return shot.takes
    return (chosen_take(shot, wanted),)
