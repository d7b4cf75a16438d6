"""Reads the pages behind links, beside the conversation: a slow shop holds up nobody but who asked.

The event that waits for the outcome is stored with the question, to be handled when the outcome is there, and at
the latest after LINK_LOST_AFTER: so a link is answered even when this process dies over it, and what the person
says meanwhile is answered after it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.dialogue import own
from bot.dialogue import types as d
from bot.dialogue.language import speaking
from bot.photos import PhotoDesk
from bot.refusals import told
from catalog.errors import CatalogError
from catalog.feed_rows import Row
from catalog.outbound import OutboundError
from catalog.providers.link import SENTENCES, LinkedProduct, LinkProvider, shop_of, spellings
from catalog.types import Product
from pipeline.errors import GarmentError, IntakeError, PersonError
from pipeline.garment.sight import GarmentSight
from pipeline.sandbox import Sandbox, SandboxError, SandboxLimits
from pipeline.types import Category, CleanPhoto
from storage.bell import Bell
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

LINK = "link"
"""The kind of the inbox event that waits for a page to be read."""

PATIENCE_S = 8.0
"""For the page and its pictures to come: how long people look at a page that loads."""

LOOKING_S = 12.0
"""For us to look at them, which takes two or three seconds, and longer when the models are loaded first."""

LINK_LOST_AFTER = timedelta(seconds=40)
"""Longer than a link can take, the wait for its turn included."""

AT_ONCE = 4
"""Pages that one process reads at the same moment."""

PICTURES = 3
"""Of one page that are looked at: the first that shows the piece alone is the best."""

_PAGE_LIMITS = SandboxLimits(
    memory_bytes=768 * 1024 * 1024, cpu_s=6, wall_s=5.0, queue_s=5.0, output_bytes=256 * 1024
)


Outcome = Callable[[UnitOfWork], object]


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """A link to read for a conversation. `cause` is the message it came in, `language` what is spoken there."""

    channel: str
    address: str
    event_id: str
    url: str
    then: d.Then
    cause: str | None
    language: str | None = None

    def payload(self, **outcome: str) -> dict[str, Any]:
        """Of the event that waits, and with `product` or `refused` of the one that is ready."""
        return {"then": self.then, "message": self.cause, **outcome}


def look_of(seen: GarmentSight) -> d.GarmentLook:
    """What the pipeline sees, in the dialogue's words."""
    return d.GarmentLook(seen.part.value, seen.kind, (seen.colour,))


def item_of(look: d.GarmentLook, source: str = d.OWN) -> Product:
    """A product of which nothing is known but its picture."""
    name = own.title(look.color, look.category)
    return Product("", source, name, look.category, look.part, "", color=look.color)


class PageSandbox:
    """`catalog.pages` in a child process: what parses a stranger's page can reach nothing of ours."""

    def __init__(self) -> None:
        # No child is kept ready: its imports take a second, its memory would be held by every process for ever.
        self._sandbox = Sandbox("catalog.pages:read_in_child", _PAGE_LIMITS, workers=AT_ONCE, spares=0)

    async def __call__(self, html: bytes, url: str, charset: str | None) -> tuple[Row, tuple[str, ...]]:
        """See `catalog.pages.read_page`. Raises CatalogError when the page cannot be read."""
        info: dict[str, object] = {"url": url, "charset": charset}
        try:
            _, answer = await asyncio.to_thread(self._sandbox.run, info, html)
            row, pictures = json.loads(answer)
        except (SandboxError, ValueError) as error:
            log.info("a page could not be read: %s", error)
            raise CatalogError("link_tells_nothing", SENTENCES["link_tells_nothing"]) from error
        return dict(row), tuple(map(str, pictures))

    def close(self) -> None:
        """End the children."""
        self._sandbox.close()


