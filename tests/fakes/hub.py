"""A model hub over TCP on two addresses, as the real one has: its own, which describes files and keeps the small
ones, and another host to which it leads for the large ones. It can break off, lie and refuse.

`python -m tests.fakes.hub FOLDER [PORT]` serves the folders in FOLDER as repository test/model.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

REPOSITORY = "test/model"
COMMIT = "c0ffee00" * 5
LARGE = 2000
"""Bytes from which a file lies on the other host (in git: is kept by LFS)."""

_RESOLVE = re.compile(r"/(?P<repository>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<path>[^?]+)(\?cached=1)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    method: str
    elsewhere: bool
    path: str
    range: str | None
    token: str | None


@dataclass
class FakeHub:
    """What it serves, how it behaves, and what it was asked."""

    files: dict[str, bytes]
    token: str | None = None
    """Asked of everybody, where set."""
    ranges: bool = True
    busy: int = 0
    """So many requests are answered with 503 first."""
    breaks: dict[str, list[int]] = field(default_factory=dict)
    """By file: after how many bytes its next answers break off."""
    stalls: dict[str, int] = field(default_factory=dict)
    """By file: after how many bytes the answer stops, until `go` is set; `stalled` says that one did."""
    stalled: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    lies: dict[str, int] = field(default_factory=dict)
    """By file: how many of its next answers have another first byte."""
    claims: dict[str, int] = field(default_factory=dict)
    """By file: the size that is announced instead of its own."""
    pretends: dict[str, str] = field(default_factory=dict)
    """By file: the digest that is announced instead of its own."""
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    other: str = ""

    def fetched(self, path: str) -> list[Asked]:
        """The requests for the bytes of a large file."""
        return [each for each in self.asked if each.method == "GET" and each.path == path and each.elsewhere]


def _git_name(data: bytes) -> str:
    return hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    hub: FakeHub
    elsewhere: bool

    def do_HEAD(self) -> None:
        self._serve()

    def do_GET(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read `asked`."""

    def _serve(self) -> None:
        hub = self.hub
        match = _RESOLVE.fullmatch(self.path)
        path = match["path"] if match else self.path.removeprefix("/blobs/")
        authorization = self.headers.get("Authorization")
        token = authorization.removeprefix("Bearer ") if authorization else None
        hub.asked.append(Asked(self.command, self.elsewhere, path, self.headers.get("Range"), token))
        if hub.busy:
            hub.busy -= 1
            self._answer(503, {"Retry-After": "7"})
        elif self.elsewhere:
            self._bytes(path)
        elif hub.token is not None and token != hub.token:
            self._answer(403 if token else 401, {"X-Error-Code": "GatedRepo"})
        elif path == f"/api/models/{REPOSITORY}/revision/main":
            told = {"id": REPOSITORY, "sha": COMMIT, "siblings": [{"rfilename": name} for name in hub.files]}
            self._answer(200, {"Content-Type": "application/json"}, json.dumps(told).encode())
        elif match and match["repository"] == REPOSITORY and match["revision"] == COMMIT and path in hub.files:
            self._resolve(path)
        else:
            self._answer(404, {"X-Error-Code": "EntryNotFound"})

    def _resolve(self, path: str) -> None:
        hub, data = self.hub, self.hub.files[path]
        if len(data) < LARGE:
            # As the real one does: small files lie in a cache on the same host.
            if "cached=1" in self.path:
                self._bytes(path)
            else:
                self._answer(307, {"Location": f"{self.path}?cached=1"})
            return
        headers = {
            "Location": f"{hub.other}/blobs/{path}",
            "X-Repo-Commit": COMMIT,
            "X-Linked-Size": str(hub.claims.get(path, len(data))),
            "X-Linked-Etag": f'"{hub.pretends.get(path, hashlib.sha256(data).hexdigest())}"',
        }
        self._answer(302, headers)

    def _bytes(self, path: str) -> None:
        hub, data = self.hub, self.hub.files[path]
        etag = hashlib.sha256(data).hexdigest() if self.elsewhere else _git_name(data)
        headers = {"ETag": f'"{hub.pretends.get(path, etag)}"', "Accept-Ranges": "bytes"}
        code, begin = 200, 0
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        if asked and hub.ranges:
            begin = int(asked[1])
            if begin >= len(data):
                self._answer(416, {"Content-Range": f"bytes */{len(data)}"})
                return
            code = 206
            headers["Content-Range"] = f"bytes {begin}-{len(data) - 1}/{len(data)}"
        body = data[begin:]
        if hub.lies.get(path, 0) and begin == 0 and self.command == "GET":
            hub.lies[path] -= 1
            body = bytes([body[0] ^ 1]) + body[1:]
        breaks = hub.breaks.get(path) if self.command == "GET" else None
        self._answer(code, headers, body, breaks.pop(0) if breaks else None)

    def _answer(
        self, code: int, headers: Mapping[str, str], body: bytes = b"", breaks_after: int | None = None
    ) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        stalls = self.hub.stalls.get(self.path.removeprefix("/blobs/"))
        if stalls is not None and not self.hub.go.is_set():
            self.wfile.write(body[:stalls])
            self.hub.stalled.set()
            self.hub.go.wait()
            self.close_connection = True
            return
        self.wfile.write(body[:breaks_after])
        if breaks_after is not None:
            self.close_connection = True


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("*/*")}


@contextmanager
def fake_hub(files: dict[str, bytes], port: int = 0) -> Iterator[FakeHub]:
    """The server on two ports of 127.0.0.1, until the block ends."""
    hub = FakeHub(files)
    servers = []
    for elsewhere in (False, True):
        handler = type("Handler", (_Handler,), {"hub": hub, "elsewhere": elsewhere})
        server = ThreadingHTTPServer(("127.0.0.1", 0 if elsewhere else port), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
    hub.url, hub.other = (f"http://127.0.0.1:{server.server_address[1]}" for server in servers)
    try:
        yield hub
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


if __name__ == "__main__":
    with fake_hub(files_of(Path(sys.argv[1])), int(sys.argv[2]) if len(sys.argv) > 2 else 0) as serving:
        sys.stdout.write(f"{serving.url}\n")
        sys.stdout.flush()
        threading.Event().wait()
