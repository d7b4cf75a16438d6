"""Fetches files from a server that speaks like the Hugging Face Hub, and goes on where it broke off.

huggingface_hub itself is not used: its version 2 begins a file again when its process ended in the middle of it,
compares no checksum and only warns of a full disk. What is needed of its protocol are three requests: the list of
files, a HEAD which says size and digest of each, and a GET with a range.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from urllib.parse import quote

import httpx

from bot.weights.errors import WeightsError
from bot.weights.sources import Listing, SourceFile, Told

HUGGING_FACE = "https://huggingface.co"

_TIMEOUT = httpx.Timeout(30.0, connect=15.0)
"""A server that says nothing for so long has lost us: we come again."""

_PAUSES_S = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Between tries that brought nothing; as soon as one brings a byte they begin anew."""

_FIRST_PAUSES_S = (1.0, 2.0)
"""For the first words with a server, which may be none at all."""

_LONGEST_PAUSE_S = 120.0
"""Of those that a server asks for (Retry-After)."""

_DIGEST = re.compile(r'(?:W/)?"?([0-9a-f]{40}|[0-9a-f]{64})"?')
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


_Done = TypeVar("_Done")


class _Later(Exception):
    """It may succeed when tried again."""

    def __init__(self, reason: str, pause_s: float | None = None) -> None:
        self.pause_s = pause_s
        super().__init__(reason)


