"""The service as a process of its own, for tests that speak with it over a real connection."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import httpx

from rehearsal.caller import query

SOURCES = Path(__file__).resolve().parents[2] / "desktop"


class Process:
    """One service process and a caller of it."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        environment = os.environ | {"PYTHONPATH": str(SOURCES), "PYTHONWARNINGS": "ignore"}
        self.child = subprocess.Popen(
            [sys.executable, "-m", "redub.rehearsal", "--home", str(home), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        self.address: dict[str, Any] = json.loads(self._stdout.readline() or "{}")

    @property
    def _stdout(self) -> Any:
        return self.child.stdout

    @property
    def base_url(self) -> str:
        return cast(str, self.address["base_url"])

    def post(
        self, path: str, payload: object, *, ahead: float = 0.0, scenario: str | None = None
    ) -> httpx.Response:
        """Send one request, signed by a clock that is so many seconds ahead."""
        signed = query(self.address["appkey"], self.address["accesstoken"], round(time.time() + ahead))
        headers = {} if scenario is None else {"X-Redub-Scenario": scenario}
        body = {"Header": {}, "Payload": payload}
        return httpx.post(f"{self.base_url}{path}?{signed}", json=body, headers=headers, timeout=30)

    def call(self, path: str, payload: object) -> dict[str, Any]:
        return cast(dict[str, Any], self.post(path, payload).json()["Payload"])

    def put(self, path: Path) -> str:
        signed = query(self.address["appkey"], self.address["accesstoken"], round(time.time()))
        answer = httpx.put(
            f"{self.base_url}/shelf/{path.name}?{signed}", content=path.read_bytes(), timeout=30
        )
        return cast(str, answer.json()["Payload"]["Url"])

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.child.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        code = self.child.wait(timeout=30)
        for pipe in (self.child.stdin, self._stdout):
            if pipe and not pipe.closed:
                pipe.close()
        return code


Start = Callable[..., Process]
