"""docs/privacy.md says what the code does: what stays when somebody is erased, and how long what is kept."""

from __future__ import annotations

from storage.belongings import STAYING
from storage.retention import RULES
from tests.programs import ROOT

PAGE = (ROOT / "docs" / "privacy.md").read_text()


def _rows(heading: str) -> list[str]:
    """The rows of the table below this line."""
    _, _, below = PAGE.partition(f"{heading}\n")
    _, _, rows = below.partition("---|\n")
    return rows.partition("\n\n")[0].splitlines()


def test_the_page_holds_every_rule_of_retention_as_it_is() -> None:
    rules = [f"| {rule.what} | {rule.term} | `{rule.table.__tablename__}` |" for rule in RULES]
    assert _rows("## How long") == rules


def test_the_page_holds_everything_that_stays_and_why() -> None:
    assert _rows("What stays:") == [f"| `{table}` | {why} |" for table, why in STAYING.items()]
