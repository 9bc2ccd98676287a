"""Arguments: one clear sentence for what is wrong with them, and the options that several commands share."""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from redub.core import times
from redub.core.shot import StillInterval
from redub.terminal.commands import COMMANDS, Entry

KNOWN_SITES = ("international", "china", "rehearsal")

_EPILOGUE = """\
Exit codes: 0 done, 1 refused by the check, 2 wrong use, 3 failed (at the service, or on this machine),
4 the service cannot be reached, 130 interrupted. With --json, stdout carries JSON and nothing else; messages
go to stderr.
Environment: REDUB_HOME keeps settings, history, cache and results in one folder; REDUB_APPKEY and
REDUB_ACCESSTOKEN are the account (the accesstoken is never an argument).
"""


class WrongUse(Exception):
    """The arguments make no sense; the message is the one sentence that says why."""


class Parser(argparse.ArgumentParser):
    """A parser that raises `WrongUse` instead of printing its usage and ending the program."""

    def error(self, message: str) -> NoReturn:
        """Raise the sentence."""
        raise WrongUse(f"{_sentence(message)} Try: {self.prog} --help")


def command_parser(name: str, entry: Entry) -> Parser:
    """Return the parser of one command, with its arguments."""
    command = entry.load()
    parser = Parser(
        prog=f"redub {name}",
        description=f"{entry.summary[0].upper()}{entry.summary[1:]}.",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.add_arguments(parser)
    return parser


class _Versions(argparse.Action):
    """Print the version of the program and of what it stands on, and end."""

    def __init__(self, *, lines: Callable[[], Sequence[str]], **names: Any) -> None:
        super().__init__(nargs=0, **names)
        self._lines = lines

    def __call__(self, parser: argparse.ArgumentParser, *_arguments: object, **_more: object) -> None:
        """Ask every part only now."""
        print("\n".join(self._lines()))
        parser.exit()


def window_parser(version: str, what_runs: Callable[[], Sequence[str]] = tuple) -> Parser:
    """Return the parser for everything that is no command: the window, --help and --version.

    :param what_runs: returns the further lines of --version
    """
    lines = "\n".join(f"  {name:<14} {entry.summary}" for name, entry in COMMANDS.items())
    parser = Parser(
        prog="redub",
        usage="redub [SHOT|CLIP]\n       redub COMMAND …",
        description="Redub gives the person in a filmed clip new words. Without a command it opens the window.",
        epilog=f"commands (each knows --help):\n{lines}\n\n{_EPILOGUE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("document", nargs="?", metavar="SHOT|CLIP", type=Path, help="what to open")
    parser.add_argument(
        "--new-window",
        action="store_true",
        help="open a second window, also when the program runs already",
    )
    parser.add_argument(
        "--version",
        action=_Versions,
        lines=lambda: [f"redub {version}", *what_runs()],
        help="say exactly what runs here, and quit",
    )
    parser.add_argument("--verbose", action="store_true", help="write the log to stderr as well")
    parser.add_argument(
        "--screenshot",
        metavar="PNG",
        type=Path,
        help="write a picture of the window when it is drawn, and quit",
    )
    parser.add_argument(
        "--size",
        metavar="WxH",
        type=pixels,
        default=(1440, 900),
        help="pixels of that picture; default: 1440x900",
    )
    add_service(parser)
    return parser


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print JSON on stdout")


def add_service(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which service is spoken to."""
    group = parser.add_argument_group("service")
    where = group.add_mutually_exclusive_group()
    where.add_argument(
        "--site", choices=KNOWN_SITES, default="", help="default: the account set up, else rehearsal"
    )
    where.add_argument("--service", metavar="URL", default="", help="any other address of a service")
    group.add_argument("--appkey", default="", help="the account; or REDUB_APPKEY")
    group.add_argument(
        "--disable-networking",
        action="store_true",
        help="speak to this computer only, whatever the settings say",
    )


def add_take(parser: argparse.ArgumentParser, default: str) -> None:
    """Add --take; `default` says which one is used when it is left out."""
    parser.add_argument(
        "--take", metavar="N", default="", help=f"number, name or id of a take; default: {default}"
    )


def add_urls(parser: argparse.ArgumentParser) -> None:
    """Add the options for media that already lie somewhere."""
    group = parser.add_argument_group("media that already lie somewhere")
    for option, what in URL_OPTIONS.items():
        group.add_argument(option, metavar="URL", type=web_address, help=what)


URL_OPTIONS: Mapping[str, str] = {
    "--ref-video-url": "the reference clip (RefVideoUrl)",
    "--audio-url": "the voice recording (InputAudioUrl)",
    "--ref-photo-url": "the photo of the face (VideoParam.RefPhotoUrl)",
    "--identity-pdf-url": "the letter of authorization (IdentityWrittenUrl)",
    "--identity-video-url": "the video of authorization (IdentityVideoUrl)",
}


def web_address(text: str) -> str:
    """Read an address that a service can fetch from."""
    if text.startswith(("http://", "https://")) and len(text) > len("https://"):
        return text
    raise argparse.ArgumentTypeError(f"“{text}” is no address; it begins with https:// or http://")


def existing_file(text: str) -> Path:
    """Read the path of a file that is there, and make it absolute."""
    path = absolute(text)
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for a name that is too long
        raise argparse.ArgumentTypeError(f"there is no file “{text}”")
    return path


def absolute(text: str) -> Path:
    """Read a path, and make it absolute; what it names need not be there."""
    try:
        return Path(os.path.abspath(Path(text).expanduser()))  # noqa: PTH100 - links stay as they were named
    except RuntimeError as exc:
        raise argparse.ArgumentTypeError(
            f"“{text}” begins with the folder of somebody who is not known here"
        ) from exc


def pixels(text: str) -> tuple[int, int]:
    """Read the size of a picture: "1440x900"."""
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= min(int(width), int(height)) <= 8192):
        raise argparse.ArgumentTypeError(f"“{text}” is no size; write it as 1440x900")
    return int(width), int(height)


def clip(text: str) -> Path | str:
    """Read a clip: a file that is there, or an address."""
    return web_address(text) if "://" in text else existing_file(text)


def seconds(text: str) -> float:
    """Read a moment or a length: "7.24", "1:02.5"."""
    value = times.parse(text)
    if value is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no time; write seconds (7.24) or a clock (1:02.5)")
    return value


def still_interval(text: str) -> StillInterval:
    """Read a still interval: "2.5-3.1"."""
    start, _, end = text.partition("-")
    low, high = times.parse(start), times.parse(end)
    if low is None or high is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no still interval; write START-END, such as 2.5-3.1")
    return StillInterval(low, high)


def number(text: str) -> float:
    """Read a number; its limits are a matter of the check."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no number") from None
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"“{text}” is no number")
    return value


def whole_number(text: str) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number") from None


def positive(text: str) -> float:
    """Read a number of seconds that is more than nothing."""
    value = seconds(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"“{text}” is no length")
    return value


def port(text: str) -> int:
    """Read a port; 0 lets the system choose."""
    value = whole_number(text)
    if not 0 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port; ports are 0 to 65535")
    return value


def _sentence(message: str) -> str:
    """Turn argparse's words into a sentence."""
    text = message.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
