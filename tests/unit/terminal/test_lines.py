"""Lines are read one at a time, from whatever stands at standard input."""

from __future__ import annotations

import asyncio
import os

from bot.channels.terminal.lines import MAX_LINE_BYTES, Lines


def lines_of(data: bytes) -> list[str]:
    """What is read out of a pipe with these bytes in it."""

    async def read() -> list[str]:
        out, into = os.pipe()
        writing = asyncio.to_thread(_write, into, data)
        reading = _all(Lines(out))
        found, _ = await asyncio.gather(reading, writing)
        os.close(out)
        return found

    return asyncio.run(read())


def _write(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as pipe:
        pipe.write(data)


async def _all(lines: Lines) -> list[str]:
    found = []
    while (line := await lines.ask()) is not None:
        found.append(line)
    return found


def test_lines_come_in_order_and_the_last_needs_no_end() -> None:
    assert lines_of("hello\r\nकुर्ता\n\n  blue ".encode()) == ["hello", "कुर्ता", "", "blue"]


def test_no_input_is_no_line() -> None:
    assert lines_of(b"") == []


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert lines_of(b"a\x00b\xff\n") == ["ab\N{REPLACEMENT CHARACTER}"]


def test_a_line_without_end_takes_no_memory_without_end() -> None:
    (first, second) = lines_of(b"x" * (5 * MAX_LINE_BYTES) + b"\nnext\n")
    assert (len(first), second) == (MAX_LINE_BYTES, "next")


def test_asking_twice_loses_no_line() -> None:
    async def read() -> tuple[str | None, str | None]:
        out, into = os.pipe()
        lines = Lines(out)
        first = lines.ask()
        assert lines.ask() is first
        _write(into, b"one\ntwo\n")
        return await first, await lines.ask()

    assert asyncio.run(read()) == ("one", "two")
