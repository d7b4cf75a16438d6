"""A server that is none of ours, asked as the operator's file describes (storage/remote_description.py).

It gets one person and one garment at a time. Only the address of the settings is called, and the picture is
fetched from there or from the hosts that the file lists; nothing that an answer says leads anywhere else.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import io
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import numpy as np
from PIL import Image as Pillow
from pydantic import SecretStr

from pipeline.cutout import Cutout
from pipeline.errors import EngineUnavailable, IntakeError, TryOnCancelled, TryOnRefused
from pipeline.garment.analysis import outline_of
from pipeline.garment.kind import kind_of
from pipeline.intake import IntakeLimits, intake
from pipeline.person import choose_person, find_people
from pipeline.types import Box, Category, Image, Piece, TryOnRequest, TryOnResult
from storage.hosts import is_nearby
from storage.remote_description import Description, PollTable, at, filled
from storage.remote_settings import REMOTE
from workers.remote.engine import Tell
from workers.remote.http import Again, Broken, Caller, body_of, check_status, own_errors
from workers.remote.lending import BucketLender
from workers.remote.pasting import Excerpt, excerpt_of, pasted

MAX_PICTURE_BYTES = 32 * 2**20
MAX_ANSWER_BYTES = MAX_PICTURE_BYTES * 4 // 3 + 2**20
"""A picture in Base64, and what is around it."""

CANCEL_S = 5.0
_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.:-]{0,199}")
"""What may be put into a path."""


class FarEndpoint:
    """See `workers.remote.engine.Far`."""

    def __init__(
        self, caller: Caller, key: SecretStr, described: Description, lender: BucketLender | None = None
    ) -> None:
        self._caller = caller
        self._key = key
        self._described = described
        self._lender = lender
        self._cutout = Cutout()

    async def hello(self) -> str:
        """See Far. Nothing is asked for: that could cost something, so that somebody answers has to do."""

        async def ask() -> None:
            async with own_errors(), self._caller.client() as client:
                await client.head(self._caller.url)

        await self._caller.patiently(ask, repeatable=True)
        return f"the server at {urlsplit(self._caller.url).netloc}, which answers"

    async def dress(self, request: TryOnRequest, tell: Tell) -> TryOnResult:
        """See Far."""
        began = time.perf_counter()
        tell("person", 0.0, None)
        people = await asyncio.to_thread(find_people, request.person)
        excerpt = excerpt_of(request.person, people, choose_person(request.person, people, request.person_index))
        image, mask = request.person, np.zeros(request.person.shape[:2], np.uint8)
        categories = [await asyncio.to_thread(self._category, piece) for piece in request.pieces]
        if not set(categories) <= set(self._described.categories):
            raise EngineUnavailable("remote_category", "Its file names no such category.")
        looked, total = time.perf_counter(), len(request.pieces)
        for number, (piece, category) in enumerate(zip(request.pieces, categories, strict=True)):

            def how_far(fraction: float, number: int = number) -> None:
                tell("draw", 0.05 + 0.9 * (number + fraction) / total, None)

            how_far(0.0)
            data = await self._drawn(excerpt.picture(image), piece, category, how_far)
            image, mask = await asyncio.to_thread(_taken, image, mask, data, excerpt)
        rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
        return TryOnResult(
            image=image,
            mask=mask,
            box=Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1),
            engine=REMOTE,
            category=categories[0],
            people_found=len(people),
            seconds={"person": round(looked - began, 4), "draw": round(time.perf_counter() - looked, 4)},
            facts={"generated": True, "drawn_by": urlsplit(self._caller.url).netloc},
        )

    def _category(self, piece: Piece) -> Category:
        return piece.category or kind_of(*outline_of(piece.picture, self._cutout))

    async def _drawn(
        self, person: Image, piece: Piece, category: Category, how_far: Callable[[float], None]
    ) -> bytes:
        """The file that the server makes of one person and one garment."""
        pictures = [_jpeg(person), _jpeg(piece.picture)]
        texts = {"category": self._described.categories[category], "words": piece.words}
        async with self._shown(pictures) as links, self._caller.client(read_s=3600.0) as client:
            sent = self._sent(pictures, links, texts)
            method, path = self._described.request.method, self._described.request.path
            # Not again once it may have begun: somebody may be paid for each picture.
            answer = await self._caller.patiently(
                lambda: self._call(client, method, path, **sent), repeatable=False
            )
            poll = self._described.poll
            if poll is not None:
                answer = await self._awaited(client, poll, _json(answer), how_far)
            return await self._picture(client, answer)

    @asynccontextmanager
    async def _shown(self, pictures: list[bytes]) -> AsyncIterator[list[str]]:
        """What stands for the pictures in the body."""
        if self._lender is not None:
            async with self._lender.lent(pictures) as links:
                yield links
            return
        coded = [base64.b64encode(picture).decode() for picture in pictures]
        plain = self._described.request.pictures == "base64"
        yield coded if plain else [f"data:image/jpeg;base64,{text}" for text in coded]

    def _sent(self, pictures: list[bytes], links: list[str], texts: dict[str, str]) -> dict[str, Any]:
        """The arguments for httpx that carry the body."""
        request = self._described.request
        if request.pictures != "files":
            return {"json": filled(request.body, {**texts, "person": links[0], "garment": links[1]})}
        files = {"{person}": ("person.jpg", pictures[0]), "{garment}": ("garment.jpg", pictures[1])}
        return {
            "data": {name: filled(text, texts) for name, text in request.body.items() if text not in files},
            "files": {name: (*files[text], "image/jpeg") for name, text in request.body.items() if text in files},
        }

    async def _call(self, client: httpx.AsyncClient, method: str, path: str, **sent: Any) -> bytes:
        """One call below the address, with the headers of the file. Raises Again, Broken, EngineUnavailable."""
        headers = {"Idempotency-Key": uuid4().hex} if sent else {}
        headers |= filled(self._described.request.headers, {"key": self._key.get_secret_value()})
        url = self._caller.url + path
        async with own_errors(), client.stream(method, url, headers=headers, **sent) as response:
            if response.status_code in (400, 422):
                self._check_reason(await body_of(response, MAX_ANSWER_BYTES))
            check_status(response, 200, 201, 202)
            return await body_of(response, MAX_ANSWER_BYTES)

    async def _awaited(
        self, client: httpx.AsyncClient, poll: PollTable, first: Any, how_far: Callable[[float], None]
    ) -> bytes:
        """The answer that has the picture. The job is stopped when nobody waits for it any more."""
        job = at(first, poll.id)
        if not isinstance(job, str | int) or not _ID.fullmatch(str(job)):
            raise EngineUnavailable("remote_answer", "Its answer names no job.")
        try:
            answer = await self._polled(client, poll, str(job), how_far)
        except (asyncio.CancelledError, TryOnCancelled):
            await asyncio.shield(self._stop(str(job)))
            raise
        return await self._asked(client, poll.result, str(job)) if poll.result else answer

    async def _polled(
        self, client: httpx.AsyncClient, poll: PollTable, job: str, how_far: Callable[[float], None]
    ) -> bytes:
        while True:
            answer = await self._asked(client, poll.path, job)
            document = _json(answer)
            state = at(document, poll.state)
            if state in poll.done:
                return answer
            if state in poll.failed:
                self._check_reason(answer)
                raise EngineUnavailable("remote_failed", f"Its job ended as {str(state)[:60]!r}.")
            how_far(_fraction(document, poll))
            await asyncio.sleep(poll.every_s)

    async def _asked(self, client: httpx.AsyncClient, path: str, job: str) -> bytes:
        return await self._caller.patiently(lambda: self._call(client, "GET", _path(path, job)), repeatable=True)

    async def _stop(self, job: str) -> None:
        cancel = self._described.cancel
        if cancel is None:
            return
        # As well as it goes: whoever asked to stop does not wait for more.
        with suppress(Again, Broken, EngineUnavailable, TryOnRefused, TimeoutError):
            async with asyncio.timeout(CANCEL_S), self._caller.client() as client:
                await self._call(client, cancel.method, _path(cancel.path, job))

    def _check_reason(self, answer: bytes) -> None:
        """Raises TryOnRefused when the file says that this reason is the pictures' own."""
        failure = self._described.failure
        with suppress(ValueError):
            if failure is not None and str(at(json.loads(answer), failure.reason)) in failure.refused:
                raise TryOnRefused("remote_refused", TryOnRefused.UNSUITABLE)

    async def _picture(self, client: httpx.AsyncClient, answer: bytes) -> bytes:
        place = self._described.answer.picture
        if place is None:
            return answer
        found = at(_json(answer), place)
        if not isinstance(found, str):
            raise EngineUnavailable("remote_answer", f"Its answer has no {place}.")
        if found.startswith(("http://", "https://")):
            return await self._fetched(client, found)
        try:
            return base64.b64decode(found.partition(",")[2] if found.startswith("data:") else found, validate=True)
        except binascii.Error as error:
            raise EngineUnavailable("remote_answer", f"Its {place} is no picture.") from error

    async def _fetched(self, client: httpx.AsyncClient, link: str) -> bytes:
        """From the address itself or a host of the file, without the key."""
        try:
            parts = urlsplit(link)
            origin = (parts.scheme, parts.netloc)
        except ValueError as error:
            raise EngineUnavailable("remote_answer", "Its picture has no address.") from error
        own = urlsplit(self._caller.url)
        listed = parts.hostname in self._described.answer.hosts and parts.username is None
        safe = parts.scheme == "https" or is_nearby(parts.hostname or "")
        if origin != (own.scheme, own.netloc) and not (listed and safe):
            raise EngineUnavailable(
                "remote_host", f"Its picture is on {parts.hostname!r}, which answer.hosts does not list."
            )

        async def fetch() -> bytes:
            async with own_errors(), client.stream("GET", link) as response:
                check_status(response, 200)
                return await body_of(response, MAX_PICTURE_BYTES)

        return await self._caller.patiently(fetch, repeatable=True)


def _taken(image: Image, mask: Any, data: bytes, excerpt: Excerpt) -> tuple[Image, Any]:
    """What came, opened as any stranger's file is, in a child process, and pasted."""
    try:
        clean = intake(data, IntakeLimits(max_bytes=MAX_PICTURE_BYTES, jpeg_quality=98))
    except IntakeError as error:
        raise EngineUnavailable("remote_answer", f"Its picture cannot be opened: {error.code}.") from error
    return pasted(image, mask, np.asarray(Pillow.open(io.BytesIO(clean.data)).convert("RGB"), np.uint8), excerpt)


def _jpeg(picture: Image) -> bytes:
    out = io.BytesIO()
    Pillow.fromarray(np.ascontiguousarray(picture)).save(out, "JPEG", quality=95, subsampling=0)
    return out.getvalue()


def _json(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except ValueError as error:
        raise EngineUnavailable("remote_answer", "Its answer is no JSON.") from error


def _path(template: str, job: str) -> str:
    return template.replace("{id}", job)


def _fraction(document: Any, poll: PollTable) -> float:
    told = at(document, poll.fraction) if poll.fraction else None
    if not isinstance(told, int | float):
        return 0.0
    return min(max(told / 100 if told > 1 else float(told), 0.0), 1.0)
