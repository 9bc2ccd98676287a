"""`test`, `bench` and `soak`: every check of the project, one after the other, with one line for each at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from provision import console, environment, faces, native, places, screen

_CHECKED = ("desktop", "tests", "packaging")
_SECONDS_TO_CLEAN_UP = 30


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check."""

    title: str
    code: int
    seconds: float

    @property
    def line(self) -> str:
        """Return the line of the summary."""
        outcome = "ok" if self.code == 0 else f"FAILED (exit code {self.code})"
        return f"  {self.title:<14} {self.seconds:6.1f} s  {outcome}"


def test(pytest_arguments: list[str]) -> int:
    """Run every check; return 0 when all are good."""
    environ = _prepared()
    results = [_quiet_check(title, argv, environ) for title, argv in _static_checks()]
    results.append(_pytest(pytest_arguments or ["--ignore=tests/bench"], environ))
    console.say("\nChecks:")
    for result in results:
        console.say(result.line)
    return int(any(result.code for result in results))


def bench(pytest_arguments: list[str]) -> int:
    """Run the benchmarks and let them print what they measured."""
    named = ["-o", "python_files=bench_*.py test_*.py", "-o", "timeout=1800"]
    chosen = pytest_arguments or ["tests/bench"]
    return _pytest(["-q", "-s", *named, *chosen], _prepared()).code


def soak(pytest_arguments: list[str]) -> int:
    """Run the tests with full counts where they count: kills, random edits, damaged files."""
    environ = _prepared() | {"REDUB_SOAK": "1"}
    chosen = pytest_arguments or ["--ignore=tests/bench"]
    return _pytest(["-o", "timeout=7200", *chosen], environ).code


def _prepared() -> dict[str, str]:
    environment.ready(dev=True)
    faces.provide()
    native.provide(native.TESTS)
    return dict(os.environ) | {"PYTHONUNBUFFERED": "1"}


def _static_checks() -> list[tuple[str, list[str]]]:
    def tool(name: str, *arguments: str) -> list[str]:
        return [str(places.venv_program(name)), *arguments]

    return [
        ("ruff check", tool("ruff", "check", ".")),
        ("ruff format", tool("ruff", "format", "--check", ".")),
        ("mypy", tool("mypy", *_CHECKED)),
        ("import rules", tool("lint-imports")),
    ]


def _quiet_check(title: str, argv: list[str], environ: Mapping[str, str]) -> Result:
    """Run a check whose output matters only when it fails."""
    start = time.monotonic()
    done = subprocess.run(
        argv,
        cwd=places.CHECKOUT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    result = Result(title, done.returncode, time.monotonic() - start)
    console.say(result.line)
    if done.returncode:
        print(done.stdout, flush=True)
    return result


def _pytest(arguments: list[str], environ: Mapping[str, str]) -> Result:
    start = time.monotonic()
    with screen.virtual_display() as display:
        code = _call([str(places.venv_program("python")), "-m", "pytest", *arguments], _on(display, environ))
    return Result("pytest", code, time.monotonic() - start)


def _on(display: str | None, environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` with the tests' display, and never the person's own: no window jumps into their work."""
    kept = {name: value for name, value in environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    if display:
        return kept | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    return kept | {"QT_QPA_PLATFORM": "offscreen"}


class _Terminated(KeyboardInterrupt):
    """SIGTERM, which reaches this process alone; Ctrl+C reaches pytest as well."""


def _call(argv: list[str], environ: Mapping[str, str]) -> int:
    """Run pytest in the foreground; whatever interrupts us waits until it has cleaned up."""
    with _termination_raised():
        child = subprocess.Popen(argv, cwd=places.CHECKOUT, env=environ, preexec_fn=screen.DIE_WITH_PARENT)
        try:
            return child.wait()
        except KeyboardInterrupt as interruption:
            if isinstance(interruption, _Terminated):
                child.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                child.wait(_SECONDS_TO_CLEAN_UP)
            raise
        finally:
            child.kill()
            child.wait()


@contextmanager
def _termination_raised() -> Iterator[None]:
    def terminate(number: int, frame: object) -> None:
        raise _Terminated

    # A shell starts what runs in the background with Ctrl+C ignored; a child would inherit that and could not be ended.
    interrupts = signal.signal(signal.SIGINT, signal.default_int_handler)
    terminations = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, terminations)
        signal.signal(signal.SIGINT, interrupts)
