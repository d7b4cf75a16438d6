"""The page about security names tests; each of them is there."""

from __future__ import annotations

import re

from tests.programs import ROOT


def test_every_test_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(test_[a-z_0-9]+)`", (ROOT / "docs" / "security.md").read_text()))
    assert len(named) > 15
    written = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_[a-z_0-9]+)\(", path.read_text())
    }
    assert named - written == set()
