"""Amounts in a message: "under 2k", "2000 se kam", "menos de 2000" mean one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.lexicon import numerals
from bot.dialogue.understanding.lexicon.table import Phrases
from bot.dialogue.understanding.reading import Reading


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in tokens start..end (end excluded), with its currency when one stands beside it."""

    start: int
    end: int
    value: float
    currency: str | None
    marked: bool
    """Whether a multiplier or a currency says that this is money."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The slots that numbers gave, and the tokens they took."""

    slots: dict[str, Any]
    used: frozenset[int]


def understand_numbers(reading: Reading, *, asked: str | None, shown: int) -> Numbers:
    """Prices, sizes and times of a message. `shown` items make a bare small number an ordinal, not a price."""
    slots, used = prices(reading)
    for i, token in enumerate(reading.tokens):
        if token.kind != "number" or i in used:
            continue
        size = _size(reading, i)
        if ":" in token.text:
            slots["time"] = token.text.zfill(5)
        elif size is not None or asked == "size":
            slots.setdefault("size", []).append(size or token.text)
        elif asked == "budget" and not shown:
            slots["price_max"] = int(float(token.text.replace(",", "")))
        else:
            continue
        used.add(i)
    return Numbers(slots, frozenset(used))


def _size(reading: Reading, i: int) -> str | None:
    """ "size 12", "UK 12", "12 UK" as the size's usual name."""
    row, text = reading.row, reading.tokens[i].text
    for neighbour in (i - 1, i + 1):
        if 0 <= neighbour < len(row) and row[neighbour] in numerals.SIZE_REGIONS:
            return f"{row[neighbour].upper()} {text}"
    return text if i and row[i - 1] in numerals.SIZE_WORDS else None


def prices(reading: Reading) -> tuple[dict[str, Any], set[int]]:
    """The price slots of a message, and the tokens that they took."""
    row = reading.row
    slots: dict[str, Any] = {}
    taken: set[int] = set()
    amounts = list(_amounts(reading))
    number = 0
    while number < len(amounts):
        amount = amounts[number]
        following = amounts[number + 1] if number + 1 < len(amounts) else None
        before, begin = _limit_before(row, amount.start)
        after, finish = _limit_after(row, amount.end)
        if following is not None and "to" in _limits(row, amount.end, following.start):
            low, high = amount.value, following.value
            if low < high and (before & {"between"} or amount.marked or following.marked or high >= 100):
                scale = high / low > 100 and following.marked and not amount.marked
                slots |= {"price_min": low * 1000 if scale else low, "price_max": high}
                _currency(slots, amount, following)
                taken.update(range(begin, following.end))
                number += 2
                continue
        kind = _kind(before, after, amount)
        if kind is not None:
            slots[kind] = amount.value
            _currency(slots, amount)
            taken.update(range(begin, finish))
        number += 1
    return {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in slots.items()}, taken


def _kind(before: set[str], after: set[str], amount: Amount) -> str | None:
    if "max" in before or "maxafter" in after:
        return "price_max"
    if "min" in before or "minafter" in after:
        return "price_min"
    if "about" in before or "aboutafter" in after:
        return "price_about"
    # A bare price says what may be spent: "2k", "50 dollars".
    return "price_max" if amount.marked else None


def _currency(slots: dict[str, Any], *amounts: Amount) -> None:
    for amount in amounts:
        if amount.currency:
            slots["currency"] = amount.currency


def _amounts(reading: Reading) -> list[Amount]:
    row = reading.row
    found: list[Amount] = []
    i = 0
    while i < len(row):
        read = _number_at(reading, i)
        if read is None:
            i += 1
            continue
        value, end, spoken = read
        start = i
        multiplied = _at(lexicon.number_phrases(), row, end, "multiplier")
        if multiplied is not None:
            value, end = value * float(multiplied[0]), multiplied[1]
        currency, start, end = _currency_around(row, start, end)
        if end < len(row) and row[end] == "/":
            currency, end = currency or "INR", min(len(row), end + (2 if row[end + 1 : end + 2] == ["-"] else 1))
        marked = multiplied is not None or currency is not None
        if not spoken or marked or value >= 20:
            found.append(Amount(start, end, value, currency, marked))
        i = max(end, i + 1)
    return found


def _number_at(reading: Reading, i: int) -> tuple[float, int, bool] | None:
    """(value, end, spoken) of the number that begins at the token."""
    if reading.tokens[i].kind == "number":
        text = reading.row[i]
        if ":" in text:
            return None
        head, _, tail = text.replace(",", ".").rpartition(".")
        # Three digits after a mark are thousands ("1,500"), fewer are a fraction ("1.5").
        whole = (
            text.replace(",", "").replace(".", "")
            if len(tail) == 3 or not head
            else f"{head.replace('.', '')}.{tail}"
        )
        return float(whole), i + 1, False
    spoken = _at(lexicon.number_phrases(), reading.row, i, "number")
    return None if spoken is None else (float(spoken[0]), spoken[1], True)


def _currency_around(row: list[str], start: int, end: int) -> tuple[str | None, int, int]:
    after = _at(lexicon.currency_phrases(), row, end, "currency")
    if after is not None:
        return after[0], start, after[1]
    if start > 0:
        before = _at(lexicon.currency_phrases(), row, start - 1, "currency")
        if before is not None and before[1] == start:
            return before[0], start - 1, end
    return None, start, end


def _at(phrases: Phrases, row: list[str], i: int, name: str) -> tuple[str, int] | None:
    hit = phrases.at(row, i) if i < len(row) else None
    values = [v for n, v in hit[1] if n == name] if hit else []
    return (values[0], i + len(hit[0])) if hit and values else None


def _limit_before(row: list[str], start: int) -> tuple[set[str], int]:
    """The limits that end right before the token, and where they begin."""
    for begin in range(max(0, start - 4), start):
        hit = lexicon.limit_phrases().at(row, begin)
        if hit is not None and begin + len(hit[0]) == start:
            return {v for _, v in hit[1]}, begin
    return set(), start


def _limit_after(row: list[str], end: int) -> tuple[set[str], int]:
    hit = lexicon.limit_phrases().at(row, end) if end < len(row) else None
    return (set(), end) if hit is None else ({v for _, v in hit[1]}, end + len(hit[0]))


def _limits(row: list[str], start: int, end: int) -> set[str]:
    """The meaning of everything that stands between two amounts."""
    hit = lexicon.limit_phrases().at(row, start) if start < end else None
    return {v for _, v in hit[1]} if hit is not None and start + len(hit[0]) == end else set()
