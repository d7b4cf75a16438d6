"""What a stranger names is fetched from the public internet or not at all, and never too much of it."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import pytest

from catalog.outbound import Fetched, OutboundClient, OutboundError, OutboundLimits, public
from tests.pages import Answer, Shop, Write, answer, redirect, shop

PAGES = {"text/html": 100_000}
INSIDE = "The secret of the machine inside."

# Hosts that mean this machine, written as whoever wants to get in writes them.
LOOPBACK = [
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "017700000001",
    "0177.0.0.1", "0", "0.0.0.0", "localhost",  # noqa: S104  # an address to refuse
    "LOCALHOST", "localhost.", "①②⑦.0.0.1", "127。0。0。1", "[::1]",
    "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
]  # fmt: skip
INTERNAL = [
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[fd00::1]",
    "[fe80::1]", "[fec0::1]", "[ff02::1]", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "[2001:0:1::1]",
    "[64:ff9b:1::a00:1]",
]  # fmt: skip


def fetch(
    client_of: Callable[[Shop], OutboundClient], path_or_url: str, answers: dict[str, Answer]
) -> tuple[Any, Shop]:
    """What the client gets, or the code of its refusal; and the shop that was (not) asked."""

    async def run() -> tuple[Any, Shop]:
        async with shop(answers) as opened, client_of(opened) as client:
            url = path_or_url.replace("PORT", str(opened.port))
            try:
                return await client.get(url if "://" in url else opened.url + url, PAGES), opened
            except OutboundError as error:
                return error.code, opened

    return asyncio.run(run())


def as_in_production(opened: Shop) -> OutboundClient:
    """Nothing but the public internet; the test's port is let through, so that only the address can be refused."""
    return OutboundClient(opened.limits())


def for_tests(opened: Shop) -> OutboundClient:
    return opened.client()


# --- addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", LOOPBACK)
def test_this_machine_is_not_reached_however_it_is_written(host: str) -> None:
    got, opened = fetch(as_in_production, f"http://{host}:PORT/", {"/": answer(INSIDE)})
    assert got == "link_unreachable"
    assert opened.asked == []


@pytest.mark.parametrize("host", INTERNAL)
def test_networks_inside_are_not_reached(host: str) -> None:
    started = time.monotonic()
    got, _ = fetch(as_in_production, f"http://{host}:PORT/", {})
    assert got == "link_unreachable"
    assert time.monotonic() - started < 2, "it was refused, not waited for"


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert public(ip_address(address))


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.2:PORT/in", "http://[::1]:PORT/in", "http://169.254.169.254:PORT/", "//10.0.0.1:PORT/",
     "file:///etc/passwd", "gopher://127.0.0.1:PORT/", "http://127.0.0.1:22/", "ftp://127.0.0.1/", "javascript:1"],
)  # fmt: skip
def test_a_redirect_inside_is_not_followed(location: str) -> None:
    async def run() -> tuple[str, list[str]]:
        answers: dict[str, Answer] = {"/in": answer(INSIDE)}
        async with shop(answers) as opened, opened.client() as client:
            answers["/"] = redirect(location.replace("PORT", str(opened.port)))
            with pytest.raises(OutboundError) as refused:
                await client.get(f"{opened.url}/", PAGES)
            return refused.value.code, opened.asked

    code, asked = asyncio.run(run())
    assert code == "link_unreachable"
    assert len(asked) == 1, "only the first page was asked for"


def test_redirects_are_followed_while_they_are_few() -> None:
    answers: dict[str, Answer] = {f"/{n}": redirect(f"/{n + 1}") for n in range(9)}
    answers["/3"] = answer("here")
    got, opened = fetch(for_tests, "/0", answers)
    assert isinstance(got, Fetched)
    assert (got.url, got.data) == (f"{opened.url}/3", b"here")
    del answers["/3"]
    answers["/3"] = redirect("/4")
    assert fetch(for_tests, "/0", answers)[0] == "link_unreachable"


@pytest.mark.parametrize(
    ("status", "got"), [("302 Found", "link_unreachable"), ("307 Temporary Redirect", b'{"ok": true}')]
)
def test_what_is_sent_is_sent_on_only_where_that_is_meant(status: str, got: bytes | str) -> None:
    async def run() -> tuple[bytes | str, Shop]:
        answers: dict[str, Answer] = {
            "/": answer("", status=status, Location="/there"),
            "/there": answer('{"ok": true}', "application/json"),
        }
        async with shop(answers) as opened, opened.client() as client:
            try:
                return (await client.post(f"{opened.url}/", {"application/json": 100}, b"{}")).data, opened
            except OutboundError as error:
                return error.code, opened

    found, opened = asyncio.run(run())
    assert found == got
    assert all(head.startswith("POST ") for head in opened.asked)


