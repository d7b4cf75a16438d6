"""What fuzzers once found, and some of everybody's bytes besides, read again each time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.readers import READERS, kept


@pytest.mark.parametrize("reader", READERS)
def test_everything_that_is_kept_is_read_or_refused_in_words(reader: str) -> None:
    assert kept(reader), "a fuzzer without examples begins with nothing"
    for path in kept(reader):
        READERS[reader](path.read_bytes())


@pytest.mark.parametrize("reader", READERS)
@given(data=st.binary(max_size=200))
def test_bytes_by_chance_are_read_or_refused_in_words(reader: str, data: bytes) -> None:
    READERS[reader](data)


@given(text=st.text(max_size=60))
def test_any_words_in_any_writing_are_understood_as_something(text: str) -> None:
    READERS["understanding"](b"\x01" + text.encode())
