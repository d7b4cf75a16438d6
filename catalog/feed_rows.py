"""Feed files as rows: XML, CSV, TSV, JSON and JSON Lines, in the encodings that shops send, packed or not.

Everything is streamed: memory does not grow with the file. A row that cannot be read is reported with its number
and line and does not stop the rest.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from catalog.errors import FeedError
from catalog.feed_json import BadValue, bounded_lines, json_items, json_lines, starts_with_a_line_of_json
from catalog.feed_stream import open_text
from catalog.feed_xml import xml_items

MAX_LINE_CHARS = 1_000_000
"""Longest line of a CSV file; an honest row is a thousandth of it."""

MAX_CELL_CHARS = 131_072
"""The csv module's own limit: beyond it a quote was left open and swallows the file."""

RAKUTEN = (
    "product_id", "product_name", "sku", "primary_category", "secondary_category", "product_url", "image_url",
    "buy_url", "short_description", "long_description", "discount", "discount_type", "sale_price", "retail_price",
    "begin_date", "end_date", "brand", "shipping", "keywords", "part_number", "manufacturer", "shipping_note",
    "availability", "upc", "class_id", "currency", "m1", "pixel", "attribute_misc", "attribute_type", "size",
    "material", "color", "gender", "style", "age_group", "attribute_9", "attribute_10",
)  # fmt: skip
"""The columns of Rakuten's text feeds, which have no heading but a line HDR|merchant; the attributes are those of
clothing (class 60).
"""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """`row` counts from 1 without the header; `line` is where it begins in the (unpacked) file. The cells of a
    table's row name all columns, the empty ones too.
    """

    row: int
    line: int
    cells: Row
    of_table: bool = False


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was left out; `reason` is a sentence."""

    row: int
    reason: str
    line: int = 0

    def __str__(self) -> str:
        """For people."""
        where = f" (line {self.line})" if self.line else ""
        return f"row {self.row}{where}: {self.reason}"


Progress = Callable[[float], None]
"""Is told now and then which part of the file has been read, from 0 to 1."""

_TOLD_EVERY = 1000


def feed_rows(
    path: Path, encoding: str | None = None, progress: Progress = lambda _: None
) -> Iterator[FoundRow | SkippedRow]:
    """Every row in order. Raises FeedError when the file as a whole cannot be read, be it in the middle."""
    with open_text(path, encoding) as (head, text, stream):
        for number, row in enumerate(_reader(path.name.lower().removesuffix(".gz"), head, text)):
            if number % _TOLD_EVERY == 0:
                progress(stream.fraction)
            yield row


def _reader(name: str, head: str, text: IO[str]) -> Iterator[FoundRow | SkippedRow]:
    opening = head.lstrip("\ufeff \t\r\n")[:1]
    if not opening:
        raise FeedError("feed_empty", f"The feed {name} is empty.")
    if head.startswith("PK\x03\x04"):
        raise FeedError("feed_format", f"{name} is a zip archive. Unpack it first; gzip is read as it is.")
    if opening == "<":
        return (FoundRow(n, line, cells) for n, (line, cells) in enumerate(xml_items(text, name), start=1))
    if name.endswith((".xml", ".rss", ".atom")):
        raise FeedError("feed_format", f"{name} is not XML.")
    if "\0" in head:
        raise FeedError("feed_format", f"{name} is not a text file. Export the feed as XML, CSV or JSON Lines.")
    if name.endswith((".jsonl", ".ndjson")) or (opening == "{" and starts_with_a_line_of_json(head)):
        return (_object(number, number, value) for number, value in json_lines(text))
    if name.endswith(".json") or opening in ("[", "{"):
        items = enumerate(json_items(text, name), start=1)
        return (_object(number, line, value) for number, (line, value) in items)
    return _table(text, head, "\t" if name.endswith(".tsv") else None)


def _object(number: int, line: int, value: object) -> FoundRow | SkippedRow:
    if isinstance(value, dict):
        return FoundRow(number, line, value)
    bad = isinstance(value, BadValue)
    return SkippedRow(number, "It is not valid JSON." if bad else "It is not a JSON object.", line)


# --- tables -------------------------------------------------------------------------------------------


def _table(text: IO[str], head: str, delimiter: str | None) -> Iterator[FoundRow | SkippedRow]:
    first = head.lstrip("\ufeff").partition("\n")[0].strip("\r")
    lines = _Lines(bounded_lines(text, MAX_LINE_CHARS))
    if first.lower().startswith("sep=") and len(first) == 5:
        # What Excel writes for itself.
        delimiter = first[4]
        next(lines)
    elif first.startswith("HDR|"):
        next(lines)
        return (row for row in _cells(lines, RAKUTEN, "|") if not _is_trailer(row))
    else:
        delimiter = delimiter or max(",\t;|", key=first.count)
    try:
        names = tuple(name.strip("\ufeff ") for name in next(csv.reader(lines, delimiter=delimiter)))
    except (StopIteration, csv.Error) as error:
        raise FeedError("feed_format", "The first line names no columns.") from error
    return _cells(lines, names, delimiter)


def _is_trailer(row: FoundRow | SkippedRow) -> bool:
    return isinstance(row, FoundRow) and row.cells.get("product_id") == "TRL"


class _Lines:
    """Lines that can be given back: a quote left open has swallowed rows that are to be read after all."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._taken: list[str] = []
        self.line = 0
        """The number of the last line."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._taken.append(line)
        self.line += 1
        return line

    def row_ends(self) -> None:
        """What was taken is used."""
        self._taken.clear()

    def give_back(self) -> None:
        """All but the first line since the last row's end."""
        again = self._taken[1:]
        self.line -= len(again)
        self._lines = itertools.chain(again, self._lines)
        self._taken.clear()


def _cells(lines: _Lines, names: tuple[str, ...], delimiter: str) -> Iterator[FoundRow | SkippedRow]:
    reader = csv.reader(lines, delimiter=delimiter)
    for number in itertools.count(1):
        lines.row_ends()
        line = lines.line + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield SkippedRow(number, "A cell is too long; perhaps a quote was left open.", line)
            lines.give_back()
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        while len(cells) > len(names) and not cells[-1]:
            cells.pop()
        if len(cells) > len(names):
            yield SkippedRow(number, f"It has {len(cells)} cells but the header has {len(names)}.", line)
        elif any(cells):
            yield FoundRow(number, line, dict(itertools.zip_longest(names, cells, fillvalue="")), True)