class LinkDesk:
    """Reads links in the background. `kept` is the term of the items."""

    def __init__(
        self,
        database: Database,
        provider: LinkProvider,
        photos: PhotoDesk,
        *,
        inbox: Bell,
        kept: timedelta,
    ) -> None:
        self._database = database
        self._provider = provider
        self._photos = photos
        self._inbox = inbox
        self._kept = kept
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, request: LinkRequest) -> None:
        """Begin to read; the event that waits is completed with the outcome."""
        task = asyncio.create_task(self._see_through(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop reading; what was not read is answered as lost."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _see_through(self, request: LinkRequest) -> None:
        try:
            async with self._places:
                with speaking(request.language):
                    outcome = await self._outcome(request)
            await self._database.run(outcome, attempts=3)
        except Exception:
            # The waiting event falls due by itself, and says that the link was lost.
            log.exception("a link could not be read")
        self._inbox.ring()

    async def _outcome(self, request: LinkRequest) -> Outcome:
        """What to store; short, because it runs in a transaction of its own."""
        try:
            product, photo = await self.read(request.url)
        except TimeoutError:
            sentence = told(OutboundError("link_too_slow"))
        except (CatalogError, IntakeError, GarmentError, PersonError) as error:
            sentence = told(error)
        else:
            return lambda uow: self._keep(uow, request, product, photo)
        return lambda uow: self._complete(uow, request, refused=sentence)

    def _keep(self, uow: UnitOfWork, request: LinkRequest, product: Product, photo: CleanPhoto) -> None:
        # Whoever had everything deleted meanwhile waits no more, and nothing is kept.
        talk = uow.conversations.find(request.channel, request.address)
        if talk is None or not self._complete(uow, request):
            return
        known = uow.products.linked(spellings(product.url)) if product.url else None
        if known is None:
            size = (photo.width, photo.height)
            known = uow.items.keep(talk.person_id, product, photo.data, size, self._kept)
            uow.people.note(talk.person_id, "item_kept")
        self._complete(uow, request, product=known)

    def _complete(self, uow: UnitOfWork, request: LinkRequest, **outcome: str) -> bool:
        return uow.inbox.complete(request.channel, request.event_id, request.payload(**outcome))

    # --- reading --------------------------------------------------------------------------------------

    async def read(self, url: str) -> tuple[Product, CleanPhoto]:
        """The product of a page, with the picture to try on.

        Raises CatalogError, TimeoutError, and what cleaning and looking raise.
        """
        async with asyncio.timeout(PATIENCE_S):
            linked = await self._provider.open(url)
            if linked.data is not None:
                photos = [await self._photos.clean(linked.data)]
            else:
                photos = await self._pictures(linked)
        async with asyncio.timeout(LOOKING_S):
            if linked.product is None:
                seen = await self._photos.garment(photos[0].data)
                return item_of(look_of(seen), shop_of(url)), photos[0]
            photo, seen = await self._best(photos, linked.product)
            return _described(linked.product, look_of(seen)), photo

    async def _best(self, photos: list[CleanPhoto], product: Product) -> tuple[CleanPhoto, GarmentSight]:
        """The first picture that shows the piece alone, else the first in which somebody wears it."""
        part = None if product.part is None else Category(product.part)
        worn: tuple[CleanPhoto, GarmentSight] | None = None
        for photo in photos:
            try:
                seen = await self._photos.garment(photo.data, part)
            except (GarmentError, PersonError):
                continue
            if not seen.worn:
                return photo, seen
            worn = worn or (photo, seen)
        if worn is None:
            raise CatalogError(
                "link_no_garment",
                "{title}: none of the pictures on that page shows the piece well enough. Send me a picture of it.",
                title=product.title,
            )
        return worn

    async def _pictures(self, linked: LinkedProduct) -> list[CleanPhoto]:
        """Those of the likeliest pictures that came and can be opened. Raises what went wrong when none did."""
        fetched = await asyncio.gather(*map(self._picture, linked.pictures[:PICTURES]))
        photos = [one for one in fetched if isinstance(one, CleanPhoto)]
        if not photos:
            raise next(one for one in fetched if isinstance(one, Exception))
        return photos

    async def _picture(self, url: str) -> CleanPhoto | CatalogError | IntakeError:
        try:
            return await self._photos.clean(await self._provider.picture(url))
        except (CatalogError, IntakeError) as error:
            return error


def _described(product: Product, look: d.GarmentLook) -> Product:
    """What the page leaves open is told by its picture."""
    known = product.part is not None
    return replace(
        product,
        part=product.part if known else look.part,
        category=product.category if known else look.category,
        color=product.color or look.color,
    )
