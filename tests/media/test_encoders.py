"""An encoder is offered when it has just encoded a picture here, whatever ffmpeg says that it has."""

from __future__ import annotations

from pathlib import Path

from redub.core.conversion import EncodeSettings
from redub.media import ffmpeg
from redub.media.encoders import HARDWARE, SOFTWARE, quality_options, working_encoders

LISTS_ALL = """#!/bin/sh
case "$*" in
  *-encoders*) echo " V....D libx264 x"; echo " V....D h264_nvenc x"; echo " V....D h264_qsv x";;
  *h264_nvenc*) exit 0;;
  *) exit 1;;
esac
"""


async def test_working_encoders__are_those_that_encode(tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(LISTS_ALL)
    program.chmod(0o755)

    assert await working_encoders(program) == (SOFTWARE, "h264_nvenc")


async def test_working_encoders__of_the_real_ffmpeg__begin_with_x264() -> None:
    assert (await working_encoders(ffmpeg.find()))[0] == SOFTWARE


def test_quality__each_encoder_is_told_it_in_its_own_words() -> None:
    said = [quality_options(EncodeSettings(encoder=name, crf=20)) for name in (SOFTWARE, *HARDWARE)]

    assert said[0] == {"preset": "medium", "crf": 20}
    assert all(20 in options.values() or options == {"q:v": 70} for options in said)
