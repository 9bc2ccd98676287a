"""The program without a window: finds the command, runs it, and turns what goes wrong into a sentence and a code."""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from redub import __version__, log, paths
from redub.core.errors import Bug, RedubError
from redub.paths import Places
from redub.terminal import console
from redub.terminal.arguments import WrongUse, command_parser, window_parser
from redub.terminal.commands import COMMANDS
from redub.terminal.exits import Exit, exit_for

Window = Callable[[argparse.Namespace, Places], int]
WhatRuns = Callable[[], Sequence[str]]


def main(argv: Sequence[str], window: Window, what_runs: WhatRuns = tuple) -> int:
    """Do what `argv` (without the program's name) says, and return the exit code.

    :param window: opens the window as the arguments of `window_parser` say, for everything that is no command
    :param what_runs: returns a line for each part that the program stands on, for --version
    """
    try:
        return _guarded(argv, window, _places(), what_runs)
    except WrongUse as wrong:
        console.say(f"redub: {wrong}")
        return Exit.WRONG_USE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return Exit.FAILED  # whoever read our stdout has left


def _places() -> Places:
    try:
        return paths.places()
    except RuntimeError as exc:  # "~name" of nobody, or no home folder at all
        raise WrongUse("Your folders cannot be found. Put the full path of one into REDUB_HOME.") from exc


def _guarded(argv: Sequence[str], window: Window, places: Places, what_runs: WhatRuns) -> int:
    log_file = str(places.logs / log.FILE_NAME)
    try:
        return _run(argv, window, places, what_runs)
    except RedubError as error:
        if isinstance(error, Bug):
            _begin_log(places)
            logging.getLogger(__name__).exception("A mistake of our own")
        console.complain(error, log_file)
        return exit_for(error)
    except (WrongUse, KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as exc:
        _begin_log(places)
        logging.getLogger(__name__).exception("A mistake of our own")
        console.complain(Bug("Something went wrong that should not.", detail=repr(exc)), log_file)
        return Exit.FAILED


def _begin_log(places: Places) -> None:
    """Set up the log where it is not yet: the arguments alone can lead to a mistake of our own."""
    if not logging.getLogger().handlers:
        log.setup_logging(places)


def _run(argv: Sequence[str], window: Window, places: Places, what_runs: WhatRuns) -> int:
    name = argv[0] if argv else ""
    entry = COMMANDS.get(name)
    if entry is None:
        chosen = window_parser(__version__, what_runs).parse_args(argv)
        _refuse_typing_errors(chosen.document)
        log.setup_logging(places, chosen.verbose)
        return window(chosen, places)
    chosen = command_parser(name, entry).parse_args(argv[1:])
    log.setup_logging(places)
    return entry.load().run(chosen, places)


def _refuse_typing_errors(document: Path | None) -> None:
    """Take a word that is neither a file nor a command for what it is."""
    if document is not None and not os.path.exists(document):  # noqa: PTH110 - a name too long for a file is none
        commands = ", ".join(COMMANDS)
        raise WrongUse(f"“{document}” is neither a file nor a command. The commands are: {commands}.")
