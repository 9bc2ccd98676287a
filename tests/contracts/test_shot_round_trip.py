"""A shot that is saved and opened again is the same shot, wherever its media lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    StillInterval,
    Take,
    VideoLoop,
)
from redub.store import shotfile

FOLDER = Path("/home/creator/Shots & Co/interview")

seconds = st.floats(min_value=0, max_value=1200, allow_nan=False).map(lambda value: round(value, 3))
names = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12).filter(
    lambda name: name not in {".", ".."}
)
paths = st.builds(
    lambda folder, parts: str(Path(folder, *parts)),
    st.sampled_from([str(FOLDER), str(FOLDER.parent), "/", "/media/disk"]),
    st.lists(names, min_size=1, max_size=3),
)
# An empty path or address is none: the document does not tell the two apart.
filled = st.text(min_size=1, max_size=20)
sources = st.none() | st.builds(Source, path=st.none() | paths, url=st.none() | filled)
speeches = st.builds(
    Speech,
    timbre_key=st.text(max_size=8),
    speed=st.floats(0.5, 1.5),
    volume=st.none() | st.integers(0, 10),
    emotion=st.none() | filled,
    emotion_intensity=st.none() | st.integers(50, 200),
    language=st.none() | filled,
)
options = st.builds(
    Options,
    loop=st.sampled_from(VideoLoop),
    match_input=st.booleans(),
    concurrency=st.none() | st.sampled_from(ConcurrencyType),
    callback_url=st.none() | filled,
    ref_photo=sources,
    track_face=st.booleans(),
    detect_occlusion=st.booleans(),
    new_teeth=st.booleans(),
)
takes = st.builds(
    Take,
    id=st.uuids().map(str),
    name=st.text(max_size=10),
    driver=st.sampled_from(DriverType),
    script=st.text(max_size=40),
    recording=sources,
    speech=speeches,
    options=options,
)
shots = st.builds(
    Shot,
    reference=sources,
    selection=st.builds(
        Selection,
        make_type=st.sampled_from(MakeType),
        start=st.none() | seconds,
        end=st.none() | seconds,
        only_part=st.none() | st.booleans(),
    ),
    still_intervals=st.lists(st.builds(StillInterval, seconds, seconds), max_size=5).map(tuple),
    letters=st.builds(Letters, written=sources, video=sources),
    takes=st.lists(takes, max_size=3, unique_by=lambda take: take.id).map(tuple),
)
# Building whole shots is slow on a busy machine.
patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@patient
@given(shots)
def test_shot__is_the_same_after_saving_and_opening(shot: Shot) -> None:
    data = shotfile.encode(shot, FOLDER)

    assert shotfile.decode(data, FOLDER) == shot


@patient
@given(shots)
def test_shot__the_same_shot_gives_the_same_bytes(shot: Shot) -> None:
    data = shotfile.encode(shot, FOLDER)

    assert data.endswith(b"\n")
    assert shotfile.encode(shotfile.decode(data, FOLDER), FOLDER) == data


@pytest.mark.parametrize("path", ["a.mp4", "sub/b c.mp4"])
def test_shot__medium_beneath_it_moves_with_it(path: str) -> None:
    shot = Shot(reference=Source(path=str(FOLDER / path)))

    moved = shotfile.decode(shotfile.encode(shot, FOLDER), Path("/elsewhere"))

    assert moved.reference == Source(path=f"/elsewhere/{path}")
