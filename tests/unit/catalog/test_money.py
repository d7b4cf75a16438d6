"""Prices as shops write them become integer minor units."""

from __future__ import annotations

import pytest

from catalog.money import parse_money
from catalog.types import Money


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("19.90 USD", Money(1990, "USD")),
        ("USD 19.90", Money(1990, "USD")),
        ("$1,299", Money(129900, "USD")),
        ("1.299,00 EUR", Money(129900, "EUR")),
        ("1 299,00 €", Money(129900, "EUR")),
        ("12,5 EUR", Money(1250, "EUR")),
        ("1'299.50 CHF", Money(129950, "CHF")),
        ("₹ 1,23,456", Money(12345600, "INR")),
        ("Rs. 999.00", Money(99900, "INR")),
        ("1000 JPY", Money(1000, "JPY")),
        ("1,000.00 JPY", Money(1000, "JPY")),
        ("1.250 KWD", Money(1250, "KWD")),
        ("1,250 KWD", Money(1250000, "KWD")),
        ("19.9051 USD", Money(1991, "USD")),
        ("19.9 eur", Money(1990, "EUR")),
    ],
)
def test_a_price_is_read_as_its_shop_means_it(text: str, money: Money) -> None:
    assert parse_money(text) == money


def test_a_feed_s_currency_stands_in() -> None:
    assert parse_money("19.90", "EUR") == Money(1990, "EUR")
    assert parse_money("19.90 USD", "EUR") == Money(1990, "USD")


@pytest.mark.parametrize(
    "text", ["", "call us", "-5 USD", "19.90", "12 13 14 USD x", "NaN USD", "9" * 30 + " USD"]
)
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="price"):
        parse_money(text)
