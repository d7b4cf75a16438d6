"""The way to a shop from messages and mails: counted for the shop, without whom, and on to its own page."""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.shop_links import PATH, signed
from bot.web.errors import not_found, unavailable
from storage.errors import MediaUnavailable
from storage.tallies import count
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class ShopDoor:
    """The route under /shop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def routes(self) -> list[Route]:
        """For the application."""
        return [Route(f"{PATH}/{{signature}}", self.go, methods=["GET"])]

    async def go(self, request: Request) -> Response:
        """To the shop, if we made this link."""
        shop, url = request.query_params.get("shop", ""), request.query_params.get("to", "")
        signature = request.path_params["signature"]
        try:
            ours = await self._database.run(lambda uow: signed(uow, shop, url, signature), attempts=6)
        except (*CONNECTION_LOST, MediaUnavailable) as error:
            raise unavailable() from error
        if not ours:
            raise not_found()
        if _somebody_goes(request):
            await self._count(shop)
        return RedirectResponse(url, 302, headers=_HEADERS)

    async def _count(self, shop: str) -> None:
        def work(uow: UnitOfWork) -> None:
            count(uow.session, "click", shop)

        try:
            await self._database.run(work)
        except CONNECTION_LOST:
            log.warning("a click was not counted: the database is away")


def _somebody_goes(request: Request) -> bool:
    """Whether a browser says that it shows this to a person: what looks at links in mails and chats does not."""
    headers = request.headers
    ahead = "prefetch" in headers.get("sec-purpose", headers.get("purpose", ""))
    navigates = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
    return request.method == "GET" and navigates and not ahead
