"""One quiet line for each step; what programs say goes to a log file and is shown only when they fail."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from provision import places

_SHOWN_LINES = 25


class Failed(Exception):
    """A step could not be done; the message is a whole sentence, `log` holds what the program said."""

    def __init__(self, message: str, log: Path | None = None) -> None:
        super().__init__(message)
        self.log = log


def say(text: str) -> None:
    """Print one line to stderr: stdout belongs to the program that is started."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step, and say how long it took or that it failed."""
    print(f"{title} ... ", end="", file=sys.stderr, flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"done ({time.monotonic() - start:.0f} s)")


def run_quietly(argv: Sequence[str], *, log: str, environ: Mapping[str, str] | None = None) -> None:
    """Run `argv` with its output in the log file `log`; raise Failed when it does not end well."""
    places.LOGS.mkdir(parents=True, exist_ok=True)
    file = places.LOGS / f"{log}.log"
    with file.open("a", encoding="utf-8") as output:
        output.write(f"$ {' '.join(argv)}\n")
        output.flush()
        code = _call(argv, output.fileno(), environ)
    if code != 0:
        raise Failed(f"{Path(argv[0]).name} ended with code {code}.", file)


def _call(argv: Sequence[str], output: int, environ: Mapping[str, str] | None) -> int:
    try:
        return subprocess.call(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environ,
            cwd=places.CHECKOUT,
        )
    except OSError as fault:
        raise Failed(f"{argv[0]} could not be started: {fault.strerror}.") from fault


def show_log(log: Path) -> None:
    """Print the end of a log, and where the whole of it is."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines[-_SHOWN_LINES:]:
        say(f"    {line}")
    say(f"    (all of it: {log})")
