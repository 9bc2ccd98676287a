"""A caller of the rehearsal service that owes nothing to the client: it signs and speaks by the API notes alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import wave
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import numpy as np

BROADCAST = "/v2/ivh/videomaker/broadcastservice"
ASSETS = "/v2/ivh/crmserver/customerassetservice"
SUBMIT = f"{BROADCAST}/videomakenotrain"
PROGRESS = f"{BROADCAST}/getprogress"
TTS = f"{BROADCAST}/tts"
TIMBRES = f"{ASSETS}/describetimbre"
SERVICE_ASSETS = f"{ASSETS}/getserviceasset"

URL = "http://127.0.0.1:9/clip.mp4"
ENGLISH, CHINESE, MOODY, MULTI = "rehearsal_en_f1", "rehearsal_zh_f1", "rehearsal_en_f2", "rehearsal_multi_m1"


def sign(text: str, accesstoken: str) -> str:
    digest = hmac.new(accesstoken.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def query(appkey: str, accesstoken: str, timestamp: int) -> str:
    signature = quote(sign(f"appkey={appkey}&timestamp={timestamp}", accesstoken), safe="")
    return f"appkey={appkey}&timestamp={timestamp}&signature={signature}"


def text_payload(**changes: Any) -> dict[str, Any]:
    """Return a payload that breaks no rule; a change to None leaves a field out."""
    payload: dict[str, Any] = {
        "RefVideoUrl": URL,
        "DriverType": "Text",
        "InputSsml": "Hello there, this is a test.",
        "SpeechParam": {"TimbreKey": ENGLISH, "Speed": 1.0},
    }
    return _changed(payload, changes)


def voice_payload(**changes: Any) -> dict[str, Any]:
    payload: dict[str, Any] = {"RefVideoUrl": URL, "DriverType": "OriginalVoice", "InputAudioUrl": URL}
    return _changed(payload, changes)


def speech_payload(**changes: Any) -> dict[str, Any]:
    return text_payload(SpeechParam=_changed({"TimbreKey": ENGLISH, "Speed": 1.0}, changes))


def _changed(payload: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**payload, **changes}.items() if value is not None}


def write_tone(path: Path, seconds: float, rate: int = 16_000) -> Path:
    samples = (np.sin(np.arange(round(seconds * rate)) / 12) * 9000).astype("<i2")
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())
    return path


class Caller:
    """Asks one service in the way that the API page describes."""

    def __init__(self, http: httpx.AsyncClient, appkey: str, accesstoken: str, now: int) -> None:
        self.http, self.appkey, self.accesstoken, self.now = http, appkey, accesstoken, now

    @property
    def query(self) -> str:
        return query(self.appkey, self.accesstoken, self.now)

    async def post(self, path: str, body: object, **headers: str) -> httpx.Response:
        return await self.http.post(f"{path}?{self.query}", json=body, headers=headers)

    async def call(self, path: str, payload: object) -> tuple[int, Any]:
        """Return Header.Code and the payload of the answer (its message when it was refused)."""
        answer = (await self.post(path, {"Header": {}, "Payload": payload})).json()
        header = answer["Header"]
        return header["Code"], answer["Payload"] if header["Code"] == 0 else header["Message"]

    async def put(self, name: str, content: bytes) -> httpx.Response:
        return await self.http.put(f"/shelf/{quote(name, safe='')}?{self.query}", content=content)
