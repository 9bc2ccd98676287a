"""Test an account, step by step: is the service reached, the clock right, the key good, what may it do, what is left.

Nothing is ordered: it asks for the voices and for what was bought, which costs nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from redub.cloud.client import CloudClient
from redub.cloud.faults import CLOCK_LIMIT_SECONDS, clock_sentence
from redub.cloud.signing import Credentials
from redub.cloud.sites import Site
from redub.core.diagnosis import Step
from redub.core.errors import CloudFault, RedubError
from redub.i18n import _, ngettext

_NOT_LET_IN = frozenset({401, 403})
_NO_RIGHT = frozenset({100005, 100009})
_NOTHING_BOUGHT = frozenset({100008, 100013, 100014})


async def check_account(site: Site, credentials: Credentials) -> AsyncIterator[Step]:
    """Yield each step when it is known; after one that failed only what can still be told."""
    try:
        client = CloudClient(site.base_url, credentials)
    except RedubError as fault:
        yield _failed(_("Connection"), fault)
        return
    async with client:
        steps = _told_by(client, await _asked(client))
        for step in steps:
            yield step
        if steps[-1].ok:
            yield await _left(client)


async def _asked(client: CloudClient) -> CloudFault | None:
    """Ask for the voices, which every account may, and return what came instead."""
    try:
        await client.timbres(page_size=1)
    except CloudFault as fault:
        return fault
    return None


def _told_by(client: CloudClient, fault: CloudFault | None) -> tuple[Step, ...]:
    if fault is not None and fault.status is None:
        return (_failed(_("Connection"), fault),)
    steps = [Step(_("Connection"), True, _("The service answers."))]
    skew = client.clock_skew
    if skew is not None and abs(skew) > CLOCK_LIMIT_SECONDS:
        said, todo = clock_sentence(skew), _("Set this computer's clock, then try again.")
        return (*steps, Step(_("Clock"), False, said, todo))
    good = (
        _("This computer's clock is right.") if skew is not None else _("The service does not say its time.")
    )
    steps.append(Step(_("Clock"), True if skew is not None else None, good))
    if fault is None:
        steps.append(Step(_("Key"), True, _("Appkey and accesstoken belong together.")))
    elif fault.status in _NOT_LET_IN and not fault.code:
        steps.append(_failed(_("Key"), fault))
    elif fault.code in _NO_RIGHT:
        steps.append(_failed(_("Right"), fault))
    elif fault.code in _NOTHING_BOUGHT:
        steps.append(_failed(_("Quota"), fault))
    else:
        steps.append(_failed(_("Answer"), fault))
    return tuple(steps)


async def _left(client: CloudClient) -> Step:
    """Say what the account has left, as far as the service tells."""
    try:
        assets = await client.assets()
    except CloudFault as fault:
        said = _("The service does not say what is left: {why}").format(why=fault.why or fault.what)
        return Step(_("Quota"), None, said, detail=fault.detail)
    parts = []
    if assets.minutes_left is not None:
        parts.append(_("The account has {n:.0f} minutes left.").format(n=assets.minutes_left))
    if assets.places is not None:
        parts.append(
            ngettext("It has {n} place of its own.", "It has {n} places of its own.", assets.places).format(
                n=assets.places
            )
        )
    if assets.expires:
        parts.append(_("The first of it expires on {date}.").format(date=assets.expires))
    if assets.minutes_left == 0 and not assets.places:
        return Step(_("Quota"), False, " ".join(parts), _("Buy minutes or a place at Tencent Cloud."))
    if not parts:
        return Step(_("Quota"), None, _("The service does not say what is left."))
    return Step(_("Quota"), True, " ".join(parts))


def _failed(name: str, fault: RedubError) -> Step:
    said = " ".join(part for part in (fault.what, fault.why) if part)
    return Step(name, False, said, fault.next_step, fault.detail)
