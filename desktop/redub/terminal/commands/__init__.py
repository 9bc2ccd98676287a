"""One module for each command; it is imported when its command is called, and not before."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, cast

from redub.paths import Places


class Command(Protocol):
    """What a module of this package offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""
        ...

    def run(self, chosen: argparse.Namespace, places: Places) -> int:
        """Do the work and return the exit code; `redub.core.errors` may be raised."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in the list: its module in this package, and one line on what it does."""

    module: str
    summary: str

    def load(self) -> Command:
        """Import the command."""
        return cast(Command, importlib.import_module(f"{__name__}.{self.module}"))


COMMANDS: Mapping[str, Entry] = MappingProxyType(
    {
        "new": Entry("new", "write a shot over a clip"),
        "import-scripts": Entry("import_scripts", "add takes to a shot from a text, subtitles or a table"),
        "export-script": Entry("export_script", "write a script as SSML, plain text or subtitles"),
        "check": Entry("check", "say what the service would refuse or ignore"),
        "plan": Entry("plan", "say what the result will show, moment by moment"),
        "request": Entry("request", "print the exact request that would be sent"),
        "convert": Entry("convert", "bring a clip into the form that the service takes"),
        "voices": Entry("voices", "list the voices of the service"),
        "make": Entry("make", "do the whole job: convert, upload, submit, follow, download, verify"),
        "follow": Entry("follow", "go on with everything unfinished; never submits"),
        "tasks": Entry("tasks", "list the history of paid jobs"),
        "task": Entry("task", "show everything about one task, settle it, send it again, forget it"),
        "queue": Entry("queue", "show what waits to be sent, arrange it, send it"),
        "quota": Entry("quota", "say what a take will use of what the account has left"),
        "bundle": Entry("bundle", "write a support bundle, which holds no secret"),
        "rehearse": Entry("rehearse", "run the rehearsal service in the foreground"),
        "main-job": Entry("main_job", "do the whole job on the sample, or on a clip, without a window"),
    }
)
