"""Where the test material lies: next to the checkout, never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

TEST_DATA = Path(os.environ.get("FASHIONCORE_TEST_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))

needs_test_data = pytest.mark.skipif(
    not TEST_DATA.is_dir(),
    reason=f"the test photos are not at {TEST_DATA} (set FASHIONCORE_TEST_DATA)",
)
