"""How the tables of this package are written, and the phrase tree they become.

A table is text: one line per meaning, `meaning: phrase, phrase, ...`. A phrase may hold alternatives in round
brackets: `roj(o|a|os|as)`. A meaning is a value of the table's slot, with further `slot=value` behind a `+`:
`kurta + style=anarkali`. Phrases are cut into words like messages, so accents and hyphens do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from bot.dialogue.understanding.text import words

Pair = tuple[str, str]
Entry = tuple[tuple[str, ...], tuple[Pair, ...]]

ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "ب", "و", "ل", "ف")
"""Small words that Arabic writes together with the next."""

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
        self._lengths: dict[str, tuple[int, ...]] = {}
        self.vocabulary: set[str] = set()
        for phrase, pairs in entries:
            if phrase:
                self.meanings[phrase] = tuple(dict.fromkeys((*self.meanings.get(phrase, ()), *pairs)))
        for phrase in self.meanings:
            self.vocabulary.update(phrase)
            lengths = {len(phrase), *self._lengths.get(phrase[0], ())}
            self._lengths[phrase[0]] = tuple(sorted(lengths, reverse=True))

    def at(self, row: list[str], start: int) -> Entry | None:
        """The longest phrase that begins there."""
        for length in self._lengths.get(row[start], ()):
            phrase = tuple(row[start : start + length])
            pairs = self.meanings.get(phrase)
            if pairs is not None and len(phrase) == length:
                return phrase, pairs
        return None

    def _longer_inside(self, row: list[str], start: int, size: int) -> bool:
        """ "con cuello redondo": "cuello redondo" is longer than "con cuello"."""
        later = (self.at(row, j) for j in range(start + 1, min(start + size, len(row))))
        return any(hit is not None and len(hit[0]) > size for hit in later)

    def everywhere(self, row: list[str]) -> list[tuple[int, int, tuple[Pair, ...]]]:
        """The phrases of the row from left to right as (start, end, pairs), none overlapping another."""
        found: list[tuple[int, int, tuple[Pair, ...]]] = []
        i = 0
        while i < len(row):
            hit = self.at(row, i)
            if hit is None or self._longer_inside(row, i, len(hit[0])):
                i += 1
            else:
                found.append((i, i + len(hit[0]), hit[1]))
                i += len(hit[0])
        return found


class Notions:
    """Finds what the words of a row stand for: whole words, the beginnings of words, and phrases of several."""

    def __init__(self, table: str) -> None:
        self._whole: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        phrases: list[Entry] = []
        for line in table.strip().splitlines():
            name, _, rest = line.partition(":")
            for written in rest.split(","):
                for spelling in expand(written.strip()):
                    cut = words(spelling.rstrip("*"))
                    if len(cut) > 1:
                        phrases.append((cut, (("notion", name),)))
                    elif cut:
                        target = self._beginnings if spelling.endswith("*") else self._whole
                        target.setdefault(cut[0], set()).add(name)
        self._phrases = Phrases(phrases)
        self._longest = max(map(len, self._beginnings), default=0)
        self._known: dict[str, frozenset[str]] = {}

    def of_word(self, word: str) -> frozenset[str]:
        """The notions of one word."""
        known = self._known.get(word)
        if known is None:
            found = self._of_form(word)
            for prefix in ARABIC_PREFIXES if not found else ():
                if word.startswith(prefix) and not found:
                    found = self._of_form(word.removeprefix(prefix))
            if len(self._known) > MAX_KNOWN:
                self._known.clear()
            known = self._known[word] = frozenset(found)
        return known

    def _of_form(self, word: str) -> set[str]:
        found = set(self._whole.get(word, ()))
        for size in range(2, min(len(word), self._longest) + 1):
            found |= self._beginnings.get(word[:size], set())
        return found

    def of_row(self, row: list[str]) -> set[str]:
        """The notions of all words and phrases."""
        return {name for _, name in self.spots(row)}

    def spots(self, row: list[str]) -> list[tuple[int, str]]:
        """Where in the row which notion begins."""
        found = [(start, value) for start, _, pairs in self._phrases.everywhere(row) for _, value in pairs]
        found += [(i, name) for i, word in enumerate(row) for name in self.of_word(word)]
        return found


MAX_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """An intent with slots, and the notions it takes: one of each of `needs`, none of `bars`."""

    intent: str
    slots: tuple[Pair, ...]
    needs: tuple[frozenset[str], ...]
    bars: frozenset[str]

    def fits(self, notions: set[str]) -> bool:
        """Whether these notions are what the rule asks for."""
        return self.bars.isdisjoint(notions) and all(not need.isdisjoint(notions) for need in self.needs)


def read_rules(table: str) -> tuple[Rule, ...]:
    """The rules of a table in their order."""
    rules: list[Rule] = []
    for line in table.strip().splitlines():
        meaning, _, condition = line.partition(":")
        intent, *extras = (part.strip() for part in meaning.split("+"))
        slots = tuple((name, value) for name, _, value in (extra.partition("=") for extra in extras))
        parts = condition.split()
        needs = tuple(frozenset(part.split("|")) for part in parts if not part.startswith("!"))
        bars = frozenset(part[1:] for part in parts if part.startswith("!"))
        rules.append(Rule(intent, slots, needs, bars))
    return tuple(rules)
