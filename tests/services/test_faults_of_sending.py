"""Every way in which sending can go wrong, and what is known afterwards: one table, through the real client.

Whatever happens, the service is asked at most once: a second request would be a second payment.
"""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest

from cloud.loopback import Reply, serving
from redub.cloud import client
from redub.core.errors import RedubError
from redub.core.tasks import TaskRecord, TaskState
from redub.services.choice import Choice
from redub.services.workbench import Workbench
from services.stand import KEY, SUBMIT, TOKEN, at, fake_service, opened
from services.test_sendqueue import intent
from services.wrongs import AT_THE_DOOR, NO_ANSWER, TOO_OFTEN, hour_wrong, late, own_certificate
from support.waiting import until

OUTCOMES: dict[str, tuple[Reply, TaskState]] = {
    **{name: (reply, TaskState.UNCLEAR) for name, reply in NO_ANSWER.items()},
    **{name: (reply, TaskState.REFUSED) for name, reply in AT_THE_DOOR.items()},
    **{name: (reply, TaskState.WAITING) for name, reply in TOO_OFTEN.items()},
    "late answer": (late, TaskState.QUEUED),
    "right answer, clock an hour wrong": (
        hour_wrong("200 OK", b'{"Header":{"Code":0},"Payload":{"TaskId":"t"}}'),
        TaskState.QUEUED,
    ),
    "code 0 without Payload": (hour_wrong("200 OK", b'{"Header":{"Code":0}}'), TaskState.UNCLEAR),
}


async def settled(bench: Workbench, id: str) -> TaskRecord:
    """Wait until the request has had its outcome."""
    await until(lambda: len(bench.ledger.store.events(id)) >= 3)
    return bench.ledger.store.get(id)


@pytest.mark.parametrize("name", list(OUTCOMES))
async def test_sending__each_fault_has_its_outcome_and_is_sent_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply, state = OUTCOMES[name]
    monkeypatch.setattr(client, "_PAID_SECONDS", 0.5)
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.wrong[SUBMIT] = reply
        record = await bench.queue.enter(intent(service, "a"))
        after = await settled(bench, record.id)
        story = bench.ledger.store.events(record.id)

    assert after.state is state, after.message
    assert len(service.submits) == 1
    assert [event.kind for event in story][:2] == ["waiting", "intended"]
    assert bool(after.message) is (state is not TaskState.QUEUED)
    if "clock" in name and after.message:
        assert "This computer's clock is 60 minutes ahead" in after.message
    if state is TaskState.UNCLEAR:
        await _is_left_alone(tmp_path, service.base_url)


async def _is_left_alone(home: Path, base_url: str) -> None:
    """A later run of the program sends nothing that is unclear."""
    choice = Choice(service_url=base_url, appkey=KEY, accesstoken=TOKEN)
    bench = await Workbench.open(at(home), choice)
    try:
        await bench.resume()
        bench.queue.begin()
        await until(lambda: not bench.queue._sending)
        (record,) = bench.ledger.store.all()
        assert record.state is TaskState.UNCLEAR
    finally:
        await bench.aclose()


async def _refused_at(base_url: str, home: Path) -> TaskRecord:
    """Send to `base_url`, where nothing can be sent, and return the task."""
    choice = Choice(service_url=base_url, appkey=KEY, accesstoken=TOKEN)
    bench = await Workbench.open(at(home), choice)
    try:
        async with fake_service() as service:
            wanted = intent(service, "a", base_url=base_url)
            record = await bench.queue.enter(wanted)
            with pytest.raises(RedubError):
                await bench.queue.sent(record.id)
            return bench.ledger.store.get(record.id)
    finally:
        await bench.aclose()


async def test_sending__a_certificate_that_is_not_trusted(tmp_path: Path) -> None:
    public, private = own_certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(public, private)

    async with serving(late, tls=tls) as server:
        record = await _refused_at(server.base_url, tmp_path / "home")
        assert server.requests == []

    assert record.state is TaskState.REFUSED
    assert "certificate is not trusted" in record.message


async def test_sending__a_name_that_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    record = await _refused_at("http://no-such-service.invalid", tmp_path)

    assert record.state is TaskState.REFUSED
    assert "The name no-such-service.invalid could not be found." in record.message


async def test_sending__nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base_url = f"http://127.0.0.1:{free.getsockname()[1]}"
    record = await _refused_at(base_url, tmp_path)

    assert record.state is TaskState.REFUSED
    assert "nothing was sent" in record.message
