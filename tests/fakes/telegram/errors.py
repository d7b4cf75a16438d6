"""How the Bot API says no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}
PREFIXES |= {413: "Request Entity Too Large", 429: "Too Many Requests", 500: "Internal Server Error"}
PREFIXES |= {501: "Not Implemented", 502: "Bad Gateway"}


class Refusal(Exception):
    """A request that is answered with `ok: false`.

    `violation` tells what no correct bot ever sends (a text that is too long, an unknown parameter) from what can
    happen to every bot (a person who blocked it, a message that is gone).
    """

    def __init__(
        self,
        code: int,
        reason: str = "",
        *,
        violation: bool = False,
        parameters: Mapping[str, int] | None = None,
    ) -> None:
        prefix = PREFIXES[code]
        self.code = code
        self.description = f"{prefix}: {reason}" if reason else prefix
        self.violation = violation
        self.parameters = dict(parameters or {})
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        """The answer as the bot reads it."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def refused(reason: str) -> Refusal:
    """A 400 that can happen to every bot."""
    return Refusal(400, reason)


def broken(reason: str) -> Refusal:
    """A 400 for what no correct bot sends."""
    return Refusal(400, reason, violation=True)


def too_many(retry_after_s: int) -> Refusal:
    """A 429 that names the seconds to wait."""
    return Refusal(429, f"retry after {retry_after_s}", parameters={"retry_after": retry_after_s})


class ConnectionCut(Exception):
    """The connection is to be closed without an answer."""


class FakeIsWrong(AssertionError):
    """The server itself has answered what the description of the protocol does not allow."""


@dataclass(frozen=True)
class Violation:
    """What a bot has sent against the protocol."""

    method: str
    reason: str

    def __str__(self) -> str:
        return f"{self.method}: {self.reason}"
