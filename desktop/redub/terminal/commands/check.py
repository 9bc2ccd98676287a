"""``redub check SHOT|CLIP``: say what the service would refuse or ignore; exit 1 when an error stands.

JSON::

    {"ok": bool, "findings": [{"level": "error|warning|info", "code": str, "field": str, "message": str,
                               "fix": str, "take": str}…]}

`take` is the name of the take that a finding is about, "" when it is about the whole shot. With ``--limits`` the
table of all rules is printed, as it stands in the README.
"""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core.errors import RedubError
from redub.core.findings import Finding, acceptable
from redub.core.limittable import limit_table
from redub.core.shot import Shot, Source
from redub.paths import Places
from redub.terminal import arguments, choosing, console, running
from redub.terminal.exits import Exit

if TYPE_CHECKING:
    from redub.services.preflight import Preflight
    from redub.services.wholeness import Wholeness


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", metavar="SHOT|CLIP", type=arguments.existing_file, nargs="?")
    parser.add_argument("--limits", action="store_true", help="print the table of all rules instead")
    arguments.add_take(parser, "all of them")
    arguments.add_json(parser)
    parser.add_argument("--quick", action="store_true", help="do not decode the clip from end to end")
    parser.add_argument(
        "--site", choices=arguments.KNOWN_SITES, default="international", help="whose limits count"
    )


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Check, print what was found, and return 0 or 1."""
    if chosen.limits:
        console.result(limit_table())
        return Exit.DONE
    if chosen.document is None:
        raise arguments.WrongUse("SHOT|CLIP is missing: name what is to be checked.")
    return running.run(_check(chosen, places))


async def _check(chosen: argparse.Namespace, places: Places) -> int:
    findings, names = await _findings(chosen, places)
    ok = acceptable(findings)
    if chosen.json:
        console.result_json({"ok": ok, "findings": [finding_json(one, names) for one in findings]})
    else:
        console.show_findings(findings)
        console.result("Nothing stands against it." if ok else "The service would refuse this.")
    return Exit.DONE if ok else Exit.REFUSED_BY_CHECK


def finding_json(finding: Finding, names: dict[str, str]) -> dict[str, str]:
    """Return one finding; `names` has the names of takes by id."""
    return {
        "level": finding.level.value,
        "code": finding.code,
        "field": finding.field,
        "message": finding.message,
        "fix": finding.fix,
        "take": names.get(finding.take_id, ""),
    }


async def _findings(chosen: argparse.Namespace, places: Places) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Check with everything that the window knows too: converted copies, settings, and whether the clip is whole."""
    from redub.services.conversions import Conversions
    from redub.services.conversionsettings import encode_settings
    from redub.services.preflight import Preflight
    from redub.services.wholeness import Wholeness
    from redub.services.workbench import settings_path
    from redub.store import settingsfile as settings_file

    preflight = Preflight()
    settings = settings_file.load(settings_path(places))
    conversions = Conversions(places.cache, preflight, settings=encode_settings(settings))
    wholeness = Wholeness(places.cache, preflight)
    try:
        if not chosen.quick:
            await _decode(chosen.document, preflight, wholeness)
        return await _found(chosen, preflight)
    finally:
        await wholeness.aclose()
        await conversions.aclose()


async def _decode(path: Path, preflight: Preflight, wholeness: Wholeness) -> None:
    """Decode the clip, or the reference of the shot, from end to end; what cannot be read is a finding later."""
    from redub.services.documents import is_shot, open_document

    source = open_document(path).shot.reference if is_shot(path) else Source(path=str(path))
    if source is None or not source.path:
        return
    with contextlib.suppress(RedubError):
        await wholeness.begin(await preflight.look_at_clip(source.path))


async def _found(
    chosen: argparse.Namespace, preflight: Preflight
) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Check a clip, or every wanted take of a shot; what several takes share is said once."""
    from redub.services.documents import is_shot, open_document

    if not is_shot(chosen.document):
        return await preflight.clip_findings(chosen.document, chosen.site), {}
    shot = open_document(chosen.document).shot
    found: dict[Finding, None] = {}
    for one in choosing.chosen_takes(shot, chosen.take or choosing.ALL):
        found.update(dict.fromkeys(await preflight.findings(shot, one, chosen.site)))
    return tuple(found), _names(shot)


def _names(shot: Shot) -> dict[str, str]:
    return {take.id: take.name for take in shot.takes}
