"""A try-on server that is none of ours: it takes pictures in every way, and answers in every way, it is told to.

It draws the person with the garment's mean colour on the middle of the body, packed anew as such servers do.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np
from PIL import Image as Pillow
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

KEY = "sk-short"
MIDDLE = (0.35, 0.65, 0.3, 0.55)
"""Left, right, top and bottom of what it paints, as shares of the picture."""


def painted(person: bytes, garment: bytes, scale: float = 0.75) -> bytes:
    """The JPEG that it answers, smaller than the photo."""
    photo = Pillow.open(io.BytesIO(person)).convert("RGB")
    photo = photo.resize((round(photo.width * scale), round(photo.height * scale)))
    cloth = np.asarray(Pillow.open(io.BytesIO(garment)).convert("RGB")).reshape(-1, 3).mean(axis=0)
    pixels = np.array(photo)
    height, width = pixels.shape[:2]
    left, right, top, bottom = MIDDLE
    pixels[round(top * height) : round(bottom * height), round(left * width) : round(right * width)] = cloth
    out = io.BytesIO()
    Pillow.fromarray(pixels).save(out, "JPEG", quality=85)
    return out.getvalue()


@dataclass
class Atelier:
    """What it was asked, and how it answers."""

    answer: Callable[[bytes], Response] = lambda picture: Response(picture, media_type="image/jpeg")
    asked: list[dict[str, Any]] = field(default_factory=list)
    """The other fields of each request for a picture."""
    fetched: list[str] = field(default_factory=list)
    """The links that it fetched pictures by."""
    states: list[dict[str, Any]] = field(default_factory=list)
    """What a job says, one after the other; the last one is said for ever."""
    cancelled: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """The header with the key, of each call that had one."""
    picture: bytes = b""

    def app(self) -> Starlette:
        """What it serves."""
        return Starlette(
            routes=[
                Route("/v1/run", self._run, methods=["POST"]),
                Route("/v1/jobs/{job}", self._status),
                Route("/v1/jobs/{job}/cancel", self._cancel, methods=["POST"]),
                Route("/v1/jobs/{job}/result", self._result),
                Route("/files/picture.jpg", self._file),
            ]
        )

    async def _run(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return PlainTextResponse("who are you?", 401)
        self.keys.append("run")
        if request.headers["content-type"].startswith("multipart/"):
            async with request.form() as form:
                fields = {name: await _value(value) for name, value in form.items()}
        else:
            fields = (await request.json())["input"]
        person, garment = [await self._bytes(fields.pop(name)) for name in ("human", "cloth")]
        self.asked.append(fields)
        self.picture = painted(person, garment)
        return self.answer(self.picture)

    async def _bytes(self, given: str | bytes) -> bytes:
        if isinstance(given, bytes):
            return given
        if given.startswith("http"):
            self.fetched.append(given)
            async with httpx.AsyncClient(trust_env=False) as client:
                return (await client.get(given)).raise_for_status().content
        head, comma, coded = given.rpartition(",")
        assert not comma or head == "data:image/jpeg;base64"
        return base64.b64decode(coded, validate=True)

    async def _status(self, request: Request) -> Response:
        self.keys.append("status")
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return JSONResponse({"id": request.path_params["job"], **state})

    async def _cancel(self, request: Request) -> Response:
        self.cancelled.append(request.path_params["job"])
        return JSONResponse({})

    async def _result(self, _request: Request) -> Response:
        return JSONResponse({"images": [{"data": base64.b64encode(self.picture).decode()}]})

    async def _file(self, request: Request) -> Response:
        if "authorization" in request.headers:
            self.keys.append("file")
        return Response(self.picture, media_type="image/jpeg")


async def _value(value: UploadFile | str) -> str | bytes:
    return value if isinstance(value, str) else await value.read()