class Hub:
    """One repository on one server."""

    def __init__(
        self,
        repository: str,
        revision: str = "main",
        endpoint: str = HUGGING_FACE,
        token: str | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._repository, self._revision = repository, revision
        self._endpoint = endpoint.rstrip("/")
        self._token = token
        self._wait = wait
        # The size and the digest are those of the bytes as they are: nothing may be packed on the way. Towards
        # another host httpx leaves the token out.
        headers = {"Accept-Encoding": "identity", "User-Agent": "fashioncore"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.Client(headers=headers, timeout=_TIMEOUT)

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    @property
    def name(self) -> str:
        """The repository's address."""
        return f"{self._endpoint}/{self._repository}"

    def list(self) -> Listing:
        """All files of the revision, with the commit that it stands for now."""
        return self._persist(self._list, _FIRST_PAUSES_S)

    def _list(self) -> Listing:
        url = f"{self._endpoint}/api/models/{self._repository}/revision/{quote(self._revision, safe='')}"
        answer = self._client.get(url, follow_redirects=True)
        self._check(answer)
        try:
            told: dict[str, Any] = answer.json()
            return Listing(str(told["sha"]), [str(each["rfilename"]) for each in told["siblings"]])
        except (ValueError, LookupError, TypeError) as error:
            raise self._no_hub() from error

    def describe(self, revision: str, path: str) -> SourceFile:
        """Size and digest as the hub's own headers say them, or its HTTP ones for small files."""
        return self._persist(lambda: self._describe(revision, path), _FIRST_PAUSES_S)

    def _describe(self, revision: str, path: str) -> SourceFile:
        url = self._address(revision, path)
        answer = self._client.head(url)
        # Large files lie elsewhere: the hub describes them in the answer that leads there.
        if "X-Linked-Etag" not in answer.headers:
            if answer.is_redirect:
                answer = self._client.head(url, follow_redirects=True)
            self._check(answer)
        headers = answer.headers
        digest = _DIGEST.fullmatch(headers.get("X-Linked-Etag") or headers.get("ETag") or "")
        size = headers.get("X-Linked-Size") or ("" if answer.is_redirect else headers.get("Content-Length", ""))
        if digest is None or not size.isdecimal():
            raise self._no_hub()
        return SourceFile(path, int(size), digest[1])

    def fetch(self, revision: str, file: SourceFile, part: Path, told: Told) -> None:
        """Append to `part` what it lacks. Tries again as long as tries bring something."""
        with part.open("ab") as out:
            if out.tell() > file.size:
                out.truncate(0)
            self._persist(lambda: self._append(revision, file, out, told), _PAUSES_S, out.tell)

    def _append(self, revision: str, file: SourceFile, out: BinaryIO, told: Told) -> None:
        begin = out.seek(0, 2)
        if begin == file.size:
            return
        headers = {"Range": f"bytes={begin}-"} if begin else {}
        url = self._address(revision, file.path)
        with self._client.stream("GET", url, headers=headers, follow_redirects=True) as answer:
            if answer.status_code == 416:
                # It has less than we hold: what we hold is of no use.
                told(-begin)
                out.truncate(0)
                raise _Later("the server knows no such part of the file")
            self._check(answer)
            if begin and not _goes_on(answer, begin):
                # A server without ranges sends all of it.
                told(-begin)
                out.truncate(0)
                begin = 0
            # As they come: what would wait here for more were lost when the connection is.
            for chunk in answer.iter_raw():
                if begin + len(chunk) > file.size:
                    raise WeightsError(f"{self.name} sends more of {file.path} than its {file.size:,} bytes.")
                out.write(chunk)
                begin += len(chunk)
                told(len(chunk))
        out.flush()
        if begin < file.size:
            raise _Later("the connection ended early")

    def _address(self, revision: str, path: str) -> str:
        return f"{self.name}/resolve/{quote(revision, safe='')}/{quote(path)}"

    # -- what answers mean

    def _persist(
        self, work: Callable[[], _Done], pauses_s: Sequence[float], progress: Callable[[], int] = lambda: 0
    ) -> _Done:
        """What `work` returns, tried again while the server is away. Raises WeightsError."""
        tries, reached = 0, progress()
        while True:
            try:
                with _as_later():
                    return work()
            except _Later as error:
                if progress() > reached:
                    tries = 0
                reached = progress()
                if tries == len(pauses_s):
                    raise WeightsError(
                        f"{self._endpoint} cannot be reached: {error}. What is already there is kept; the same"
                        " command goes on where it was. HTTPS_PROXY names a proxy, HF_ENDPOINT a mirror."
                    ) from error
                self._wait(pauses_s[tries] if error.pause_s is None else error.pause_s)
                tries += 1

    def _check(self, answer: httpx.Response) -> None:
        code = answer.status_code
        if code in _LATER:
            asked = answer.headers.get("Retry-After", "")
            pause_s = float(asked) if asked.isdecimal() else None
            if pause_s is not None and pause_s > _LONGEST_PAUSE_S:
                raise WeightsError(f"{self._endpoint} asks to come again in {pause_s / 60:.0f} minutes.")
            raise _Later(f"it answers {code}", pause_s)
        if code in {401, 403}:
            raise WeightsError(self._no_access())
        if code == 404:
            raise WeightsError(
                f"{self._endpoint} has no {self._repository} at revision {self._revision}, or not for us. Is the"
                " name right (--repository, --revision), and the token (HF_TOKEN)?"
            )
        if not answer.is_success:
            raise WeightsError(f"{self._endpoint} answers {code} to a request for {self._repository}.")

    def _no_access(self) -> str:
        if self._token is None:
            return (
                f"{self.name} is not for everybody. Make a token that may read at"
                f" {self._endpoint}/settings/tokens, and set HF_TOKEN, or HF_TOKEN_FILE to a file that holds it."
            )
        return (
            f"{self.name} does not take the token of HF_TOKEN. It may be wrong or expired, or its owner has yet to"
            f" accept the terms at {self.name}."
        )

    def _no_hub(self) -> WeightsError:
        return WeightsError(
            f"{self._endpoint} does not answer as a hub does: is HF_ENDPOINT right, and no proxy in between?"
        )


def _goes_on(answer: httpx.Response, begin: int) -> bool:
    """Whether an answer holds the part of the file that begins there."""
    return answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {begin}-")


@contextmanager
def _as_later() -> Iterator[None]:
    try:
        yield
    except httpx.RequestError as error:
        raise _Later(str(error) or type(error).__name__) from error
