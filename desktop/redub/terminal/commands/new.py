"""``redub new CLIP -o SHOT``: write a shot with one take over a clip, and print where it lies.

No JSON: stdout carries the absolute path of the shot.
"""

from __future__ import annotations

import argparse
import uuid
from pathlib import Path

from redub.core import edits
from redub.core.checks import Knowledge
from redub.core.checks.take import check_take
from redub.core.findings import Level
from redub.core.limits import limits_for
from redub.core.shot import (
    ConcurrencyType,
    DriverType,
    Letters,
    MakeType,
    Options,
    Selection,
    Shot,
    Source,
    Speech,
    Take,
    VideoLoop,
)
from redub.paths import Places
from redub.terminal import arguments, console

_LOOPS = {"reverse": VideoLoop.REVERSE, "forward": VideoLoop.FORWARD}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "clip", metavar="CLIP", type=arguments.clip, help="the reference: a file or an address"
    )
    parser.add_argument(
        "-o", "--output", metavar="SHOT", type=_output, required=True, help="the shot to write"
    )
    parser.add_argument("--name", default="Take 1", help="name of the take")
    _add_speech(parser)
    _add_segment(parser)
    _add_options(parser)


def _output(text: str) -> Path:
    path = arguments.absolute(text)
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"“{text}” is a folder; name the shot as well")
    return path


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Write the shot and print its path."""
    from redub.store import shotfile

    shot = _shot(chosen, _default_site(places))
    output: Path = chosen.output
    target = output if output.suffix else output.with_suffix(shotfile.SUFFIX)
    shotfile.save(shot, target)
    _warn(shot)
    console.result(str(target))
    return 0


def _add_speech(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what is said")
    words = group.add_mutually_exclusive_group()
    words.add_argument("--script", metavar="TEXT", help="the script, plain or with marks (SSML)")
    words.add_argument(
        "--script-file",
        metavar="F",
        type=arguments.existing_file,
        help="a file with the script: txt, docx, srt, vtt",
    )
    words.add_argument(
        "--audio", metavar="F", type=arguments.clip, help="a voice recording: a file or an address"
    )
    group.add_argument("--timbre", metavar="K", default="", help="the voice (redub voices lists them)")
    group.add_argument(
        "--speed", metavar="X", default=1.0, type=arguments.number, help="0.5 to 1.5, 1 is normal"
    )
    group.add_argument("--volume", metavar="N", type=arguments.whole_number, help="0 (normal) to 10")
    group.add_argument("--emotion", metavar="E", help="for voices that have emotions")
    group.add_argument("--emotion-intensity", metavar="N", type=arguments.whole_number, help="50 to 200")
    group.add_argument("--language", metavar="L", help="such as en-US or zh-CN")


def _add_segment(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("which part of the clip")
    types = [one.value for one in MakeType]
    group.add_argument("--make-type", metavar="T", choices=types, help=f"one of {', '.join(types)}")
    group.add_argument("--start", metavar="S", type=arguments.seconds, help="seconds, or 1:02.5")
    group.add_argument("--end", metavar="S", type=arguments.seconds)
    still = "leave the lips as filmed from A to B (seconds); up to five"
    group.add_argument(
        "--still",
        metavar="A-B",
        nargs="+",
        action="extend",
        default=[],
        type=arguments.still_interval,
        help=still,
    )


def _add_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("options")
    file = arguments.clip
    group.add_argument(
        "--loop", choices=list(_LOOPS), default="reverse", help="how the clip goes on when it ends"
    )
    group.add_argument("--match-input", action="store_true", help="bitrate and frame rate as in the clip")
    group.add_argument("--concurrency", choices=[one.value for one in ConcurrencyType])
    group.add_argument("--ref-photo", metavar="F", type=file, help="photo of the face to drive")
    group.add_argument("--no-face-tracking", action="store_true", help="drive every face")
    group.add_argument("--ignore-occlusion", action="store_true", help="drive covered mouths too")
    group.add_argument("--new-teeth", action="store_true", help="draw the teeth anew")
    group.add_argument(
        "--callback", metavar="URL", type=arguments.web_address, help="a server that is told once"
    )
    group.add_argument("--identity-pdf", metavar="F", type=file, help="letter of authorization")
    group.add_argument("--identity-video", metavar="F", type=file, help="video of authorization")


def _warn(shot: Shot) -> None:
    """Say what stands against the take itself, so that it is known before anything is looked into."""
    found = check_take(shot.takes[0], shot.selection, Knowledge(), limits_for("international"))
    console.show_findings(tuple(one for one in found if one.level is Level.ERROR))


def _shot(chosen: argparse.Namespace, site: str) -> Shot:
    shot = Shot(
        reference=_source(chosen.clip),
        letters=Letters(written=_source(chosen.identity_pdf), video=_source(chosen.identity_video)),
        takes=(_take(chosen, site),),
    )
    shot = edits.set_selection(shot, _selection(chosen))
    return edits.set_stills(shot, tuple(sorted(chosen.still)))


def _selection(chosen: argparse.Namespace) -> Selection:
    """Return the segment; times without a make type mean Custom."""
    picked = chosen.start is not None or chosen.end is not None
    make_type = chosen.make_type or (MakeType.CUSTOM if picked else MakeType.DEFAULT)
    return Selection(make_type=MakeType(make_type), start=chosen.start, end=chosen.end)


def _take(chosen: argparse.Namespace, site: str) -> Take:
    script = _script(chosen)
    driver = DriverType.ORIGINAL_VOICE if chosen.audio else DriverType.TEXT
    return Take(
        id=uuid.uuid4().hex,
        name=chosen.name,
        driver=driver,
        script=script,
        recording=_source(chosen.audio),
        speech=_speech(chosen, script, site) if driver is DriverType.TEXT else Speech(),
        options=_options(chosen),
    )


def _speech(chosen: argparse.Namespace, script: str, site: str) -> Speech:
    """Return the voice; without --timbre the first one of the site that fits the script."""
    from redub.services.voices import first_speech

    first = first_speech(site, script, chosen.language)
    return Speech(
        timbre_key=chosen.timbre or first.timbre_key,
        speed=chosen.speed,
        volume=chosen.volume,
        emotion=chosen.emotion,
        emotion_intensity=chosen.emotion_intensity,
        language=chosen.language if chosen.timbre else first.language,
    )


def _options(chosen: argparse.Namespace) -> Options:
    return Options(
        loop=_LOOPS[chosen.loop],
        match_input=chosen.match_input,
        concurrency=ConcurrencyType(chosen.concurrency) if chosen.concurrency else None,
        callback_url=chosen.callback,
        ref_photo=_source(chosen.ref_photo),
        track_face=not chosen.no_face_tracking,
        detect_occlusion=not chosen.ignore_occlusion,
        new_teeth=chosen.new_teeth,
    )


def _script(chosen: argparse.Namespace) -> str:
    """Return the script as InputSsml: marks are kept, plain text is escaped and put on one line."""
    if chosen.script_file:
        from redub.services.importing import read_script

        return read_script(chosen.script_file)
    from redub.core.scripttext import as_ssml

    return as_ssml(chosen.script or "")


def _source(place: Path | str | None) -> Source | None:
    if place is None:
        return None
    return Source(path=str(place)) if isinstance(place, Path) else Source(url=place)


def _default_site(places: Places) -> str:
    from redub.services.accounts import chosen_site
    from redub.services.choice import Choice
    from redub.store import settingsfile

    return chosen_site(Choice(), settingsfile.load(places.config / settingsfile.FILE_NAME))
