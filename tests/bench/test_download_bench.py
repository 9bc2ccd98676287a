"""Measures a download beside curl: the same file, from the same server on loopback, to the same disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from redub.cloud.downloads import fetch

SIZE = 192 * 1024 * 1024
RUNS = 7
LEAST = 0.95
SERVER = Path(__file__).with_name("sending_files.py")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a large file from a process of its own."""
    served = tmp_path / "served.bin"
    served.write_bytes(os.urandom(1024 * 1024) * (SIZE // (1024 * 1024)))
    child = subprocess.Popen([sys.executable, str(SERVER), str(served)], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        yield f"http://127.0.0.1:{child.stdout.readline().strip()}/video.mp4"
    finally:
        child.terminate()
        child.communicate(timeout=10)


@pytest.mark.timeout(600)
async def test_download__beside_curl__is_as_fast(address: str, tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    theirs, ours, ratios = tmp_path / "curl.bin", tmp_path / "ours.bin", list[float]()
    for number in range(RUNS):
        # In turns, so that a busy moment of the machine meets both.
        if number % 2:
            mine = await _fetched(address, ours)
            peer = _by_curl(curl, address, theirs)
        else:
            peer = _by_curl(curl, address, theirs)
            mine = await _fetched(address, ours)
        ratios.append(peer / mine)
    found = median(ratios)
    print(
        f"download: {found:.3f} times the throughput of curl, {RUNS} runs: {[round(one, 2) for one in ratios]}"
    )
    assert ours.stat().st_size == SIZE
    assert found >= LEAST


async def _fetched(address: str, target: Path) -> float:
    for old in target.parent.glob(f"{target.name}*"):
        old.unlink()
    begun = time.perf_counter()
    await fetch(address, target)
    return time.perf_counter() - begun


def _by_curl(curl: str, address: str, target: Path) -> float:
    """Fetch with curl and wait until the disk has it, as `fetch` does."""
    target.unlink(missing_ok=True)
    begun = time.perf_counter()
    subprocess.run([curl, "--silent", "--fail", "--output", str(target), address], check=True)
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return time.perf_counter() - begun
