"""Feed files as rows: CSV, TSV, JSON and JSON lines, in the encodings that shops send.

CSV and JSON lines are streamed: memory does not grow with the file. A row that cannot be read is reported
with its number and does not stop the rest.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from catalog.errors import FeedError

MAX_LINE_CHARS = 1_000_000
"""Longest line of a CSV or JSON lines file; an honest row is a thousandth of it."""

MAX_CELL_CHARS = 131_072
"""The csv module's own limit: beyond it a quote was left open and swallows the file."""

MAX_JSON_BYTES = 64_000_000
"""A JSON document has to be read whole; larger feeds come as JSON lines."""

_CHUNK = 1 << 20

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was left out. `row` counts from 1 without the header; `reason` is a sentence."""

    row: int
    reason: str


def feed_rows(path: Path) -> Iterator[tuple[int, Row | SkippedRow]]:
    """Every row with its number. Raises FeedError when the file as a whole cannot be read."""
    try:
        encoding = _encoding(path)
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            start = stream.read(4096)
            stream.seek(0)
            yield from _reader(path, start, stream)
    except OSError as error:
        raise FeedError("feed_unreadable", f"The feed {path.name} cannot be opened. Check the path.") from error


def _reader(path: Path, start: str, stream: IO[str]) -> Iterator[tuple[int, Row | SkippedRow]]:
    suffix, opening = path.suffix.lower(), start.lstrip()[:1]
    if not start.strip():
        raise FeedError("feed_empty", f"The feed {path.name} is empty.")
    if suffix in (".xml", ".rss", ".atom") or opening == "<":
        raise FeedError("feed_format", "This looks like XML. Export the feed as CSV, TSV or JSON lines instead.")
    if "\0" in start:
        raise FeedError("feed_format", f"{path.name} is not a text file. Export the feed as CSV or JSON lines.")
    if suffix in (".jsonl", ".ndjson") or (opening == "{" and _starts_with_a_line_of_json(stream)):
        return _json_lines(stream)
    if suffix == ".json" or opening in ("[", "{"):
        return _json_document(path, stream)
    return _csv(stream, "\t" if suffix == ".tsv" else None)


def _encoding(path: Path) -> str:
    """UTF-8 unless a byte order mark or the bytes themselves say otherwise."""
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in (
            (codecs.BOM_UTF8, "utf-8-sig"),
            (codecs.BOM_UTF16_LE, "utf-16"),
            (codecs.BOM_UTF16_BE, "utf-16"),
        ):
            if head.startswith(mark):
                return name
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(head)
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"  # what spreadsheets in the west write when they do not write UTF-8
    return "utf-8"


def _lines(stream: IO[str]) -> Iterator[str]:
    """Lines of bounded length: the rest of an endless one is dropped, and the row fails on its own."""
    while line := stream.readline(MAX_LINE_CHARS):
        piece = line
        while len(piece) == MAX_LINE_CHARS and piece[-1] not in "\r\n":
            piece = stream.readline(MAX_LINE_CHARS)
        yield line


def _csv(stream: IO[str], delimiter: str | None) -> Iterator[tuple[int, Row | SkippedRow]]:
    lines = _lines(stream)
    first = next(lines)
    if delimiter is None:
        delimiter = max(",\t;|", key=first.count)
    names = next(csv.reader(io.StringIO(first), delimiter=delimiter))
    reader = csv.reader(lines, delimiter=delimiter)
    for number in _counted():
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, SkippedRow(number, "A cell is too long; perhaps a quote was left open.")
            continue
        if not any(cells):
            continue
        if len(cells) > len(names):
            yield number, SkippedRow(number, f"It has {len(cells)} cells but the header has {len(names)}.")
            continue
        yield number, dict(zip(names, cells, strict=False))


def _json_lines(stream: IO[str]) -> Iterator[tuple[int, Row | SkippedRow]]:
    for number, line in enumerate(_lines(stream), start=1):
        if line.strip():
            yield number, _object(number, line)


def _object(number: int, line: str) -> Row | SkippedRow:
    try:
        value = json.loads(line)
    # Deep nesting and numbers of thousands of digits are refused by the parser in ways of their own.
    except (ValueError, RecursionError):
        return SkippedRow(number, "It is not valid JSON.")
    return value if isinstance(value, dict) else SkippedRow(number, "It is not a JSON object.")


def _json_document(path: Path, stream: IO[str]) -> Iterator[tuple[int, Row | SkippedRow]]:
    if path.stat().st_size > MAX_JSON_BYTES:
        raise FeedError("feed_too_large", "This JSON file is too large to read at once. Export it as JSON lines.")
    try:
        document = json.load(stream)
    except (ValueError, RecursionError) as error:
        raise FeedError("feed_format", f"{path.name} is not valid JSON.") from error
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list)]
        document = lists[0] if len(lists) == 1 else document.get("products", document.get("items"))
    if not isinstance(document, list):
        raise FeedError("feed_format", f"{path.name} holds no list of products.")
    for number, value in enumerate(document, start=1):
        yield number, value if isinstance(value, dict) else SkippedRow(number, "It is not a JSON object.")


def _starts_with_a_line_of_json(stream: IO[str]) -> bool:
    """Whether the first of several lines is a JSON object of its own: JSON lines under another name."""
    lines = _lines(stream)
    first, second = next(lines, ""), next(lines, "")
    stream.seek(0)
    return bool(second.strip()) and not isinstance(_object(1, first), SkippedRow)


def _counted() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number
