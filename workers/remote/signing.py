"""Who may ask a worker to draw: whoever signs the request with the key that both sides know.

Authorization: Fashioncore time=SECONDS, nonce=32 HEX, body=SHA-256 HEX, signature=HMAC-SHA-256 HEX

The signature is over route, time, nonce and the hash of the body, so that a stranger is turned away before the
body is read, and a body that is another one afterwards. A request counts within a minute, and once.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable

SCHEME = "Fashioncore"
WINDOW_S = 60
MIN_KEY_LENGTH = 32

_HEADER = re.compile(
    r"Fashioncore time=(\d{1,12}), nonce=([0-9a-f]{32}), body=([0-9a-f]{64}), signature=([0-9a-f]{64})"
)


def _signature(key: str, route: str, when: str, nonce: str, body: str) -> str:
    text = "\n".join((SCHEME, route, when, nonce, body))
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def authorization(key: str, route: str, body: bytes, now: Callable[[], float] = time.time) -> str:
    """The header for one request; each is used once. `route` is method and path, "POST /v1/renders"."""
    when, nonce, digest = str(int(now())), secrets.token_hex(16), hashlib.sha256(body).hexdigest()
    signature = _signature(key, route, when, nonce, digest)
    return f"{SCHEME} time={when}, nonce={nonce}, body={digest}, signature={signature}"


class Denied(Exception):
    """The request is not let in; `retry_s` when another one, signed then, may be."""

    def __init__(self, reason: str, retry_s: int = 0) -> None:
        super().__init__(reason)
        self.retry_s = retry_s


class Gate:
    """Lets in what is signed, fresh and new. One for a process: what it has seen is in its memory."""

    def __init__(self, key: str, now: Callable[[], float] = time.time) -> None:
        self._key = key
        self._now = now
        self._opened = now()
        self._seen: dict[str, float] = {}
        """Nonces that came, with the time from which on they are too old anyway; oldest first."""

    def admit(self, route: str, header: str) -> str:
        """The SHA-256 that the body must have. Raises Denied."""
        found = _HEADER.fullmatch(header)
        if found is None:
            raise Denied("the request is not signed")
        when, nonce, body, signature = found.groups()
        # First of all, so that nobody without the key learns what we think of the rest.
        if not hmac.compare_digest(signature, _signature(self._key, route, when, nonce, body)):
            raise Denied("the signature is not by our key")
        now = self._now()
        if abs(now - int(when)) > WINDOW_S:
            raise Denied("the clocks of both machines differ by more than a minute, or the request is old")
        if int(when) < int(self._opened):
            # What came before we started is not in our memory: it could be a copy.
            raise Denied("it was signed before this worker started", retry_s=1)
        for old in [seen for seen, until in self._seen.items() if until < now]:
            del self._seen[old]
        if nonce in self._seen:
            raise Denied("the request came before")
        self._seen[nonce] = int(when) + 2 * WINDOW_S
        return body

    @staticmethod
    def is_body(digest: str, body: bytes) -> bool:
        """Whether this is the body that was signed."""
        return hmac.compare_digest(digest, hashlib.sha256(body).hexdigest())
