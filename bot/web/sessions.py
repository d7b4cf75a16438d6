"""One browser, one identity: a random token in a cookie, of which the database keeps only the hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "fashioncore"
_YEAR_S = 365 * 24 * 3600
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """`address` names the conversation; `token` is set when the browser has yet to be given it."""

    address: str
    token: str | None = None


def address_of(token: str) -> str:
    """The hash that stands for the token in the database. The token has 256 random bits: no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def session_of(request: Request) -> Session | None:
    """The browser's session, or None when it brings no token of ours."""
    token = request.cookies.get(COOKIE, "")
    return Session(address_of(token)) if 32 <= len(token) <= 128 else None


def new_session() -> Session:
    """A session for a browser that was never here."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    return Session(address_of(token), token)


def give_cookie(response: Response, session: Session, *, secure: bool) -> None:
    """Hand the token to the browser, once."""
    if session.token is not None:
        response.set_cookie(
            COOKIE, session.token, max_age=_YEAR_S, httponly=True, samesite="lax", secure=secure, path="/"
        )
