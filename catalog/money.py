"""Money as integer minor units, and how people and shops write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from types import MappingProxyType

from catalog.types import Money

# fmt: off
_NO_MINOR_UNIT = (
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
)
_THOUSANDTHS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
# fmt: on

USUAL_EXPONENT = 2
EXPONENTS: Mapping[str, int] = MappingProxyType(
    {**dict.fromkeys(_NO_MINOR_UNIT, 0), **dict.fromkeys(_THOUSANDTHS, 3)}
)
"""Decimal places of the currencies (ISO 4217) that do not have the usual two."""

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "RS": "INR", "RS.": "INR", "¥": "JPY", "₩": "KRW"}

_PRICE = re.compile(
    r"(?P<before>[^\W\d_]{2,3}\.?|[$€£₹¥₩])?\s*(?P<number>\d[\d.,' ]*)\s*(?P<after>[^\W\d_]{2,3}\.?|[$€£₹¥₩])?"
)

_MOST_MINOR = 10**12
"""Ten thousand million in a currency with cents: nothing to wear costs more, and it fits every column."""


def amount_of(money: Money) -> Decimal:
    """The amount in whole units of its currency."""
    return Decimal(money.minor).scaleb(-EXPONENTS.get(money.currency, USUAL_EXPONENT))


def parse_money(text: str, currency: str | None = None) -> Money:
    """The price in a shop's words: "19.90 USD", "$1,299", "1.299,00 EUR", "₹ 999".

    `currency` (ISO 4217) stands in where the text names none. Raises ValueError with the reason.
    """
    match = _PRICE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text[:40]}" is not a price')
    named = (match["after"] or match["before"] or currency or "").upper()
    code = _SYMBOLS.get(named, named)
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError(f'the price "{text[:40]}" names no currency')
    places = EXPONENTS.get(code, USUAL_EXPONENT)
    try:
        amount = Decimal(_plain(match["number"], places))
    except InvalidOperation:
        raise ValueError(f'"{text[:40]}" is not a price') from None
    minor = int(amount.scaleb(places).to_integral_value(ROUND_HALF_UP))
    if minor > _MOST_MINOR:
        raise ValueError(f'the price "{text[:40]}" is too large')
    return Money(minor, code)


def _plain(number: str, places: int) -> str:
    """The number with "." before its decimals and nothing between its thousands."""
    number = re.sub(r"[' ]", "", number).rstrip(".,")
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number
    mark, decimals = number[last], len(number) - last - 1
    mixed = "." in number and "," in number
    repeated = number.count(mark) > 1
    # One mark before three digits groups thousands, unless the currency has thousandths and uses a point.
    thousands = decimals == 3 and not mixed and not (mark == "." and places == 3)
    if repeated or thousands:
        return re.sub(r"[.,]", "", number)
    return f"{re.sub(r'[.,]', '', number[:last])}.{number[last + 1 :]}"


def money_of(amount: object, currency: object) -> Money | None:
    """A price in whole units out of JSON, a number or a text; None where there is none or it cannot be one.

    Numbers are read exactly: nothing is taken for thousands, 12.5 is 12.50 and not 125.
    """
    code = currency.strip().upper() if isinstance(currency, str) else ""
    try:
        if isinstance(amount, str):
            price = parse_money(amount, code or None)
        elif isinstance(amount, int | float) and not isinstance(amount, bool) and re.fullmatch(r"[A-Z]{3}", code):
            places = EXPONENTS.get(code, USUAL_EXPONENT)
            minor = Decimal(str(amount)).scaleb(places).to_integral_value(ROUND_HALF_UP)
            price = Money(int(minor), code)
        else:
            return None
    except (ValueError, ArithmeticError):
        return None
    return price if 0 < price.minor <= _MOST_MINOR else None


def minor_units(amount: float, currency: str) -> int:
    """Whole units of a currency in its smallest ones: 12.5 EUR are 1250 cents."""
    places = EXPONENTS.get(currency, USUAL_EXPONENT)
    return int(Decimal(str(amount)).scaleb(places).to_integral_value(ROUND_HALF_UP))