def test_nothing_is_sent_to_a_machine_inside() -> None:
    async def run() -> Shop:
        async with shop({"/": answer("{}", "application/json")}) as opened:
            async with as_in_production(opened) as client:
                with pytest.raises(OutboundError, match="link_unreachable"):
                    await client.post(f"{opened.url}/", {"application/json": 100}, b"{}")
            return opened

    assert asyncio.run(run()).asked == []


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:22/", "http://127.0.0.1:6379/", "https://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/",
     "file:///etc/passwd", "data:text/html,x", "http://", "http:///x", "http://127.0.0.1:PORT" + "/x" * 1500,
     "http://127.0.0.1:99999/", "http://[/", "http://a..b/", "http://" + "a" * 64 + ".example/", "http://\x00/"],
)  # fmt: skip
def test_other_schemes_ports_and_nonsense_are_refused(url: str) -> None:
    assert fetch(for_tests, url, {"/": answer("x")})[0] == "link_unreachable"


def test_a_name_that_points_elsewhere_after_the_check_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def resolve(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        looked_up.append(str(host))
        address = "93.184.215.14" if len(looked_up) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, int(port)))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    got, opened = fetch(as_in_production, "http://rebinding.example:PORT/", {"/": answer(INSIDE)})
    assert got == "link_unreachable"
    assert len(looked_up) >= 2, "the name was looked up again for the connection"
    assert opened.asked == []


def test_one_address_inside_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(_host: Any, port: Any, *_: Any, **__: Any) -> Any:
        family = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*family, ("93.184.215.14", int(port))), (*family, ("127.0.0.1", int(port)))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    got, opened = fetch(as_in_production, "http://both.example:PORT/", {"/": answer(INSIDE)})
    assert got == "link_unreachable"
    assert opened.asked == []


def test_no_proxy_and_no_credentials_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    got, opened = fetch(for_tests, "http://someone:secret@127.0.0.1:PORT/", {"/": answer("x", Set_Cookie="a=b")})
    assert isinstance(got, Fetched)
    head = opened.asked[0].lower()
    assert "authorization" not in head
    assert "cookie" not in head
    assert "fashioncore" in head, "we say who we are"


def test_the_program_reaches_ports_80_and_443_only() -> None:
    assert OutboundLimits().ports == {"http": {80}, "https": {443}}


# --- bodies ----------------------------------------------------------------------------------------


async def _head(write: Write, **headers: str) -> None:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", *(f"{k}: {v}" for k, v in headers.items())]
    await write("\r\n".join(lines).encode() + b"\r\n\r\n")


async def endless(write: Write) -> None:
    await _head(write)
    while True:
        await write(b"x" * 65536)


async def a_byte_at_a_time(write: Write) -> None:
    await _head(write)
    while True:
        await write(b"x")
        await asyncio.sleep(0.05)


async def never(_write: Write) -> None:
    await asyncio.sleep(60)


async def endless_head(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\n")
    while True:
        await write(b"X-More: " + b"x" * 4096 + b"\r\n")


async def cut_off(write: Write) -> None:
    await write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\nhalf")


def bomb(layers: int = 1) -> bytes:
    data = b"x" * 200_000_000
    for _ in range(layers):
        data = gzip.compress(data, 1)
    return data


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (answer(b"x" * 100_001), "link_too_large"),
        (endless, "link_too_large"),
        (a_byte_at_a_time, "link_too_slow"),
        (never, "link_too_slow"),
        (endless_head, "link_unreachable"),
        (cut_off, "link_unreachable"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "link_unreachable"),
        (b"", "link_unreachable"),
        (answer("x", "application/pdf"), "link_not_a_page"),
        (answer("x", "image/png"), "link_not_a_page"),
        (answer("", status="404 Not Found"), "link_gone"),
        (answer("", status="403 Forbidden"), "link_closed"),
        (answer("", status="429 Too Many Requests"), "link_closed"),
        (answer("", status="500 Internal Server Error"), "link_unreachable"),
        (answer(b"not gzip", Content_Encoding="gzip"), "link_unreachable"),
        (answer(b"x", Content_Encoding="gzip, gzip"), "link_unreachable"),
        (answer(b"x", Content_Encoding="br"), "link_unreachable"),
    ],
)
def test_what_is_too_much_too_slow_or_not_a_page_is_refused(body: Answer, code: str) -> None:
    got, _ = fetch(lambda opened: opened.client(answer_s=1.0), "/", {"/": body})
    assert got == code


def test_a_page_that_unpacks_to_gigabytes_is_noticed_before_it_does() -> None:
    packed = bomb()
    assert len(packed) < 1_000_000
    started = time.monotonic()
    got, _ = fetch(for_tests, "/", {"/": answer(packed, Content_Encoding="gzip")})
    assert got == "link_too_large"
    assert time.monotonic() - started < 1.0


def test_a_compressed_page_is_read() -> None:
    got, _ = fetch(
        for_tests,
        "/",
        {
            "/": answer(
                gzip.compress("Größe".encode("latin-1")), "text/html; charset=latin-1", Content_Encoding="gzip"
            )
        },
    )
    assert isinstance(got, Fetched)
    assert got.data.decode(got.charset or "") == "Größe"
