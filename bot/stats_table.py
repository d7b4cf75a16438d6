"""What `fashioncore stats` counted, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_COLUMNS = ("came", "new", "asked", "done", "failed", "cancelled", "clicks")


def lines(counted: Mapping[str, Any]) -> Iterator[str]:
    """Line by line: a table of days, then what was counted over all of them, then how it is now."""
    yield f"{'day (UTC)':<12}{''.join(f'{name:>11}' for name in _COLUMNS)}"
    for row in counted["days"]:
        yield f"{row['day']:<12}{''.join(f'{row[name]:>11}' for name in _COLUMNS)}"
    if not counted["days"]:
        yield "nothing happened"
    yield ""
    yield from _list("people came by", counted["channels"])
    yield from _list("try-ons failed", counted["failures"])
    yield from _list("tried on", {item["title"]: item["asked"] for item in counted["items"]})
    yield from _list("gone to shops", counted["clicks"])
    now = dict(counted["now"])
    yield from _list("try-ons kept", now.pop("tryons"))
    yield from _list("of them failed", now.pop("failures"))
    yield from _list("language model", now.pop("model_today"))
    yield from _list("now", now)


def _list(what: str, counted: Mapping[str, Any]) -> Iterator[str]:
    told = ", ".join(f"{_shown(name)} {value}" for name, value in counted.items() if value is not None)
    yield f"{what:<16}{told or 'none'}"


def _shown(name: str) -> str:
    # A title is its shop's: nothing in it may speak to the terminal.
    return "".join(letter if letter.isprintable() else " " for letter in name).replace("_", " ")
