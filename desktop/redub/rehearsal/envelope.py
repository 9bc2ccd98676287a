"""How asking and answering look: {"Header": {…}, "Payload": {…}}, with strict types."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.refusal import Refusal

BODY_LIMIT = 1024 * 1024
_LONGEST_REQUEST_ID = 128


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that has the right form: its payload, and the RequestID that the answer repeats."""

    payload: Mapping[str, object]
    request_id: str


def new_request_id() -> str:
    """Return a RequestID for a request that brought none."""
    return secrets.token_hex(16)


async def read_asked(request: Request) -> Asked:
    """Read the envelope of `request`.

    :raises Refusal: PARAMETER, when its form is not as documented
    """
    _check_content_type(request.headers.get("content-type", ""))
    body = _decoded(await _body(request))
    if not isinstance(body, dict):
        raise Refusal(InterfaceCode.PARAMETER, "the body is not a JSON object")
    header = _section(body, "Header")
    return Asked(_section(body, "Payload"), _request_id(header))


def _check_content_type(content_type: str) -> None:
    kind, _, parameters = content_type.partition(";")
    charset = parameters.replace(" ", "").lower().strip('"')
    if kind.strip().lower() != "application/json" or charset not in {"", "charset=utf-8", 'charset="utf-8'}:
        raise Refusal(InterfaceCode.PARAMETER, "Content-Type is not application/json;charset=utf-8")


async def _body(request: Request) -> bytes:
    """Read the body, never more than the limit of it."""
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > BODY_LIMIT:
            raise Refusal(InterfaceCode.PARAMETER, "the body is longer than 1 MB", status=413)
    return bytes(chunks)


def _decoded(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as exc:
        raise Refusal(InterfaceCode.PARAMETER, f"the body is not JSON ({exc})") from exc


def _section(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    if name not in body:
        raise Refusal(InterfaceCode.PARAMETER, f"{name} is missing")
    section = body[name]
    if not isinstance(section, dict):
        raise Refusal(InterfaceCode.PARAMETER, f"{name} is not an object")
    return section


def _request_id(header: Mapping[str, object]) -> str:
    given = header.get("RequestID", "")
    if not isinstance(given, str) or len(given) > _LONGEST_REQUEST_ID:
        raise Refusal(InterfaceCode.PARAMETER, "Header.RequestID is not a short string")
    return given or new_request_id()


def answer(payload: Mapping[str, object], request_id: str) -> Response:
    """Return the answer to a request that was accepted."""
    return _response({"Header": _header(InterfaceCode.OK, "", request_id), "Payload": payload}, 200)


def refuse(refusal: Refusal, request_id: str) -> Response:
    """Return the answer to a request that was refused; it has no Payload, as the service's own."""
    header = _header(refusal.code, refusal.message, request_id)
    response = _response({"Header": header}, refusal.status)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _header(code: int, message: str, request_id: str) -> dict[str, object]:
    return {
        "Code": int(code),
        "Message": message,
        "RequestID": request_id,
        "SessionID": f"rehearsal{secrets.token_hex(8)}",
        "DialogID": "",
    }


def _response(body: Mapping[str, object], status: int) -> Response:
    return Response(
        msgspec.json.encode(body),
        status,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
