"""How the command is used wrongly."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from bot.channels.terminal.command import language_set
from bot.cli import app


@pytest.mark.parametrize("name", ["", "a:b", "../somebody", "x" * 65])
def test_a_name_that_is_no_address_is_wrong_use(name: str) -> None:
    done = CliRunner().invoke(app, ["chat", "--as", name])
    assert done.exit_code == 2
    assert "letters" in done.output


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE", "LC_ALL": "hi_IN.UTF-8"}, "hi"),
        ({"LANG": "de_DE", "LC_MESSAGES": "C", "LC_ALL": ""}, None),
        ({"LANG": "ja_JP.UTF-8"}, None),
        ({}, None),
    ],
)
def test_the_terminal_tells_its_language(environment: dict[str, str], expected: str | None) -> None:
    assert language_set(environment) == expected
