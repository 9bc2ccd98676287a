"""Measures how soon a script is heard: from asking to a file that can be played, beside espeak-ng alone."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from redub.core.shot import Speech
from redub.media.espeak import Manner, engine
from redub.services.choice import Choice
from redub.services.listening import Utterance
from redub.services.workbench import Workbench
from services.stand import at

RUNS = 5
LIMIT = 2.5
SENTENCE = "Here are a few more of the many words that somebody has to say. "
SCRIPT = (SENTENCE * 40)[:1990]


async def test_hear_it__beside_espeak_alone(tmp_path: Path) -> None:
    bench = await Workbench.open(at(tmp_path), Choice(site="rehearsal"))
    speech = Speech(timbre_key="rehearsal_en_f1", language="en-US")
    pairs: list[tuple[float, float]] = []
    try:
        for number in range(RUNS):
            text = f"{number} {SCRIPT}"
            begun = time.process_time()
            heard = await bench.listening.hear(Utterance(ssml=text, speech=speech))
            between = time.process_time()
            engine().speak(text, Manner("en-us+f2"))
            pairs.append((between - begun, time.process_time() - between))
            assert heard.words
    finally:
        await bench.aclose()
    mine, bare = (median(times) for times in zip(*pairs, strict=True))

    print(
        f"hear it: {mine:.3f} s, espeak-ng alone: {bare:.3f} s of CPU time, ratio {mine / bare:.2f} ({RUNS} runs)"
    )
    assert mine / bare <= LIMIT
