"""What a service, or the way to it, can do wrong: raw replies, byte by byte, for the tables of faults."""

from __future__ import annotations

import asyncio
import datetime
import email.utils
import time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cloud.loopback import Reply, Request, answer, envelope, hangs_up, never_answers, says

PAGE = b"<!doctype html><html><body>Please sign in to this network.</body></html>"
WHOLE = answer("200 OK", envelope({"TaskId": "task-1", "Status": "MAKING"}))
HALF = WHOLE[: -len(WHOLE) // 8]
HOUR = 3600


def hour_wrong(status: str, body: bytes) -> Reply:
    """Answer with a Date header that is an hour behind this computer's clock at that moment."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        date = email.utils.formatdate(time.time() - HOUR, usegmt=True)
        await says(answer(status, body, Date=date))(request, writer)

    return reply


async def late(_request: Request, writer: asyncio.StreamWriter) -> None:
    """Answer rightly, but after a while."""
    await asyncio.sleep(0.2)
    writer.write(WHOLE)
    await writer.drain()


NO_ANSWER = {
    "no answer": never_answers,
    "cut before the answer": hangs_up,
    "cut in the status line": says(b"HTTP/1.1 20"),
    "cut in the headers": says(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\nConte"),
    "half a body": says(HALF),
    "wrong JSON": says(answer("200 OK", b'{"Header": {"Code": 0,')),
    "empty body": says(answer("200 OK", b"")),
    "HTML error page": says(answer("200 OK", PAGE, Content_Type="text/html")),
    "302": says(answer("302 Found", b"", Location="http://127.0.0.1:1/login")),
    "500": says(answer("500 Internal Server Error", b"oops")),
    "502": says(answer("502 Bad Gateway", PAGE)),
    "503": says(answer("503 Service Unavailable", b"")),
    "504": says(answer("504 Gateway Timeout", b"")),
}
"""Nobody can say from these whether a job was taken."""

AT_THE_DOOR = {
    "401": says(answer("401 Unauthorized", b"")),
    "403": says(answer("403 Forbidden", b"")),
    "401, clock an hour wrong": hour_wrong("401 Unauthorized", b""),
    "code without Payload": says(answer("200 OK", envelope(code=100013, message="no hours"))),
}
"""The job was turned away, for certain."""

TOO_OFTEN = {
    "429 with Retry-After": says(answer("429 Too Many Requests", b"", Retry_After="2")),
    "429 without Retry-After": says(answer("429 Too Many Requests", b"")),
    "code that says too often": says(answer("200 OK", envelope(code=801004))),
}
"""The job was turned away, and may be sent again later."""


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """Return the files of a certificate that nobody trusts, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "own.pem", folder / "own.key"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private
