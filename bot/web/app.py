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

from bot.shop_settings import PROFILE_PATH
from bot.web import openapi
from bot.web.chat import Chat
from bot.web.errors import ApiError, answer, refused
from bot.web.guards import Guards
from catalog.ucp import PROFILE, PROFILE_HEADERS
from storage.health import health_routes
from storage.hints import Hints
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

    return Starlette(
        routes=[
            *health_routes(database, hints),
            Route(PROFILE_PATH, profile),
            openapi.route(),
            *chat.routes(),
            *more,
            Mount("/", StaticFiles(directory=STATIC, html=True)),
        ],
        middleware=[Middleware(Guards, pictures_from)],
        exception_handlers={ApiError: answer, HTTPException: refused},
        lifespan=lifespan,
    )
