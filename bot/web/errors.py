"""Errors of the web API: a status, a stable code, and a sentence for the person."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.dialogue.language import N_, Text, speaking
from bot.web.languages import accepted


class ApiError(Exception):
    """Becomes `{"error": {"code", "message"}}` with the status."""

    def __init__(self, status: int, code: str, message: str | Text, retry_after_s: int | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.message = message
        self.retry_after_s = retry_after_s


def too_large() -> ApiError:
    """The body is over the limit."""
    return ApiError(413, "too_large", N_("That is too large. Please send a picture of less than 20 MB."))


def unavailable() -> ApiError:
    """The database is away."""
    return ApiError(503, "unavailable", N_("We are back in a moment. Your message will be sent again."), 2)


def not_found() -> ApiError:
    """There is no such thing, or it is not yours: the same answer for both."""
    return ApiError(404, "not_found", N_("That is not here (any more)."))


def invalid(message: str | Text) -> ApiError:
    """The request does not follow the protocol; what only a programmer reads is a plain string."""
    return ApiError(422, "invalid", message)


async def answer(request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler for ApiError."""
    if not isinstance(error, ApiError):
        raise error
    headers = {} if error.retry_after_s is None else {"Retry-After": str(error.retry_after_s)}
    with speaking(accepted(request)):
        body = {"error": {"code": error.code, "message": str(error.message)}}
    return JSONResponse(body, error.status, headers)


async def refused(request: Request, error: Exception) -> Response:
    """Starlette's handler for what it refuses itself: no such route or method, a form that is none."""
    if not isinstance(error, HTTPException):
        raise error
    if not request.url.path.startswith("/api/"):
        return PlainTextResponse(error.detail, error.status_code, headers=error.headers)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "invalid")
    body = {"error": {"code": code, "message": error.detail}}
    return JSONResponse(body, error.status_code, headers=error.headers)
