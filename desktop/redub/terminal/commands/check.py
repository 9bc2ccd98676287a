"""``redub check SHOT|CLIP``: say what the service would refuse or ignore; exit 1 when an error stands.

JSON::

    {"ok": bool, "findings": [{"level": "error|warning|info", "code": str, "field": str, "message": str,
                               "fix": str, "take": str}…]}

`take` is the name of the take that a finding is about, "" when it is about the whole shot. With ``--limits`` the
table of all rules is printed, as it stands in the README.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from redub.core.findings import Finding, acceptable
from redub.core.limittable import limit_table
from redub.core.shot import Shot
from redub.paths import Places
from redub.terminal import arguments, choosing, console, running
from redub.terminal.exits import Exit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", metavar="SHOT|CLIP", type=arguments.existing_file, nargs="?")
    parser.add_argument("--limits", action="store_true", help="print the table of all rules instead")
    arguments.add_take(parser, "all of them")
    arguments.add_json(parser)
    parser.add_argument(
        "--site", choices=arguments.KNOWN_SITES, default="international", help="whose limits count"
    )


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Check, print what was found, and return 0 or 1."""
    if chosen.limits:
        console.result(limit_table())
        return Exit.DONE
    if chosen.document is None:
        raise arguments.WrongUse("Name the shot or the clip that is to be checked.")
    return running.run(_check(chosen))


async def _check(chosen: argparse.Namespace) -> int:
    findings, names = await _findings(chosen.document, chosen.take, chosen.site)
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


async def _findings(path: Path, take: str, site: str) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Check a clip, or every wanted take of a shot; what several takes share is said once."""
    from redub.services.documents import is_shot, open_document
    from redub.services.preflight import Preflight

    preflight = Preflight()
    if not is_shot(path):
        return await preflight.clip_findings(path, site), {}
    shot = open_document(path).shot
    found: dict[Finding, None] = {}
    for one in choosing.chosen_takes(shot, take or choosing.ALL):
        found.update(dict.fromkeys(await preflight.findings(shot, one, site)))
    return tuple(found), _names(shot)


def _names(shot: Shot) -> dict[str, str]:
    return {take.id: take.name for take in shot.takes}
