"""The settings, declared once: name, type, default, what is allowed, and a sentence for the person.

The dialog, the check of the file and the documentation all come from the class `Settings`.

To add one: 1. give it a line in `Settings` with its sentence; 2. use it (a test looks for unused ones).
To rename or remove one: 1. raise VERSION; 2. write the migration into MIGRATIONS, the old file is kept beside
the new one.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import msgspec

from redub.core.errors import UserError
from redub.store import jsonfiles
from redub.store.files import make_folder, write_atomically

FILE_NAME = "settings.json"
VERSION = 1
MIGRATIONS: dict[int, jsonfiles.Migration] = {}
FORMAT = jsonfiles.Format(
    name="redub-settings", noun="the settings of Redub", version=VERSION, migrations=MIGRATIONS
)

PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow")

Value = str | bool | int | float


def _declared(
    default: Value,
    sentence: str,
    *,
    choices: tuple[str, ...] = (),
    low: float | None = None,
    high: float | None = None,
) -> typing.Any:
    """Declare one setting."""
    return field(
        default=default, metadata={"sentence": sentence, "choices": choices, "low": low, "high": high}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings with their values; each field's sentence says what it is for."""

    site: str = _declared(
        "rehearsal",
        "The service that takes are sent to.",
        choices=("international", "china", "rehearsal", "custom"),
    )
    service_url: str = _declared("", "The address of the service, when it is none of the known ones.")
    appkey: str = _declared("", "The public half of your account's key pair.")
    results_folder: str = _declared("", "The folder for finished videos; empty for Redub's own.")
    result_name: str = _declared(
        "{shot} - {take}",
        "What finished videos are called: {shot}, {take}, {date}, {time}, {service} and {voice} are filled in.",
    )
    ffmpeg_path: str = _declared("", "The ffmpeg program to use; empty to have it found.")
    convert_preset: str = _declared(
        "medium", "How much time an encoder takes for smaller files.", choices=PRESETS
    )
    convert_crf: int = _declared(
        23, "The quality of converted clips; lower is better and larger.", low=0, high=40
    )
    convert_encoder: str = _declared(
        "libx264", "The encoder of H.264 (libx264, or one of the graphics card's)."
    )
    convert_longest: int = _declared(
        0, "Pixels of the longer side of converted clips; 0 keeps the size.", low=0, high=4096
    )
    convert_rate: float = _declared(
        0.0, "Frames a second of converted clips; 0 keeps the clip's own.", low=0, high=60
    )
    convert_folder: str = _declared("", "The folder for converted clips; empty to ask for it.")
    convert_name: str = _declared(
        "{name} (H.264)", "How converted clips are called: {name}, {width}, {height}, {rate}, {kind}."
    )
    rehearsal_mark: bool = _declared(True, "Draw a small mark that says “rehearsal” on rehearsed videos.")
    language: str = _declared("", "The language of the program; empty for the computer's.")
    theme: str = _declared("system", "Light or dark colours.", choices=("system", "light", "dark"))
    script_line_breaks: str = _declared(
        "ask",
        "What line breaks become in a script: a space, a pause of this length, or a question when text is pasted.",
        choices=("ask", "space", "250ms", "500ms", "1s"),
    )
    memory_budget_mib: int = _declared(
        128, "Memory for pictures that are kept ready, in MiB.", low=64, high=65536
    )
    poll_first_seconds: float = _declared(
        8.0, "How long to wait before a task is asked about again.", low=0.1, high=600
    )
    poll_longest_seconds: float = _declared(
        60.0, "The longest wait between two questions about a task in the queue.", low=0.1, high=3600
    )
    polls_per_minute: int = _declared(
        60, "The most questions to the service in a minute, for all tasks together.", low=1, high=6000
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One setting without its value.

    :ivar choices: the values that are allowed, () for any
    :ivar low: the smallest number that is allowed, or None
    """

    name: str
    kind: type[Value]
    default: Value
    sentence: str
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def fault_of(self, value: Value) -> str:
        """Return what is wrong with `value` of the right type, or ""."""
        if self.choices and value not in self.choices:
            return f"it must be one of {', '.join(self.choices)}."
        if isinstance(value, str) or (self.low is None and self.high is None):
            return ""
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            return f"it must lie between {self.low:g} and {self.high:g}."
        return ""


_TYPES = typing.get_type_hints(Settings)
_DEFAULTS = Settings()
DECLARED: Mapping[str, Declaration] = {
    entry.name: Declaration(
        name=entry.name,
        kind=_TYPES[entry.name],
        default=getattr(_DEFAULTS, entry.name),
        **entry.metadata,
    )
    for entry in fields(Settings)
}


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: typing.Literal["redub-settings"]
    version: int
    values: dict[str, object] = {}


def load(path: Path) -> Settings:
    """Return the settings in the file at `path`, the defaults for what it leaves out or when there is none.

    :raises UserError: a setting is unknown or has a wrong value (named), or the file is of a newer version
    """
    if not path.exists():
        return Settings()
    data = jsonfiles.read_bytes(path, FORMAT.noun)
    document = jsonfiles.decode(data, FORMAT, _Document, path.name)
    _keep_older(path, data)
    return Settings(**{name: _checked(name, value) for name, value in document.values.items()})  # type: ignore[arg-type]  # _checked looks at each type


def save(settings: Settings, path: Path) -> None:
    """Write `settings` to `path`, atomically; only what differs from its default."""
    make_folder(path.parent)
    values = {
        name: getattr(settings, name)
        for name, declared in DECLARED.items()
        if getattr(settings, name) != declared.default
    }
    document = _Document(format="redub-settings", version=VERSION, values=values)
    write_atomically(path, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def changed(settings: Settings, name: str, value: Value) -> Settings:
    """Return `settings` with one changed; UserError when there is no such setting or value."""
    return dataclasses.replace(settings, **{name: _checked(name, value)})  # type: ignore[arg-type]  # as above


def _checked(name: str, value: object) -> Value:
    """Return `value` when the setting called `name` may have it."""
    declared = DECLARED.get(name)
    if declared is None:
        guess = difflib.get_close_matches(name, DECLARED, 1)
        raise _fault(name, f"there is no such setting{f' (did you mean “{guess[0]}”?)' if guess else ''}.")
    typed = float(value) if declared.kind is float and type(value) is int else value
    if type(typed) is not declared.kind:
        raise _fault(name, f"it must be {_NOUNS[declared.kind]}.")
    fault = declared.fault_of(typed)
    if fault:
        raise _fault(name, fault)
    return typed


_NOUNS: Mapping[type[Value], str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}


def _fault(name: str, why: str) -> UserError:
    return UserError(
        f"The setting “{name}” cannot be used.",
        why=f"$.values.{name}: {why}",
        next_step="Correct it in the settings, or remove it from the settings file.",
    )


def _keep_older(path: Path, data: bytes) -> None:
    """Keep a copy of a file of an older version before it is replaced by the first save."""
    version = msgspec.json.decode(data)["version"]
    backup = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    if version < VERSION and not backup.exists():
        write_atomically(backup, data)
