"""XML feeds as rows: Google Merchant in RSS 2.0 and in Atom, and lists whose items are called product or offer.

Over expat, a chunk at a time: an item is forgotten when the next begins, and a text beyond its bound is dropped
while it comes in, which a parser that builds elements (iterparse) cannot do. No DOCTYPE is let in: without one no
entity can be declared, so there is nothing to expand and nothing to fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from catalog.errors import FeedError

ITEMS = frozenset({"item", "entry", "product", "prod", "offer"})
"""Names of the elements that are products, in lower case and without prefix."""

MAX_VALUE, MAX_VALUES, MAX_ITEM = 131_072, 500, 1_000_000
"""Characters of one value, values of one item, characters of one item. What is beyond is dropped."""

MAX_DEPTH = 64
MAX_TOKEN_CHARS = 4_000_000
"""Of one tag or comment: until it is whole, the parser keeps it."""

_CHUNK = 1 << 16
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BARE_AND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")

Value = str | list[str]


def xml_items(text: IO[str], name: str) -> Iterator[tuple[int, dict[str, Value]]]:
    """Every item with the line that it begins in. Raises FeedError when it is no XML or holds no item."""
    reader = _Items(name)
    found = False
    for chunk in _mended(text):
        reader.feed(chunk)
        found = found or bool(reader.done)
        yield from reader.done
        reader.done.clear()
    reader.end()
    if not (found or reader.done):
        raise FeedError(
            "feed_format",
            f"{name} holds no products: no <item>, <entry> or <product> is in it. Check the address.",
        )
    yield from reader.done


def _mended(text: IO[str]) -> Iterator[str]:
    """Chunks without what would end the parsing though it is only untidy: control characters, a bare "&", and
    HTML's entities, which become text and are read later like the rest of HTML.
    """
    rest, begun = "", False
    while chunk := text.read(_CHUNK):
        chunk = rest + _NOT_XML.sub("", chunk)
        if not begun:
            # Nothing may stand before the declaration, and something often does.
            chunk = chunk.lstrip(" \t\r\n\ufeff")
            begun = bool(chunk)
        # An "&" near the end may be the beginning of something.
        cut = chunk.rfind("&", max(0, len(chunk) - 12))
        chunk, rest = (chunk, "") if cut < 0 else (chunk[:cut], chunk[cut:])
        yield _BARE_AND.sub("&amp;", chunk)
    if rest:
        yield _BARE_AND.sub("&amp;", rest)


class _Items:
    """Collects the children of items; `done` holds those that are complete."""

    def __init__(self, name: str) -> None:
        self.done: list[tuple[int, dict[str, Value]]] = []
        self._name = name
        self._depth = 0
        self._item_depth = 0
        self._line = 0
        self._row: dict[str, Value] = {}
        self._size = self._values = 0
        self._child = ""
        self._words: list[str] = []
        self._length = 0
        self._fed = 0
        # What the text declares was dealt with when it was decoded.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.CommentHandler = self._comment

    def feed(self, chunk: str) -> None:
        self._fed += len(chunk)
        self._parse(chunk.encode(), final=False)
        if self._fed > MAX_TOKEN_CHARS:
            raise FeedError(
                "feed_format", f"{self._name}, line {self._parser.CurrentLineNumber}: a tag never ends."
            )

    def end(self) -> None:
        self._parse(b"", final=True)

    def _parse(self, data: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            what = expat.errors.messages.get(error.code, "not XML")
            raise FeedError(
                "feed_format", f"{self._name}, line {error.lineno}: the XML is broken ({what})."
            ) from error

    def _doctype(self, *_: object) -> None:
        raise FeedError("feed_format", f"{self._name} has a DOCTYPE, which no feed needs; it may be a web page.")

    def _comment(self, _text: str) -> None:
        self._fed = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._fed = 0
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FeedError("feed_format", f"{self._name}: its elements lie too deep within each other.")
        if not self._item_depth:
            if tag.rpartition(":")[2].lower() in ITEMS:
                self._item_depth, self._line = self._depth, self._parser.CurrentLineNumber
                self._row, self._size, self._values = {}, 0, 0
                for name in ("id", "sku_id"):
                    if name in attributes:
                        self._row[f"@{name}"] = attributes[name][:MAX_VALUE]
        elif self._depth == self._item_depth + 1:
            self._child, self._words, self._length = tag, [], 0
            # Atom has its addresses in an attribute, and other links beside the product's own.
            if "href" in attributes and attributes.get("rel", "alternate") == "alternate":
                self._text(attributes["href"])

    def _text(self, text: str) -> None:
        self._fed = 0
        if self._child and self._depth == self._item_depth + 1 and self._length < MAX_VALUE:
            self._words.append(text[: MAX_VALUE - self._length])
            self._length += len(text)

    def _end(self, _tag: str) -> None:
        self._fed = 0
        if self._child and self._depth == self._item_depth + 1:
            self._give("".join(self._words).strip())
            self._child = ""
        elif self._item_depth and self._depth == self._item_depth:
            self.done.append((self._line, self._row))
            self._item_depth = 0
        self._depth -= 1

    def _give(self, value: str) -> None:
        self._size += len(value)
        self._values += 1
        if not value or self._size > MAX_ITEM or self._values > MAX_VALUES:
            return
        known = self._row.get(self._child)
        if known is None:
            self._row[self._child] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            self._row[self._child] = [known, value]
