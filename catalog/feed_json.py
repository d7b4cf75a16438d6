"""JSON feeds as values: JSON Lines, one array, or an object that holds the array somewhere, however large.

The standard library's scanner over a window of the text: it is C, needs no package (ijson would be another one),
and the window is bounded by the largest single item.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO

from catalog.errors import FeedError

MAX_ITEM_CHARS = 1_000_000
"""Of one item or one line; an honest one is a thousandth of it."""

_CHUNK = 1 << 16
_SPACE = " \t\r\n\ufeff"
_BLANK = re.compile(rf"[{_SPACE}]*")


class BadValue:
    """Stands for a line that is no JSON."""


BAD = BadValue()


def json_lines(text: IO[str]) -> Iterator[tuple[int, object]]:
    """Each line's number and value; BAD where it is none."""
    for number, line in enumerate(bounded_lines(text, MAX_ITEM_CHARS), start=1):
        if line.strip(_SPACE):
            yield number, _loaded(line)


def json_items(text: IO[str], name: str) -> Iterator[tuple[int, object]]:
    """The items of the document with the lines they begin in. Raises FeedError when broken or without a list."""
    window = _Window(text, name)
    match window.peek():
        case "[":
            yield from window.items()
        case "{":
            yield from window.list_within()
        case _:
            raise window.broken("it is not valid JSON")


def starts_with_a_line_of_json(head: str) -> bool:
    """Whether the first of several lines is an object of its own: JSON Lines, whatever the file is called."""
    first, _, rest = head.lstrip(_SPACE).partition("\n")
    return bool(rest.strip(_SPACE)) and isinstance(_loaded(first), dict)


def bounded_lines(text: IO[str], most: int) -> Iterator[str]:
    """Lines of at most `most` characters: the rest of an endless one is dropped, and the row fails on its own."""
    while line := text.readline(most):
        piece = line
        while len(piece) == most and piece[-1] not in "\r\n":
            piece = text.readline(most)
        yield line


def _loaded(line: str) -> object:
    # Deep nesting and numbers of thousands of digits are refused by the parser in ways of their own.
    try:
        return json.loads(line.strip(_SPACE))
    except (ValueError, RecursionError):
        return BAD


def _end_of_space(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return at if found is None else found.end()


class _Window:
    """A part of the text, from where reading is up to now."""

    def __init__(self, text: IO[str], name: str) -> None:
        self._text = text
        self._name = name
        self._held = ""
        self._at = 0
        self._line = 1
        self._decoder = json.JSONDecoder(strict=False)

    def broken(self, what: str) -> FeedError:
        """The error to raise here."""
        return FeedError("feed_format", f"{self._name}, line {self._line}: {what}.")

    def peek(self) -> str:
        """The next character that is no space, which stays; "" at the end."""
        while True:
            self._move(_end_of_space(self._held, self._at) - self._at)
            if self._at < len(self._held) or not self._more():
                return self._held[self._at : self._at + 1]

    def items(self) -> Iterator[tuple[int, object]]:
        """The values of the array that begins here."""
        self._take("[")
        while (char := self.peek()) != "]":
            if char == ",":
                self._move(1)
                continue
            yield self._line, self._value()
        self._move(1)

    def list_within(self) -> Iterator[tuple[int, object]]:
        """The items of the first array of objects that the object here holds."""
        self._take("{")
        while (char := self.peek()) != "}":
            if char == ",":
                self._move(1)
                continue
            if not isinstance(self._value(), str):
                raise self.broken("it is not valid JSON")
            self._take(":")
            if self.peek() == "[" and self._opens_with_an_object():
                yield from self.items()
                return
            if self.peek() == "{" and self._opens_with_a_list():
                yield from self.list_within()
                return
            self._value()
        raise self.broken("it holds no list of products")

    def _opens_with_an_object(self) -> bool:
        return self._after("[") == "{"

    def _opens_with_a_list(self) -> bool:
        """Whether a list of objects begins near the beginning of the object here: {"data": {"products": [{..."""
        while len(self._held) - self._at < 200 and self._more():
            pass
        begin = "".join(self._held[self._at : self._at + 200].split())
        return "[{" in begin.partition("}")[0]

    def _after(self, opening: str) -> str:
        while True:
            # Reading on moves the place within what is held.
            at = _end_of_space(self._held, self._at + len(opening))
            if at < len(self._held) or not self._more():
                return self._held[at : at + 1]

    def _take(self, char: str) -> None:
        if self.peek() != char:
            raise self.broken("it is not valid JSON")
        self._move(1)

    def _value(self) -> object:
        """The value that begins here, read on until it is whole."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except RecursionError as error:
                raise self.broken("its values lie too deep within each other") from error
            except ValueError as error:
                if len(self._held) - self._at > MAX_ITEM_CHARS or not self._more():
                    raise self.broken("it is not valid JSON from here on") from error
                continue
            # A number at the edge may go on.
            if end < len(self._held) or not self._more():
                self._move(end - self._at)
                return value

    def _move(self, count: int) -> None:
        self._line += self._held.count("\n", self._at, self._at + count)
        self._at += count

    def _more(self) -> bool:
        """Read on; False at the end of the text. What was read before the place is let go."""
        chunk = self._text.read(max(_CHUNK, len(self._held) - self._at))
        self._held, self._at = self._held[self._at :] + chunk, 0
        return bool(chunk)
