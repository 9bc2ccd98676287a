"""A real S3 server (moto) in a process of its own, with keys that are really checked once a test asks for it."""

from __future__ import annotations

import os
import queue
import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx
import pytest

from redub.cloud.buckets import Bucket

_LISTENS = re.compile(r"Running on (http://127\.0\.0\.1:\d+)")
_MIB = 1024 * 1024
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class S3Server:
    """The server's address, and what a test may do to it."""

    base_url: str

    def bucket(self, name: str = "clips", **changes: str) -> Bucket:
        """Return a bucket that is there, with a key that works."""
        self.ask("PUT", f"/{name}").raise_for_status()
        return self.named(name, **changes)

    def named(self, name: str, **changes: str) -> Bucket:
        """Return a bucket as a value, whether it is there or not."""
        known = {
            "endpoint": self.base_url,
            "region": "us-east-1",
            "prefix": "redub",
            "addressing": "path",
            "access_key_id": "test",
            "secret": "test",
        }
        return Bucket(name=name, **(known | changes))

    def check_keys(self, on: bool) -> None:
        """Let the server check keys and rights from the next request on, or let everybody do everything."""
        count = "0" if on else "1000000000"
        self.ask("POST", "/moto-api/reset-auth", count).raise_for_status()

    def objects(self, name: str = "clips") -> list[str]:
        """Return the keys in a bucket."""
        return re.findall(r"<Key>([^<]*)</Key>", self.ask("GET", f"/{name}?list-type=2").text)

    def ask(self, method: str, path: str, content: str | None = None) -> httpx.Response:
        """Send a request without a signature."""
        return httpx.request(method, f"{self.base_url}{path}", content=content, trust_env=False, timeout=20)


@pytest.fixture(scope="session")
def s3_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """Start the server once for the whole run."""
    folder = tmp_path_factory.mktemp("s3")
    environ = os.environ | {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "HOME": str(folder)}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    server = subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder
    )
    try:
        yield S3Server(_address(server))
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
        if server.stdout is not None:
            server.stdout.close()


@pytest.fixture
def s3(s3_process: S3Server) -> Iterator[S3Server]:
    """Give an empty server that lets everybody in."""
    s3_process.check_keys(False)
    s3_process.ask("POST", "/moto-api/reset").raise_for_status()
    yield s3_process
    s3_process.check_keys(False)


def _address(server: subprocess.Popen[str]) -> str:
    """Return where the server says that it listens; its words are read on, so that it never waits for a reader."""
    assert server.stdout is not None
    found: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read, args=(server.stdout, found), daemon=True, name="s3 server's words").start()
    return found.get(timeout=_START_SECONDS)


def _read(words: IO[str], found: queue.Queue[str]) -> None:
    for line in words:
        match = _LISTENS.search(line)
        if match:
            found.put(match[1])


def blob(path: Path, mebibytes: float) -> Path:
    """Write a file that compresses badly and has no two parts alike."""
    source, size = random.Random(7), int(mebibytes * _MIB)
    with path.open("wb") as file:
        for start in range(0, size, _MIB):
            file.write(source.randbytes(min(_MIB, size - start)))
    return path
