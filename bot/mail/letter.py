"""What mail is made of: an order comes in, a letter goes out. Who sends it and when is not known here."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from storage.mailing import Kind
from storage.told import Told


@dataclass(frozen=True)
class Attached:
    """A picture that goes with a letter; its HTML names it `cid:` and this id. `type` is its media type."""

    cid: str
    data: bytes
    type: str = "image/jpeg"

    @cached_property
    def encoded(self) -> bytes:
        """In base64 and lines, as mail carries it; worked out once for all letters that have it."""
        return encodebytes(self.data).replace(b"\n", b"\r\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole mail but for its addresses and headers. The subject is one line without control characters."""

    subject: str
    text: str
    html: str
    pictures: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Which letter is wanted, and for whom. `language` is one of `language.LANGUAGES`.

    digest: what came since `since`; with a payload {"product": id, "was": [minor, currency] or None} the news
    of one price. confirm: {"link": address, "when": how often, in words, or ""}. ready: {"job": id}.
    sign_in: {"code": code, "minutes": number}. items: {"products": [ids]} or {"job": id}.
    `stop` is the address that ends the subscription, and `change` the one where it is changed; "" where there is
    none.
    """

    kind: Kind
    person_id: UUID
    language: str
    now: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)
    since: datetime | None = None
    stop: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, and what the person knows once it is sent: `uow.told.keep` takes it in the transaction that marks
    the mail as sent. An order that is written again before that becomes the same letter.
    """

    letter: Letter
    told: tuple[Told, ...] = ()
