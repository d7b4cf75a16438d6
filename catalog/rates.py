"""About how much a price is in another currency, from a dated table.

The table has the form in which the European Central Bank publishes its daily reference rates (`eurofxref.csv`):
units of each currency for one euro. The one beside this file is rounded and old; it is meant for "about".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path

from catalog.money import EXPONENTS, USUAL_EXPONENT, amount_of
from catalog.types import Money


class RatesError(ValueError):
    """The table cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Units of each currency for one euro, on one day."""

    dated: date
    per_euro: Mapping[str, Decimal]

    def about(self, price: Money, currency: str) -> Money | None:
        """The price in that currency, to two significant digits; None in its own, or without a rate for both."""
        rates = (self.per_euro.get(price.currency), self.per_euro.get(currency))
        if currency == price.currency or rates[0] is None or rates[1] is None:
            return None
        amount = amount_of(price) / rates[0] * rates[1]
        if amount <= 0:
            return None
        step = Decimal(10) ** (amount.adjusted() - 1)
        places = EXPONENTS.get(currency, USUAL_EXPONENT)
        rounded = (amount / step).to_integral_value() * step
        return Money(int(rounded.scaleb(places).to_integral_value()), currency)


def read_rates(text: str) -> Rates:
    """The first day of a table. Raises RatesError."""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), skipinitialspace=True))
    if len(rows) < 2 or not rows[0] or rows[0][0] != "Date":
        raise RatesError("its first line does not begin with Date")
    names, values = rows[0], rows[1]
    try:
        dated = _day(values[0])
        per_euro = {
            name.strip(): Decimal(value.strip())
            for name, value in zip(names[1:], values[1:], strict=False)
            if name.strip() and value.strip() not in ("", "N/A")
        }
    except (ValueError, InvalidOperation, IndexError) as error:
        raise RatesError("a day or a rate in it cannot be read") from error
    if not all(rate.is_finite() and rate > 0 for rate in per_euro.values()):
        raise RatesError("a rate in it is not above nothing")
    return Rates(dated, {"EUR": Decimal(1), **per_euro})


def _day(text: str) -> date:
    for form in ("%d %B %Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 # a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def load_rates(path: Path | None = None) -> Rates:
    """The table of a file, or the one that comes with the program. Raises RatesError, OSError."""
    if path is not None:
        return read_rates(path.read_text(encoding="utf-8"))
    return read_rates(resources.files("catalog").joinpath("rates.csv").read_text(encoding="utf-8"))
