"""Logging for every process: one line an entry, for people or as JSON, secrets taken out at the root."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from storage import trail

_REDACTED = "[redacted]"
_MAX_FILE_BYTES = 4 * 2**20
_TELEGRAM_TOKEN = re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{30,}\b")
"""A bot token as it stands in Bot API URLs, known or not."""


class Redactor(logging.Formatter):
    """Formats a record, traceback included, and removes every known secret from the text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        words = {word for secret in secrets for word in _parts(secret) if len(word) >= 6}
        self._secrets = sorted(words, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """One entry without secrets. Longer secrets go first, so that none survives as a part of another."""
        return self.redacted(super().format(record))

    def redacted(self, text: str) -> str:
        """The text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, _REDACTED)
        return _TELEGRAM_TOKEN.sub(_REDACTED, text)


class JsonRedactor(Redactor):
    """The same as one JSON object a line: `trail` leads from an event to the message that answers it."""

    def format(self, record: logging.LogRecord) -> str:
        """One entry without secrets. They go before JSON escapes what is in them."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.redacted(record.getMessage()),
        }
        if (followed := trail.current()) is not None:
            entry["trail"] = followed
        facts = getattr(record, "facts", {})
        entry |= {name: self.redacted(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        if record.exc_info:
            entry["error"] = self.redacted(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def configure_logging(
    secrets: Iterable[SecretStr], level: int = logging.INFO, file: Path | None = None, *, as_json: bool = False
) -> None:
    """Log to standard error, or to this file. Call once, before anything else is built."""
    redactor = (JsonRedactor if as_json else Redactor)(secret.get_secret_value() for secret in secrets)
    handler: logging.Handler
    if file is not None:
        handler = RotatingFileHandler(file, maxBytes=_MAX_FILE_BYTES, backupCount=1, errors="replace")
    else:
        # A copy of standard error: while the landmark models load, it leads nowhere to keep their C++ side quiet,
        # and an entry of another thread would be lost.
        handler = logging.StreamHandler(os.fdopen(os.dup(sys.stderr.fileno()), "w", buffering=1, errors="replace"))
    handler.setFormatter(redactor)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # arq logs each wake-up, httpx each URL with the token in it, uvicorn its start: nothing an operator needs.
    # Each step of each message is for programs that read along, not for a person at a terminal.
    for chatty in ("arq", "httpx", "uvicorn", "alembic", *(() if as_json else (trail.log.name,))):
        logging.getLogger(chatty).setLevel(logging.WARNING)

    def uncaught(kind: type[BaseException], error: BaseException, trace: object) -> None:
        del trace
        lines = "".join(traceback.format_exception(kind, error, error.__traceback__))
        root.critical("stopped by an error\n%s", lines)

    sys.excepthook = uncaught


def _parts(secret: str) -> list[str]:
    """A secret and, of a URL, its password, which drivers print alone."""
    password = urlsplit(secret).password if "://" in secret else None
    return [secret, password] if password else [secret]
