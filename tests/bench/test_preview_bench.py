"""Measures preview and timeline on 1080p clips with a keyframe every 250 pictures, beside mpv and PyAV bare.

Every picture that was asked for is asked for its burnt-in number. Figures are printed beside what a release promises;
what is asserted are ratios, because other work on the machine slows both sides of them.
"""

from __future__ import annotations

import random
import subprocess
import threading
import time
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import pytest

from bench.figures import calmest, middle, p95, say, timed
from bench.material import FPS, GOP, LARGE, LONG, Material, number_in
from bench.peers import BOX, Bare, player
from bench.screen import Screen
from redub.core.clip import ClipFacts
from redub.media import ffmpeg, proxymaking
from redub.media.firstpicture import first_picture
from redub.media.peaks import peaks
from redub.media.probe import probe
from redub.media.proxy import worth_it
from redub.media.thumbnails import thumbnails
from redub.services.clipstrips import ClipStrips

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

RHYTHM = threading.Event()
NOISE = 1.25
"""By so much a ratio may exceed what is promised, for what others do on the machine meanwhile."""


@pytest.fixture(scope="module")
def clip() -> Path:
    return LONG.path()


@pytest.fixture(scope="module")
def with_proxy(clip: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Make the proxy of the long clip."""
    folder = tmp_path_factory.mktemp("proxy")
    took = timed(lambda: proxymaking.make(clip, folder, 0, lambda *_said: None))
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    print(f"\nproxy: {LONG.seconds * 1000 / took:.1f} times as fast as it plays, {size:.0f} MB")
    return folder, LONG.frames


def test_first_picture__beside_bare(clip: Path) -> None:
    def ours() -> None:
        with Screen(clip) as shown:
            ours_took.append(timed(lambda: shown.want(0, FPS, exact=False)))

    def bare() -> None:
        opened = Bare(clip)
        opened.want(0)
        opened.close()

    rounds, theirs = [], []
    for _ in range(3):
        ours_took: list[float] = []
        for _ in range(10):
            ours()
            theirs.append(timed(bare))
        rounds.append(ours_took)
    say("first picture, p50", calmest(rounds, median), peer=median(theirs), name="PyAV bare")
    ratio = say("first picture, p95", calmest(rounds, p95), peer=p95(theirs), name="PyAV bare", wanted=150)
    assert ratio < 2


@pytest.mark.parametrize("material", [LONG, LARGE], ids=["1080p", "4K"])
def test_random_seek__beside_a_player(material: Material) -> None:
    clip = material.path()
    places = random.Random(3).sample(range(material.frames), 24)
    peer, pairs, work = player(clip), [], []
    with Screen(clip) as shown:
        shown.want(0, FPS)
        for place in places:
            begun = time.process_time()
            ours = timed(partial(shown.want, place, FPS))
            spent, theirs_begun = (time.process_time() - begun) * 1000, peer.spent()
            pairs.append((ours, timed(partial(peer.want, place))))
            work.append((spent, peer.spent() - theirs_begun))
            assert number_in(shown.want(place, FPS)) == place
    peer.close()
    took, theirs = zip(*pairs, strict=True)
    say(f"random exact seek {material.height}p, p50", median(took), peer=median(theirs), name=peer.name)
    say(f"random exact seek {material.height}p, p95", p95(took), peer=p95(theirs), name=peer.name)
    mine, its = (sum(each) / len(work) for each in zip(*work, strict=True))
    ratio = say("    processor time of one, mean", mine, peer=its, name=peer.name)
    assert ratio <= 1.0 * NOISE


def test_random_seek__with_a_proxy(clip: Path, with_proxy: tuple[Path, int]) -> None:
    assert worth_it(probe(clip))
    rounds, bare, exactly = [], Bare(clip), []
    with Screen(clip, with_proxy) as shown:
        shown.want(0, FPS)
        for number in range(3):
            places = random.Random(number).sample(range(300, LONG.frames), 40)
            rounds.append([timed(partial(shown.want, place, FPS, exact=False)) for place in places])
            for place in places[:5]:
                assert number_in(shown.want(place, FPS, exact=False)) == place
        for place in random.Random(9).sample(range(300, LONG.frames), 5):
            assert number_in(shown.want(place, FPS)) == place
            exactly.append(timed(partial(bare.want, place)))
    bare.close()
    say("random seek with a proxy, p50", calmest(rounds, median), peer=median(exactly), name=Bare.name)
    ratio = say(
        "random seek with a proxy, p95", calmest(rounds, p95), peer=p95(exactly), name=Bare.name, wanted=40
    )
    assert ratio < 0.5


@pytest.mark.parametrize("step", [-1, 1])
def test_one_frame__beside_bare(clip: Path, step: int) -> None:
    opened, rounds = Bare(clip), []
    with Screen(clip) as shown:
        for start in (0.3, 0.5, 0.7):
            place = round(LONG.frames * start)
            shown.want(place, FPS)
            took = []
            for stepped in range(place + step, place + 61 * step, step):
                took.append(timed(partial(shown.want, stepped, FPS)))
                assert number_in(shown.want(stepped, FPS)) == stepped
                RHYTHM.wait(0.03)  # as fast as a held key repeats
            rounds.append(took)
        theirs = [timed(partial(opened.want, LONG.frames // 2)) for _ in range(3)]
    opened.close()
    name = "back" if step < 0 else "forward"
    say(f"one frame {name}, p50", calmest(rounds, median), peer=median(theirs), name=Bare.name)
    ratio = say(
        f"one frame {name}, p95", calmest(rounds, p95), peer=median(theirs), name=Bare.name, wanted=20
    )
    assert ratio < 1


def test_waveform__beside_one_pass_of_ffmpeg(clip: Path) -> None:
    argv = [str(ffmpeg.find()), "-v", "error", "-i", str(clip), "-vn", "-ac", "1", "-ar", "8000"]

    def bare() -> None:
        subprocess.run([*argv, "-f", "s16le", "-"], check=True, stdin=subprocess.DEVNULL, capture_output=True)

    pairs = [(timed(lambda: list(peaks(clip))), timed(bare)) for _ in range(5)]
    ours, theirs = middle(pairs)
    assert say("waveform", ours, peer=theirs, name="ffmpeg to 8 kHz") <= 1.6 * NOISE


def test_sixty_thumbnails__beside_bare(clip: Path) -> None:
    """Until each of the sixty places has a picture; of a short clip with few keyframes nearer ones follow."""
    first = min(timed(lambda: next(thumbnails(clip, 60, 96))) for _ in range(3))
    whole = min(timed(lambda: list(islice(thumbnails(clip, 60, 96), 60))) for _ in range(3))
    opened = Bare(clip)
    every = LONG.frames / 60

    def bare() -> None:
        for place in range(60):
            opened.want(int(place * every) // GOP * GOP)

    keyframes = min(timed(bare) for _ in range(2))
    opened.close()
    say("first thumbnail", first, wanted=300)
    ratio = say("60 thumbnails", whole, peer=keyframes, name="PyAV bare, keyframes", wanted=2000)
    assert ratio < 1


def test_second_opening__everything_is_kept(clip: Path, tmp_path: Path) -> None:
    facts, kept = probe(clip), ClipStrips(tmp_path / "strips")
    cold = timed(lambda: all_of(kept, facts))
    warm = min(timed(lambda: all_of(kept, facts)) for _ in range(5))
    picture = min(timed(lambda: first_picture(clip, *BOX)) for _ in range(5))
    say("first picture, again", picture)
    ratio = say("second opening, all of it", warm + picture, peer=cold, name="the first opening", wanted=100)
    assert ratio < 0.2


def all_of(kept: ClipStrips, facts: ClipFacts) -> None:
    def going_on() -> bool:
        return False

    for row in (
        kept.pictures(facts, 60, 96, going_on),
        kept.sound(facts, 100, going_on),
        kept.cuts(facts, going_on),
    ):
        list(row)
