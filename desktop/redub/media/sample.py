"""Make the sample reference clip: a drawn presenter who moves, blinks and speaks, in a codec that needs converting."""

from __future__ import annotations

import contextlib
import math
import os
import random
import secrets
import tempfile
import wave
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from numpy.typing import NDArray

from redub.core.errors import EnvironmentFault, RedubError, UserError
from redub.core.progress import Progress, Report, Stage
from redub.media.pen import HEIGHT, WIDTH
from redub.media.presenter import Pose, draw_presenter
from redub.media.speech import Speaker
from redub.media.studio import backdrop

NAME = "presenter-1.mp4"
"""The number goes up with every change of the picture, so that an old copy is not taken for it."""
SECONDS, FPS = 15, 25
SCRIPT = (
    "Hello, and welcome to the studio. I was drawn by this program, so that you have somebody to try things on. "
    "Pick the part of this clip that you like, write what I should say, and let me rehearse it."
)
_RATE = 44_100
_SPEECH_BEGINS = 0.7
_GESTURES = ((2.6, 5.2), (8.4, 11.4))
_RISE = 0.7
_BLINK = 0.22
_SEED = 20

Sound = NDArray[np.float32]
SpeakWav = Callable[[Path], object]


def sample_clip(
    folder: Path,
    report: Report | None = None,
    *,
    speak_wav: SpeakWav | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Return the sample clip in `folder`; it is drawn and encoded when it is not there yet (some 10 s of work).

    15 s, portrait 720x1280, 25 frames a second, HEVC and AAC in mp4; the same every time. Either the whole clip
    is there under its name, or nothing is.

    :param speak_wav: writes what the presenter says as a 16-bit WAV file; the voice of this machine when left out
    :raises UserError: `cancelled` said so
    :raises EnvironmentFault: it cannot be written
    """
    target = folder / NAME
    if target.is_file():
        return target
    partial = folder / f".{target.stem}.{secrets.token_hex(4)}.part.mp4"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sound = _speech(speak_wav or _say)
        _encode(partial, sound, report or _forget, cancelled or _never)
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(target)
    except (OSError, av.FFmpegError) as exc:
        raise _cannot_make(target, exc) from exc
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return target


def poses(loudness: Sequence[float]) -> Iterator[Pose]:
    """Yield how the presenter holds herself in each frame; `loudness` from 0 to 1 opens the mouth."""
    chance = random.Random(_SEED)
    blinks = list(_blinks(chance))
    calm = 0.0
    for frame, loud in enumerate(loudness):
        time = frame / FPS
        calm += (loud - calm) * 0.12
        hand = max(_raised(time, *gesture) for gesture in _GESTURES)
        yield Pose(
            sway=_wave(time, 7.5, 0.0, 12) + _wave(time, 3.1, 1.0, 3),
            breath=2.5 + _wave(time, 3.75, 0.5, 2.5),
            tilt=_wave(time, 5.0, 0.3, 1.8) + _wave(time, 2.1, 2.0, 0.7),
            nod=5 * calm + _wave(time, 2.5, 1.2, 1.2),
            turn=_wave(time, 6.0, 0.8, 8) + _wave(time, 2.7, 0.0, 1.5),
            lids=min((_lid(time - blink) for blink in blinks), default=1.0),
            brows=min(1.0, 1.4 * calm + 0.2 * hand),
            mouth=loud,
            round=max(0.0, 0.45 + _wave(time, 0.61, 0.0, 0.5)) * min(1.0, 2 * loud),
            hand=hand,
            wave=_wave(time, 0.9, 0.0, 7) * hand,
        )


def _wave(time: float, period: float, phase: float, size: float) -> float:
    return size * math.sin(math.tau * time / period + phase)


def _raised(time: float, begin: float, end: float) -> float:
    """Return how far the hand is up in a gesture from `begin` to `end`."""
    along = min((time - begin) / _RISE, (end - time) / _RISE, 1.0)
    return 0.5 - 0.5 * math.cos(math.pi * along) if along > 0 else 0.0


def _blinks(chance: random.Random) -> Iterator[float]:
    time = 1.6
    while time < SECONDS - _BLINK:
        yield time
        time += chance.uniform(1.9, 4.2)


def _lid(since: float) -> float:
    """Return how far the eyes are open `since` seconds after a blink began: they close faster than they open."""
    if not 0 <= since <= _BLINK:
        return 1.0
    closing = 0.35 * _BLINK
    return 1 - since / closing if since < closing else (since - closing) / (_BLINK - closing)


def _speech(speak_wav: SpeakWav) -> Sound:
    """Return the whole sound track, one channel at 44.1 kHz, from -1 to 1."""
    with tempfile.TemporaryDirectory(prefix="redub-") as folder:
        spoken = Path(folder) / "speech.wav"
        speak_wav(spoken)
        voice = _read_wav(spoken)
    track = np.zeros(SECONDS * _RATE, np.float32)
    begin = round(_SPEECH_BEGINS * _RATE)
    part = voice[: len(track) - begin]
    track[begin : begin + len(part)] = part
    return track


def _say(target: Path) -> None:
    speaker = Speaker()
    voice = next(voice for voice in speaker.voices() if voice.language.lower().startswith("en"))
    speaker.speak(SCRIPT, voice, 1.0, 0, target)


def _read_wav(path: Path) -> Sound:
    with wave.open(str(path), "rb") as spoken:
        rate, channels = spoken.getframerate(), spoken.getnchannels()
        samples = np.frombuffer(spoken.readframes(spoken.getnframes()), np.int16)
    one = samples.reshape(-1, channels).mean(axis=1) / 32768
    places = np.arange(round(len(one) * _RATE / rate)) * rate / _RATE
    heard: Sound = np.interp(places, np.arange(len(one)), one).astype(np.float32)
    return heard


def loudness(sound: Sound) -> list[float]:
    """Return for each frame how loud the sound is, 0 to 1: it rises at once and falls more slowly."""
    frames = sound[: SECONDS * _RATE].reshape(SECONDS * FPS, -1)
    power = np.sqrt(np.mean(frames**2, axis=1))
    full = float(np.quantile(power, 0.95)) or 1.0
    heard, before = [], 0.0
    for level in np.clip(power / full, 0, 1) ** 0.7:
        before = max(float(level) if level > 0.06 else 0.0, before * 0.45)
        heard.append(before if before > 0.04 else 0.0)
    return heard


def _encode(target: Path, sound: Sound, report: Report, cancelled: Callable[[], bool]) -> None:
    with av.open(str(target), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx265", rate=FPS)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        context = video.codec_context
        context.colorspace, context.color_range, context.color_trc, context.color_primaries = (
            1,
            1,
            1,
            1,
        )  # BT.709
        context.codec_tag = "hvc1"  # the name that players on every system know
        video.options = {"preset": "ultrafast", "crf": "25", "x265-params": "log-level=error:keyint=125"}
        audio = container.add_stream("aac", rate=_RATE, layout="mono")
        audio.bit_rate = 128_000
        for number, pose in enumerate(poses(loudness(sound))):
            if cancelled():
                raise UserError("Drawing the sample clip was stopped.")
            container.mux(video.encode(_frame(number, pose)))
            if number % (FPS // 2) == 0:
                report(
                    Progress(stage=Stage.PREPARE, done=number / FPS, total=SECONDS, unit="s", note="drawing")
                )
        container.mux(video.encode(None))
        _encode_sound(container, audio, sound)
    report(Progress(stage=Stage.PREPARE, done=SECONDS, total=SECONDS, unit="s", note="drawing"))


def _frame(number: int, pose: Pose) -> av.VideoFrame:
    image = draw_presenter(backdrop(number / FPS), pose)
    frame = av.VideoFrame.from_ndarray(np.asarray(image), format="rgb24")
    picture = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
    picture.colorspace, picture.color_range, picture.color_trc, picture.color_primaries = 1, 1, 1, 1  # BT.709
    picture.pts, picture.time_base = number, Fraction(1, FPS)
    return picture


def _encode_sound(container: OutputContainer, audio: av.AudioStream, sound: Sound) -> None:
    for start in range(0, len(sound), 1024):
        block = av.AudioFrame.from_ndarray(sound[None, start : start + 1024], format="fltp", layout="mono")
        block.sample_rate, block.pts, block.time_base = _RATE, start, Fraction(1, _RATE)
        container.mux(audio.encode(block))
    container.mux(audio.encode(None))


def _cannot_make(target: Path, exc: Exception) -> RedubError:
    return EnvironmentFault(
        "The sample clip cannot be made.",
        why=f"Writing to {target.parent} failed.",
        next_step="Free some space there, or open a clip of your own.",
        detail=str(exc),
    )


def _forget(_progress: Progress) -> None:
    """Take what nobody asked for."""


def _never() -> bool:
    return False
