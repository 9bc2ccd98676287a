"""The HTTP side: addresses of the API, the shelf, the results and the samples."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from redub import __version__
from redub.rehearsal import results, shelf, timbres
from redub.rehearsal.authority import check_signature
from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.connection import FaultyFile, HalfAnswer, NoAnswer, bare_answer
from redub.rehearsal.envelope import Asked, answer, new_request_id, read_asked, refuse
from redub.rehearsal.guard import Dated, LoopbackOnly
from redub.rehearsal.refusal import Refusal
from redub.rehearsal.scenarios import Kind, Mishap
from redub.rehearsal.service import Service

logger = logging.getLogger(__name__)

SERVICE_NAME = "redub-rehearsal"
_BROADCAST = "/v2/ivh/videomaker/broadcastservice"
_ASSETS = "/v2/ivh/crmserver/customerassetservice"
SCENARIO_HEADER = "X-Redub-Scenario"
"""The header of one request that is to fare as in a scenario, whatever is simulated for the others."""
_FILE_HEADERS = {
    # What was uploaded is data, never a page of this address.
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
}

Call = Callable[[Mapping[str, object], str], Mapping[str, object]]


def make_application(service: Service) -> Starlette:
    """Return the ASGI application that speaks for `service`."""
    calls: dict[str, Call] = {
        f"{_BROADCAST}/videomakenotrain": service.videomakenotrain,
        f"{_BROADCAST}/getprogress": service.getprogress,
        f"{_BROADCAST}/tts": service.tts,
        f"{_ASSETS}/describetimbre": service.describetimbre,
        f"{_ASSETS}/getserviceasset": service.getserviceasset,
        "/simulate": service.simulate,
    }
    files = _Files(service)
    return Starlette(
        routes=[
            *(Route(path, _Endpoint(service, call).post, methods=["POST"]) for path, call in calls.items()),
            Route("/health", _health),
            Route(f"{shelf.PATH}/{{name}}", files.put_on_shelf, methods=["PUT"]),
            Route(f"{shelf.PATH}/{{place}}/{{name}}", files.from_shelf),
            Route(f"{results.PATH}/{{place}}/{{name}}", files.result),
            Route(f"{timbres.PATH}/{{name}}", files.sample),
        ],
        middleware=[Middleware(Dated, now=service.simulation.now), Middleware(LoopbackOnly)],
        exception_handlers={HTTPException: _no_such_call, Exception: _broken},
    )


class _Endpoint:
    """One call of the API: signature, envelope, work in a thread, answer; and what is simulated to go wrong."""

    def __init__(self, service: Service, call: Call) -> None:
        self._service, self._call = service, call

    async def post(self, request: Request) -> Response:
        """Answer one request."""
        request_id = new_request_id()
        try:
            _authorise(request, self._service)
            asked: Asked = await read_asked(request)
            request_id = asked.request_id
            scenario = self._scenario(request, asked.payload)
            mishap = self._mishap(request, asked.payload, scenario)
            if mishap is None:
                return await self._answered(asked, scenario)
            return await self._spoiled(asked, scenario, mishap)
        except Refusal as refusal:
            logger.info("Refused: %s", refusal.message)
            return refuse(refusal, request_id)
        except OSError as exc:
            return refuse(_disk_refusal(exc), request_id)

    def _scenario(self, request: Request, payload: Mapping[str, object]) -> str:
        """Return what is simulated: what the request itself asks for, else as for its task, else as at present."""
        simulation = self._service.simulation
        if SCENARIO_HEADER in request.headers:
            return simulation.known(request.headers[SCENARIO_HEADER])
        job = self._service.job(payload.get("TaskId"))
        return job.scenario if job is not None else simulation.chosen

    def _mishap(self, request: Request, payload: Mapping[str, object], scenario: str) -> Mishap | None:
        call = request.url.path.rpartition("/")[2]
        if call == "simulate":
            return None
        job = self._service.job(payload.get("TaskId"))
        return self._service.simulation.mishap(call, scenario, job.task_id if job is not None else "")

    async def _answered(self, asked: Asked, scenario: str, **changes: object) -> Response:
        payload = await asyncio.to_thread(self._call, asked.payload, scenario)
        return answer({**payload, **changes}, asked.request_id)

    async def _spoiled(self, asked: Asked, scenario: str, mishap: Mishap) -> Response:
        """Answer as a mishap wants it."""
        logger.info("Simulated: %s", mishap.kind.value)
        match mishap.kind:
            case Kind.REFUSED:
                raise Refusal(mishap.code, mishap.text, status=mishap.status, retry_after=mishap.retry_after)
            case Kind.STATUS:
                return bare_answer(mishap)
            case Kind.DEAF:
                return NoAnswer()
            case Kind.LATE:
                await asyncio.sleep(mishap.seconds)
                return await self._answered(asked, scenario)
            case Kind.LOST:
                await self._answered(asked, scenario)
                return NoAnswer()
            case Kind.HALF:
                return HalfAnswer(await self._answered(asked, scenario))
            case Kind.REWRITTEN:
                return await self._answered(asked, scenario, **mishap.values)


class _Files:
    """Files in and out; an address that nobody can guess is its own permission, as a presigned one."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def put_on_shelf(self, request: Request) -> Response:
        """Take a file and answer with its address."""
        try:
            _authorise(request, self._service)
            path = await self._service.shelf.put(request.path_params["name"], request.stream())
        except Refusal as refusal:
            return refuse(refusal, new_request_id())
        except OSError as exc:
            return refuse(_disk_refusal(exc), new_request_id())
        return answer({"Url": f"{self._service.base_url}{path}"}, new_request_id())

    async def from_shelf(self, request: Request) -> Response:
        """Give back what was put on the shelf."""
        return _file(self._service.shelf.find(**request.path_params))

    async def result(self, request: Request) -> Response:
        """Give a result while it is kept."""
        found = self._service.results.find(**request.path_params)
        if found is None:
            raise HTTPException(404)
        job, path = found
        fetching = self._service.simulation.fetching(job)
        if fetching is None:
            return _file(path)
        if fetching.status:
            raise HTTPException(fetching.status)
        return FaultyFile(path, fetching, _FILE_HEADERS)

    async def sample(self, request: Request) -> Response:
        """Give the sample of a voice."""
        return _file(await asyncio.to_thread(self._service.timbres.sample, request.path_params["name"]))


def _authorise(request: Request, service: Service) -> None:
    query = request.scope["query_string"].decode("latin-1")
    check_signature(query, service.key, service.simulation.now())


def _disk_refusal(exc: OSError) -> Refusal:
    logger.warning("The disk gave an error: %s", exc)
    return Refusal(InterfaceCode.INTERNAL, f"the disk gave an error ({exc.strerror})")


def _file(path: Path | None) -> Response:
    """Answer with the whole file or the Range that was asked for."""
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, headers=_FILE_HEADERS)


async def _health(_request: Request) -> Response:
    return JSONResponse({"service": SERVICE_NAME, "version": __version__, "pid": os.getpid()})


async def _no_such_call(_request: Request, exc: Exception) -> Response:
    status = exc.status_code if isinstance(exc, HTTPException) else 404
    return refuse(
        Refusal(InterfaceCode.NO_RESOURCE, "there is nothing at this address", status=status),
        new_request_id(),
    )


async def _broken(request: Request, exc: Exception) -> Response:
    logger.error("%s %s broke off.", request.method, request.url.path, exc_info=exc)
    return refuse(Refusal(InterfaceCode.INTERNAL, "internal error", status=500), new_request_id())
