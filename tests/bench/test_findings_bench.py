"""Measures how long it takes to decide and to say everything about a shot with five takes, after looking."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from redub.core.checks import check
from redub.core.conversion import decide
from redub.core.shot import MakeType, Selection, Shot, Source, Speech, StillInterval, Take
from redub.media.probe import probe
from redub.services.preflight import Preflight
from support.clips import ClipFactory

RUNS = 50
LIMIT = 0.010
SCRIPT = "These are new words for the clip, and there are a good many of them. " * 25


async def test_findings_of_five_takes__are_there_at_once(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory(codec="hevc", width=360, height=640, seconds=2)
    takes = tuple(
        Take(
            id=str(number), name=f"Take {number}", script=SCRIPT, speech=Speech(timbre_key="male_1", volume=3)
        )
        for number in range(5)
    )
    shot = Shot(
        reference=Source(path=str(clip)),
        selection=Selection(make_type=MakeType.CUSTOM, start=0.5, end=1.9),
        still_intervals=tuple(StillInterval(n / 4, n / 4 + 0.1) for n in range(7)),
        takes=takes,
    )
    preflight = Preflight()
    knowledge = await preflight.look(shot, takes[0])
    facts = probe(clip)

    times, words = [], []
    for _ in range(RUNS):
        before = time.process_time()
        decide(facts)
        found = [check(shot, take, replace(knowledge), "international") for take in shot.takes]
        words = [f"{one.message} {one.fix}" for findings in found for one in findings]
        times.append(time.process_time() - before)
    print(f"{len(words)} findings of 5 takes in {median(times) * 1000:.1f} ms of CPU time ({RUNS} runs)")
    assert len(words) >= 15
    assert median(times) <= LIMIT
