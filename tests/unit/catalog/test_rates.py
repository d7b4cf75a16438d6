"""Prices in another currency are about so much, by a table with a date, and never invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.money import amount_of
from catalog.rates import RatesError, load_rates, read_rates
from catalog.types import Money

RATES = load_rates()


def test_a_price_is_told_to_two_digits() -> None:
    assert RATES.about(Money(129_900, "INR"), "EUR") == Money(1500, "EUR")
    assert RATES.about(Money(4_990, "EUR"), "JPY") == Money(8100, "JPY")


def test_nothing_is_told_without_both_rates_or_need() -> None:
    assert RATES.about(Money(100, "EUR"), "EUR") is None
    assert RATES.about(Money(100, "XXX"), "EUR") is None
    assert RATES.about(Money(100, "EUR"), "XXX") is None
    assert RATES.about(Money(0, "EUR"), "INR") is None


@given(st.integers(1, 10**9), st.sampled_from(sorted(RATES.per_euro)), st.sampled_from(sorted(RATES.per_euro)))
def test_there_and_back_is_about_the_same(minor: int, here: str, there: str) -> None:
    price = Money(minor, here)
    about = RATES.about(price, there)
    if about is None or about.minor < 100:
        return
    back = RATES.about(about, here)
    assert back is not None
    assert abs(float(amount_of(back) / amount_of(price)) - 1) < 0.12 or back.minor < 100


def test_the_banks_own_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "eurofxref.csv"
    file.write_text("Date, USD, INR, RUB, \n26 November 2026, 1.1, 95.5, N/A, \n")
    rates = load_rates(file)
    assert rates.dated == date(2026, 11, 26)
    assert rates.about(Money(11_000, "USD"), "EUR") == Money(10_000, "EUR")
    assert rates.about(Money(11_000, "USD"), "RUB") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Date, USD",
        "USD, Date\n1, 2",
        "Date, USD\n26 November 2026, one",
        "Date, USD\nsoon, 1",
        "Date, USD\n2026-11-26, -1",
    ],
)
def test_a_table_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(RatesError):
        read_rates(text)
