"""The way in: `redub` or ``python -m redub``; says in plain words what is missing before it imports anything heavy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from redub.paths import Places

OLDEST = (3, 11)


def main() -> int:
    """Run the program and return its exit code."""
    if sys.version_info[:2] < OLDEST:
        wanted, found = (".".join(map(str, version[:2])) for version in (OLDEST, sys.version_info))
        print(f"Redub needs Python {wanted} or newer; this is {found}.", file=sys.stderr)
        return 2
    if sys.argv[1:2] == ["rehearsal-service"]:  # a packaged program has no `python -m` to start it with
        from redub.rehearsal.__main__ import main as rehearse

        return rehearse(sys.argv[2:])
    if sys.argv[1:2] == ["make-proxy"]:  # the same
        from redub.media.proxymaking import main as make_proxy

        return make_proxy(sys.argv[2:])
    if sys.argv[1:2] == ["faces-worker"]:
        from redub.media.faces.__main__ import main as look_for_faces

        return look_for_faces(sys.argv[2:])
    from redub import cli

    return cli.main(sys.argv[1:], _open_window, _what_runs)


def _what_runs() -> list[str]:
    """Return a line for each part that runs here; for `redub --version` alone, because it asks each of them."""
    from redub.services import whatruns
    from redub.ui.qtversion import qt_version

    return whatruns.lines(qt_version())


def _open_window(chosen: argparse.Namespace, places: Places) -> int:
    """Open the window, or say what it lacks."""
    from redub.terminal.choosing import service_choice
    from redub.terminal.display import missing_for_window

    missing = missing_for_window()
    if missing:
        print(f"redub: {missing}", file=sys.stderr)
        return 2
    from redub.ui.instance.claim import Claim

    claim = Claim(places.runtime)
    if chosen.screenshot is None:
        if _wants_its_own(chosen):
            claim.take()
        elif claim.take_or_hand_over(chosen.document):
            return 0
    from redub.app import main as open_window

    return open_window(
        chosen.document,
        places,
        choice=service_choice(chosen),
        screenshot=chosen.screenshot,
        size=chosen.size,
        claim=claim,
    )


def _wants_its_own(chosen: argparse.Namespace) -> bool:
    """Say whether this start cannot be left to the running program: it is told so, or to speak to another service."""
    return bool(
        chosen.new_window or chosen.site or chosen.service or chosen.appkey or chosen.disable_networking
    )


if __name__ == "__main__":
    sys.exit(main())
