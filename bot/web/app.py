"""The ASGI application: the chat's API, the page, and health."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from bot.shop_settings import PROFILE_PATH
from bot.web import openapi
from bot.web.chat import Chat
from bot.web.errors import ApiError, answer, refused
from bot.web.guards import Guards
from catalog.ucp import PROFILE, PROFILE_HEADERS
from storage.health import health_routes
from storage.hints import Hints
from storage.scraping import Measured
from storage.unit_of_work import Database

STATIC = Path(__file__).parent / "static"


def build_app(  # noqa: PLR0917  # what an application needs, plainly
    chat: Chat,
    database: Database,
    hints: Hints,
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]],
    pictures_from: Sequence[str] = (),
    more: Sequence[Route] = (),
) -> Starlette:
    """The application; `lifespan` runs what must run beside it. Pictures come `pictures_from` origins, too; `more`
    are further routes.
    """

    async def profile(_request: Request) -> Response:
        return JSONResponse(PROFILE, headers=PROFILE_HEADERS)

    routes = [
        *health_routes(database, hints),
        Route(PROFILE_PATH, profile),
        openapi.route(),
        *chat.routes(),
        *more,
    ]
    return Starlette(
        routes=[
            *routes,
            *_other_methods(routes),
            Mount("/", StaticFiles(directory=STATIC, html=True)),
        ],
        middleware=[Middleware(Measured, routes), Middleware(Guards, pictures_from)],
        exception_handlers={ApiError: answer, HTTPException: refused},
        lifespan=lifespan,
    )


def _other_methods(routes: Sequence[Route]) -> list[Route]:
    """What nothing else does at these paths, or the page would answer, and say what can be done to files."""
    known: dict[str, set[str]] = {}
    for route in routes:
        known.setdefault(route.path, set()).update(route.methods or ())
    return [Route(path, _Refuses(", ".join(sorted(methods)))) for path, methods in known.items()]


class _Refuses:
    """An endpoint for every method, which says which ones there are."""

    def __init__(self, allowed: str) -> None:
        self._headers = {"Allow": allowed}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        del scope, receive, send
        raise HTTPException(405, headers=self._headers)
