"""Terms of everything that is installed to run and to check: each is on the list, and the list is the table."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests.programs import ROOT

ALLOWED = (
    "MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "MPL", "Mozilla Public License 2.0",
    "LGPL", "Lesser General Public License", "OFL", "Unlicense", "CC0", "HPND", "Zlib", "0BSD", "PostgreSQL",
)  # fmt: skip
"""May be linked with Apache-2.0 code, or is only used unchanged as a library of its own (LGPL, MPL)."""

FORBIDDEN = re.compile(
    r"\b(A?GPL)|\bGNU (Affero )?General Public|SSPL|Commons Clause|Business Source|Non-?Commercial"
)

_LOCKED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^ \\;]+)")


def locked(name: str) -> list[str]:
    """The packages of a lock file."""
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    return [found[1] for line in lines if (found := _LOCKED.match(line))]


def terms_of(package: Distribution) -> str:
    """The licence as the metadata tells it, the SPDX expression first."""

    def told(field: str) -> list[str]:
        return [str(value) for value in package.metadata.get_all(field) or []]

    if expression := told("License-Expression"):
        return expression[0]
    named = [c.rpartition(":: ")[2] for c in told("Classifier") if c.startswith("License")]
    plain = [line for text in told("License") for line in text.strip().splitlines()[:1]]
    return " / ".join(c for c in named if c != "OSI Approved") or "".join(plain)


@pytest.mark.parametrize("name", sorted(set(locked("run.txt")) | set(locked("dev.txt"))))
def test_every_locked_package_may_be_used(name: str) -> None:
    try:
        terms = terms_of(distribution(name))
    except PackageNotFoundError:
        pytest.fail(f"{name} is locked and not installed")
    assert terms, f"{name} does not say its terms"
    assert any(word.lower() in terms.lower() for word in ALLOWED), f"{name}: {terms} is not on the list"
    assert not FORBIDDEN.search(terms.replace("LGPL", "").replace("Lesser General Public", "")), f"{name}: {terms}"


def table() -> str:
    """The table of THIRD_PARTY.md."""
    rows = [f"| {name} | {terms_of(distribution(name))} |" for name in sorted(locked("run.txt"))]
    return "\n".join(["| package | terms |", "|---|---|", *rows])


def test_the_table_of_terms_is_what_is_installed() -> None:
    text = Path(ROOT / "THIRD_PARTY.md").read_text()
    told = text.partition("<!-- terms -->\n")[2].partition("\n<!-- /terms -->")[0]
    assert told == table(), f"put this between the marks of THIRD_PARTY.md:\n{table()}"
