"""How the tables of this package are written, and the phrase tree they become.

A table is text: one line per meaning, `meaning: phrase, phrase, ...`. A phrase may hold alternatives in round
brackets: `roj(o|a|os|as)`. A meaning is a value of the table's slot, with further `slot=value` behind a `+`:
`kurta + style=anarkali`. Phrases are cut into words like messages, so accents and hyphens do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from bot.dialogue.understanding.text import words

Pair = tuple[str, str]
Entry = tuple[tuple[str, ...], tuple[Pair, ...]]

_GROUP = re.compile(r"\(([^()]*)\)")


def expand(phrase: str) -> list[str]:
    """All spellings that the brackets stand for."""
    parts = _GROUP.split(phrase)
    choices = [[p] if i % 2 == 0 else p.split("|") for i, p in enumerate(parts)]
    return ["".join(combination).strip() for combination in product(*choices)]


def plurals(phrase: str) -> list[str]:
    """The phrase and its English plural; an s at the end also serves Spanish, French and Portuguese."""
    if not phrase.isascii() or phrase.endswith(("s", "x")):
        return [phrase, phrase + "es"] if phrase.endswith(("ss", "x")) else [phrase]
    if phrase.endswith(("ch", "sh")):
        return [phrase, phrase + "es"]
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return [phrase, phrase + "s", phrase[:-1] + "ies"]
    return [phrase, phrase + "s"]


def read(slot: str, table: str, *, plural: bool = False, named: bool = True) -> list[Entry]:
    """The entries of a table. With `named`, the value of a plain line is a phrase of its own."""
    entries: list[Entry] = []
    for line in table.strip().splitlines():
        if not line.strip():
            continue
        meaning, _, rest = line.partition(":")
        value, *more = (part.strip() for part in meaning.split("+"))
        pairs = [(slot, value)] if value else []
        pairs += [(s.strip(), v.strip()) for s, _, v in (extra.partition("=") for extra in more)]
        phrases = [p for p in rest.split(",") if p.strip()]
        if named and not more:
            phrases.append(value)
        for phrase in phrases:
            for spelling in expand(phrase.strip()):
                for form in plurals(spelling) if plural else [spelling]:
                    if form:
                        entries.append((words(form), tuple(pairs)))
    return entries


class Phrases:
    """Finds the longest known phrases in a row of words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.meanings: dict[tuple[str, ...], tuple[Pair, ...]] = {}
        self._by_first: dict[str, list[Entry]] = {}
        self.vocabulary: set[str] = set()
        for phrase, pairs in entries:
            if phrase:
                self.meanings[phrase] = tuple(dict.fromkeys((*self.meanings.get(phrase, ()), *pairs)))
        for phrase, pairs in self.meanings.items():
            self.vocabulary.update(phrase)
            self._by_first.setdefault(phrase[0], []).append((phrase, pairs))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def at(self, row: list[str], start: int) -> Entry | None:
        """The longest phrase that begins there."""
        for phrase, pairs in self._by_first.get(row[start], ()):
            if tuple(row[start : start + len(phrase)]) == phrase:
                return phrase, pairs
        return None

    def everywhere(self, row: list[str]) -> list[tuple[int, int, tuple[Pair, ...]]]:
        """The phrases of the row from left to right as (start, end, pairs), none overlapping another."""
        found: list[tuple[int, int, tuple[Pair, ...]]] = []
        i = 0
        while i < len(row):
            hit = self.at(row, i)
            if hit is None:
                i += 1
            else:
                found.append((i, i + len(hit[0]), hit[1]))
                i += len(hit[0])
        return found
