"""How the command is used wrongly."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from bot.cli import app


@pytest.mark.parametrize("name", ["", "a:b", "../somebody", "x" * 65])
def test_a_name_that_is_no_address_is_wrong_use(name: str) -> None:
    done = CliRunner().invoke(app, ["chat", "--as", name])
    assert done.exit_code == 2
    assert "letters" in done.output
