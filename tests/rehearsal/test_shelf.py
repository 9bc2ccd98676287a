from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from redub.rehearsal.service import Service
from redub.rehearsal.shelf import plain_name
from rehearsal.caller import query
from rehearsal.conftest import BASE, NOW, Calling, Clock

DATA = bytes(range(256)) * 40


async def test_shelf__gives_back_what_was_put(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        answer = (await caller.put("мой клип 1.mp4", DATA)).json()
        url = answer["Payload"]["Url"]
        whole = await caller.http.get(url)
    assert answer["Header"]["Code"] == 0
    assert url.startswith(f"{BASE}/shelf/")
    assert whole.content == DATA
    assert whole.headers["content-length"] == str(len(DATA))
    assert whole.headers["x-content-type-options"] == "nosniff"
    found = service.shelf.at(url)
    assert found is not None
    assert found.name == "мой клип 1.mp4"


async def test_shelf__ranges_and_etag(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        url = (await caller.put("a.mp4", DATA)).json()["Payload"]["Url"]
        part = await caller.http.get(url, headers={"Range": "bytes=100-199"})
        rest = await caller.http.get(url, headers={"Range": "bytes=10000-", "If-Range": part.headers["etag"]})
        changed = await caller.http.get(url, headers={"Range": "bytes=10000-", "If-Range": '"other"'})
        beyond = await caller.http.get(url, headers={"Range": f"bytes={len(DATA)}-"})
        head = await caller.http.head(url)
    assert (part.status_code, part.content) == (206, DATA[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(DATA)}"
    assert (rest.status_code, rest.content) == (206, DATA[10000:])
    assert (changed.status_code, changed.content) == (200, DATA)
    assert beyond.status_code == 416
    assert (head.content, head.headers["content-length"]) == (b"", str(len(DATA)))


async def test_shelf__needs_a_signature_and_content(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        unsigned = await caller.http.put("/shelf/a.mp4", content=DATA)
        wrong = await caller.http.put(f"/shelf/a.mp4?{query('x', 'y', NOW)}", content=DATA)
        empty = await caller.put("a.mp4", b"")
    assert [answer.json()["Header"]["Code"] for answer in (unsigned, wrong, empty)] == [
        100005,
        100005,
        100002,
    ]
    assert list((service.settings.folder / "shelf").iterdir()) == []


async def test_shelf__limit(make_service: Callable[..., Service], calling: Calling) -> None:
    service = make_service(upload_limit=len(DATA))
    async with calling(service) as caller:
        assert (await caller.put("a.mp4", DATA)).status_code == 200
        assert (await caller.put("a.mp4", DATA + b"x")).status_code == 413
    assert len(list((service.settings.folder / "shelf").iterdir())) == 1


async def test_shelf__only_what_was_put_there(service: Service, calling: Calling, tmp_path: Path) -> None:
    async with calling(service) as caller:
        url = (await caller.put("a.mp4", DATA)).json()["Payload"]["Url"]
        place = urlsplit(url).path.split("/")[2]
        for path in (
            f"/shelf/{'0' * 32}/a.mp4",
            f"/shelf/{place}/b.mp4",
            f"/shelf/{place}/..%2F..%2Fkey.json",
            "/shelf/..%2F/key.json",
            f"/shelf/{place}/%2e%2e",
            "/shelf/jobs/x",
        ):
            assert (await caller.http.get(path)).status_code == 404, path
    for other in ("http://h/shelf/", "file:///shelf/", f"{BASE}/results/"):
        assert service.shelf.at(f"{other}{place}/a.mp4") is None
    assert service.shelf.at(f"http://localhost:1/shelf/{place}/a.mp4") is not None


async def test_shelf__forgets_after_seven_days(service: Service, calling: Calling, clock: Clock) -> None:
    async with calling(service) as caller:
        url = (await caller.put("a.mp4", DATA)).json()["Payload"]["Url"]
        path = service.shelf.at(url)
        assert path is not None
        for folder in (path, path.parent):
            os.utime(folder, (NOW, NOW))
        clock.now += 7 * 24 * 3600 - 1
        assert (await caller.http.get(url)).status_code == 200
        clock.now += 1
        assert (await caller.http.get(url)).status_code == 404
    service.shelf.sweep()
    assert not path.exists()


@pytest.mark.parametrize(
    "name,plain",
    [
        ("clip.mp4", "clip.mp4"),
        ("片段 一.mp4", "片段 一.mp4"),
        (".hidden.mp4", "hidden.mp4"),
        ("a:b?c.mp4", "a_b_c.mp4"),
        ("a/../b.mp4", "a_.._b.mp4"),
        ("..", "file"),
        ("x" * 300 + ".mp4", "x" * 196 + ".mp4"),
        ("." + "x" * 300, "x" * 200),
    ],
)
def test_plain_name__on_every_platform(name: str, plain: str) -> None:
    assert plain_name(name) == plain
    assert plain_name(plain) == plain
