"""The one client for addresses that strangers choose: it reaches the public internet, and nothing else.

`httpx-secure` looks up a name once, refuses addresses that are not public, and connects to the very address that
it looked at, so a name that changes between the two gains nothing; each redirect passes the same door. Around
that: http and https on their own ports, few redirects, and bounds on time and on bytes, counted after
decompression. Nothing of ours is sent along: no cookies, no proxy and no credentials from the environment.
"""

from __future__ import annotations

import asyncio
import codecs
import socket
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from types import TracebackType
from typing import IO, Self

import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection

from catalog.errors import CatalogError

USER_AGENT = "Mozilla/5.0 (compatible; fashionCORE/0.1; one page, because a person sent its link)"
"""Our name, in the form that shops' servers expect of a link preview."""

MAX_URL = 2000
"""Characters; browsers and servers agree on little more."""

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_EMBEDDED = tuple(
    IPv6Network(network)
    for network in ("::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
"""IPv6 addresses that stand for an IPv4 address, which may be anybody's."""


class OutboundError(CatalogError):
    """What was asked for did not come. `code` is one of `SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code, SENTENCES[code])


_PICTURE_INSTEAD = "Send me a picture of the piece instead, a screenshot will do."
SENTENCES = {
    # One sentence for what is away and for what is not ours to reach: nobody learns what runs where.
    "link_unreachable": f"I could not reach that page. Please check the link. {_PICTURE_INSTEAD}",
    "link_too_slow": f"That page took too long to answer. {_PICTURE_INSTEAD}",
    "link_gone": "That page does not exist (any more). Please check the link.",
    "link_closed": f"That shop does not let me read its pages. {_PICTURE_INSTEAD}",
    "link_too_large": f"That page is too large for me to read. {_PICTURE_INSTEAD}",
    "link_not_a_page": f"That link leads to a file that I cannot read. {_PICTURE_INSTEAD}",
}
"""Every code an `OutboundError` has, with what the person reads."""

_CLOSED = frozenset({401, 402, 403, 405, 406, 407, 429, 451, 503})
_GONE = frozenset({404, 410})
_SEND_AGAIN = frozenset({307, 308})


@dataclass(frozen=True, slots=True)
class OutboundLimits:
    """`answer_s` from connecting to the last byte, redirects included; `silence_s` between two bytes, where that
    is less; sizes in bytes as they are read.
    """

    answer_s: float = 5.0
    silence_s: float | None = None
    max_redirects: int = 3
    ports: Mapping[str, frozenset[int]] = field(
        default_factory=lambda: {"http": frozenset({80}), "https": frozenset({443})}
    )


@dataclass(frozen=True, slots=True)
class Fetched:
    """`url` is where the redirects ended; `kind` the media type without parameters; `charset` as declared."""

    url: str
    kind: str
    charset: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """What a server calls the file that it sent, to ask later whether there is another."""

    etag: str | None = None
    last_modified: str | None = None


def public(address: Address) -> bool:
    """Whether an address is one of the public internet's, spelled as itself."""
    if isinstance(address, IPv6Address) and (
        address.is_site_local or any(address in network for network in _EMBEDDED)
    ):
        return False
    return address.is_global and not address.is_multicast


class OutboundClient:
    """Fetches one address at a time. Close it when done.

    `agent` is how it names itself. `also` names networks that may be reached besides the public internet: for
    tests, which serve their pages themselves. No setting leads there.
    """

    def __init__(
        self, limits: OutboundLimits | None = None, also: tuple[Network, ...] = (), *, agent: str = USER_AGENT
    ) -> None:
        self._limits = limits or OutboundLimits()
        self._also = also
        self._client = httpx_ssrf_protection(
            httpx.AsyncClient(
                headers={"User-Agent": agent, "Accept-Encoding": "gzip", "Accept-Language": "en, *;q=0.5"},
                timeout=self._limits.silence_s or self._limits.answer_s,
                trust_env=False,
                follow_redirects=False,
                # No connection outlives its answer: the next one is looked at afresh.
                limits=httpx.Limits(max_connections=16, max_keepalive_connections=0),
            ),
            check_globally_reachable=False,
            custom_validator=lambda _host, address, _port: self._allowed(address),
            dns_cache_ttl=0.0,
        )

    async def get(self, url: str, kinds: Mapping[str, int]) -> Fetched:
        """What is there, when it is of one of `kinds`: media types or beginnings of them ("image/") with the
        most bytes to read.

        Raises OutboundError.
        """
        async with self._answer(url, {"Accept": ", ".join(map(_accepted, kinds))}) as answer:
            return await _read(answer, kinds)

    async def post(self, url: str, kinds: Mapping[str, int], body: bytes) -> Fetched:
        """What comes back for a JSON text, which is sent on only where a redirect says to send it again.

        Raises OutboundError.
        """
        headers = {"Accept": ", ".join(map(_accepted, kinds)), "Content-Type": "application/json"}
        async with self._answer(url, headers, body) as answer:
            return await _read(answer, kinds)

    async def download(self, url: str, to: IO[bytes], most: int, known: Version) -> Version | None:
        """Write what is there, of any kind, as it comes: packed when it is sent packed. None when it is still the
        `known` version.

        Raises OutboundError.
        """
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        headers = {"Accept": "*/*", **{name: value for name, value in asked.items() if value}}
        async with self._answer(url, headers) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return None
            _check_status(answer)
            size = 0
            async for chunk in answer.aiter_raw():
                size += len(chunk)
                if size > most:
                    raise OutboundError("link_too_large")
                to.write(chunk)
            return Version(answer.headers.get("etag"), answer.headers.get("last-modified"))

    @asynccontextmanager
    async def _answer(
        self, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> AsyncIterator[httpx.Response]:
        """The answer at the end of the redirects, to be read within the block. Raises OutboundError."""
        try:
            async with asyncio.timeout(self._limits.answer_s), self._followed(url, headers, body) as answer:
                yield answer
        except (TimeoutError, httpx.TimeoutException) as error:
            raise OutboundError("link_too_slow") from error
        except SSRFProtectionError as error:
            raise OutboundError("link_unreachable") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, zlib.error) as error:
            # ValueError: names that cannot be encoded.
            raise OutboundError("link_unreachable") from error

    @asynccontextmanager
    async def _followed(
        self, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> AsyncIterator[httpx.Response]:
        method = "GET" if body is None else "POST"
        for _ in range(self._limits.max_redirects + 1):
            target = httpx.URL(url)
            await self._check(target)
            # A fragment and a password in the address are nobody's business but the sender's.
            clean = target.copy_with(fragment=None, userinfo=b"")
            self._client.cookies.clear()
            async with self._client.stream(method, clean, headers=headers, content=body) as it:
                if not it.has_redirect_location:
                    yield it
                    return
                if body is not None and it.status_code not in _SEND_AGAIN:
                    raise OutboundError("link_unreachable")
                url = str(clean.join(it.headers["location"]))
        raise OutboundError("link_unreachable")

    async def _check(self, url: httpx.URL) -> None:
        """Scheme, port and addresses. The addresses are looked at again when the connection is made; here it is
        only so that not even a greeting is sent to a machine inside.
        """
        ports = self._limits.ports.get(url.scheme, frozenset())
        port = url.port or {"http": 80, "https": 443}.get(url.scheme)
        if port not in ports or not url.host or len(str(url)) > MAX_URL:
            raise OutboundError("link_unreachable")
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        if not found or not all(self._allowed(ip_address(address[4][0])) for address in found):
            raise OutboundError("link_unreachable")

    def _allowed(self, address: Address) -> bool:
        return public(address) or any(address in network for network in self._also)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def read_body(answer: httpx.Response, most: int) -> bytes:
    """The body of a streamed answer, at most `most` bytes after unpacking. Raises OutboundError."""
    packed = answer.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip"):
        raise OutboundError("link_unreachable")
    unpack = None if packed == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = bytearray()
    # Not httpx's own decoding: it unpacks all of a chunk at once, and that of one may be gigabytes.
    async for chunk in answer.aiter_raw():
        data += chunk if unpack is None else unpack.decompress(chunk, most + 1 - len(data))
        if len(data) > most:
            raise OutboundError("link_too_large")
    return bytes(data)


def _accepted(kind: str) -> str:
    return f"{kind}*" if kind.endswith("/") else kind


def _check_status(answer: httpx.Response) -> None:
    if answer.status_code in _GONE:
        raise OutboundError("link_gone")
    if answer.status_code in _CLOSED:
        raise OutboundError("link_closed")
    if answer.status_code != httpx.codes.OK:
        raise OutboundError("link_unreachable")


async def _read(answer: httpx.Response, kinds: Mapping[str, int]) -> Fetched:
    _check_status(answer)
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    most = next((most for begin, most in kinds.items() if kind == begin or _begins(kind, begin)), None)
    if most is None:
        raise OutboundError("link_not_a_page")
    data = await read_body(answer, most)
    return Fetched(str(answer.url), kind, _known_charset(answer.charset_encoding), data)


def _begins(kind: str, begin: str) -> bool:
    return begin.endswith("/") and kind.startswith(begin)


def _known_charset(name: str | None) -> str | None:
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None
