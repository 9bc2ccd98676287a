from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import espeakng_loader
import pytest

from redub.core.errors import EnvironmentFault
from redub.media import espeak


def test_engine__words_and_sounds_with_their_times() -> None:
    utterance = espeak.engine().speak("Hello 😀 world", espeak.Manner("en-us"))

    assert utterance.words[0].position == 0
    assert [word.seconds for word in utterance.words] == sorted(word.seconds for word in utterance.words)
    assert "".join(sound.ipa for sound in utterance.phonemes).startswith("həlˈoʊ")
    assert utterance.duration == len(utterance.samples) / utterance.rate


def test_engine__mnemonics_can_be_spoken() -> None:
    engine = espeak.engine()

    sounds = engine.mnemonics("chuan2", "cmn-latn-pinyin")
    utterance = engine.speak(f"[[{sounds}]]", espeak.Manner("cmn"))

    assert "".join(sound.ipa for sound in utterance.phonemes) == "ts.hˈuan"


def test_engine__voice_that_is_not_there() -> None:
    with pytest.raises(EnvironmentFault, match="cannot speak") as fault:
        espeak.engine().speak("Hello", espeak.Manner("klingon-nobody"))

    assert "klingon" in fault.value.detail


_LONG_PATH_PROGRAM = """
import espeakng_loader, pathlib, sys
espeakng_loader.get_data_path = lambda: sys.argv[1]
from redub.media.espeak import LONGEST_DATA_PATH, Manner, engine, short_path
data = pathlib.Path(sys.argv[1])
assert short_path(data) != data
utterance = engine().speak("Hello world", Manner("en-us"))
assert len(utterance.words) == 2 and utterance.duration > 0.5
"""


def test_engine__data_far_down_in_the_file_system(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 8)
    deep.mkdir(parents=True)
    (deep / "espeak-ng-data").symlink_to(espeakng_loader.get_data_path(), target_is_directory=True)
    scratch = tmp_path / "t"
    scratch.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(scratch),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }

    done = subprocess.run(
        [sys.executable, "-c", _LONG_PATH_PROGRAM, str(deep / "espeak-ng-data")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert list(scratch.iterdir()) == []


def test_short_path__copies_where_links_are_not_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path.joinpath(*["x" * 40] * 4)
    data.mkdir(parents=True)
    (data / "phontab").write_bytes(b"1")

    def refuse(*_arguments: object, **_keywords: object) -> None:
        raise OSError("links are not allowed")

    monkeypatch.setattr(Path, "symlink_to", refuse)

    short = espeak.short_path(data)

    assert len(os.fsencode(short)) <= espeak.LONGEST_DATA_PATH
    assert (short / "phontab").read_bytes() == b"1"
    assert not short.is_symlink()
