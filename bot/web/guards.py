"""ASGI middleware around everything: a limit on bodies, and headers that keep browsers honest."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import too_large

JSON_LIMIT = 64 * 1024
PHOTO_LIMIT = 20 * 1024 * 1024
_FORM_SLACK = 16 * 1024

SECURITY_HEADERS = {
    # The page asks each time whether it changed; what never changes says so itself.
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}


def content_policy(pictures_from: Sequence[str] = ()) -> str:
    """What the page may load; pictures also from these origins: shops' own, and the bucket of signed links."""
    pictures = " ".join(["'self'", "blob:", "data:", *pictures_from])
    return (
        f"default-src 'self'; img-src {pictures}; object-src 'none'; base-uri 'none';"
        " frame-ancestors 'none'; form-action 'self'"
    )


class Guards:
    """Counts bodies while they come in (a declared length may lie) and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, pictures_from: Sequence[str] = ()) -> None:
        self._app = app
        self._headers = {"Content-Security-Policy": content_policy(pictures_from), **SECURITY_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = PHOTO_LIMIT + _FORM_SLACK if scope["path"] == "/api/photos" else JSON_LIMIT
        declared = Headers(scope=scope).get("content-length", "0")
        taken, answering = 0, False

        async def counted() -> Message:
            nonlocal taken
            if declared.isdecimal() and int(declared) > limit:
                return refused()
            message = await receive()
            taken += len(message.get("body", b""))
            return refused() if taken > limit else message

        def refused() -> Message:
            if answering:
                # Too late for a status: who listens to the stream and talks without end is not listened to.
                return {"type": "http.disconnect"}
            raise too_large()

        async def guarded(message: Message) -> None:
            nonlocal answering
            answering = True
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, counted, guarded)
