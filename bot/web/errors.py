"""Errors of the web API: a status, a stable code, and a sentence for the person."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse


class ApiError(Exception):
    """Becomes `{"error": {"code", "message"}}` with the status."""

    def __init__(self, status: int, code: str, message: str, retry_after_s: int | None = None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.message = message
        self.retry_after_s = retry_after_s


def too_large() -> ApiError:
    """The body is over the limit."""
    return ApiError(413, "too_large", "That file is larger than 20 MB. Please send a smaller photo.")


def unavailable() -> ApiError:
    """The database is away."""
    return ApiError(503, "unavailable", "We are back in a moment. Your message will be sent again.", 2)


def not_found() -> ApiError:
    """There is no such thing, or it is not yours: the same answer for both."""
    return ApiError(404, "not_found", "That is not here (any more).")


def invalid(message: str) -> ApiError:
    """The request does not follow the protocol."""
    return ApiError(422, "invalid", message)


async def answer(_request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler for ApiError."""
    if not isinstance(error, ApiError):
        raise error
    headers = {} if error.retry_after_s is None else {"Retry-After": str(error.retry_after_s)}
    body = {"error": {"code": error.code, "message": error.message}}
    return JSONResponse(body, error.status, headers)
