"""An upload over loopback is at least 0.9 times as fast as that of the fastest S3 client installed."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen

import boto3
import obstore
import pytest
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from obstore.store import S3Store

from redub.cloud.buckets import Bucket, ObjectStore, upload_file
from redub.cloud.buckets.multipart import PART
from redub.services.storage import UploadJournal
from redub.store.unfinished import UnfinishedUploads
from support.storage import blob

MEBIBYTES = 256
RUNS = 5
FLOOR = 0.9

_SERVER = """
import asyncio, re

ANSWER = b"<R><UploadId>u</UploadId><ETag>\\"e\\"</ETag><Bucket>b</Bucket><Key>k</Key></R>"

async def serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\\r\\n\\r\\n")
            method = head.split(b" ", 1)[0]
            length = re.search(rb"(?i)content-length: *(\\d+)", head)
            left = int(length[1]) if length else 0
            if b"100-continue" in head.lower():
                writer.write(b"HTTP/1.1 100 Continue\\r\\n\\r\\n")
            while left:
                left -= len(await reader.read(min(left, 1 << 20)))
            if method == b"HEAD":
                writer.write(b"HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\n\\r\\n")
            else:
                body = ANSWER if method == b"POST" else b""
                writer.write(b"HTTP/1.1 200 OK\\r\\nETag: \\"e\\"\\r\\nContent-Type: application/xml\\r\\n"
                             b"Content-Length: %d\\r\\n\\r\\n%s" % (len(body), body))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()

async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 21)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Serve just enough of S3 to be uploaded to, in a process of its own; what arrives is thrown away."""
    server = Popen([sys.executable, "-c", _SERVER], stdout=PIPE, text=True)
    assert server.stdout is not None
    try:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


async def test_upload__as_fast_as_the_fastest(endpoint: str, tmp_path: Path) -> None:
    path = blob(tmp_path / "a.bin", MEBIBYTES)
    ways: dict[str, Callable[[], Awaitable[object]]] = {
        "redub": lambda: _redub(endpoint, path, tmp_path),
        "boto3": lambda: asyncio.to_thread(_boto3, endpoint, path),
        "obstore": lambda: _obstore(endpoint, path),
    }
    best = dict.fromkeys(ways, 0.0)
    for _run in range(RUNS):
        for name, way in ways.items():
            begun = time.perf_counter()
            await way()
            best[name] = max(best[name], MEBIBYTES / (time.perf_counter() - begun))

    told = ", ".join(f"{name} {speed:.0f} MiB/s" for name, speed in best.items())
    ratio = best["redub"] / max(best["boto3"], best["obstore"])
    print(f"\nupload of {MEBIBYTES} MiB: {told}; ratio {ratio:.2f}")
    assert ratio >= FLOOR


async def _redub(endpoint: str, path: Path, folder: Path) -> None:
    bucket = Bucket(
        endpoint=endpoint, region="r", name="clips", addressing="path", access_key_id="k", secret="s"
    )
    journal = UploadJournal(UnfinishedUploads(folder))
    async with ObjectStore(bucket) as store:
        await upload_file(store, path, "k", journal=journal, report=lambda _progress: None)


def _boto3(endpoint: str, path: Path) -> None:
    options = Config(
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path"},
    )
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="r",
        aws_access_key_id="k",
        aws_secret_access_key="s",
        config=options,
    )
    transfer = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, max_concurrency=4)
    client.upload_file(str(path), "clips", "k", Config=transfer)


async def _obstore(endpoint: str, path: Path) -> None:
    store = S3Store(
        "clips",
        endpoint=endpoint,
        region="r",
        access_key_id="k",
        secret_access_key="s",
        virtual_hosted_style_request=False,
        client_options={"allow_http": True},
    )
    await obstore.put_async(store, "k", path, chunk_size=PART, max_concurrency=4)
