"""Whole conversations, written down for people (`*.md` in this folder), held in web chat and terminal."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from tests.dialogues.script import scripts
from tests.dialogues.stage import Outcome, play
from tests.programs import stage

pytestmark = pytest.mark.timeout(600)

SCRIPTS = {script.name: script for script in scripts()}
PARTS = [(name, means) for name in SCRIPTS for means in ("web", "terminal")]
PARTS += [(name, "process") for name, script in SCRIPTS.items() if script.facts.get("also through") == "process"]


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest,
    module_stocked_database_url: str,
    module_redis_url: str,
    stocked_data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, str], Outcome]:
    """Those conversations that this run of pytest asks for, all played at once."""
    asked = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    wanted = [part for part in PARTS if {"name": part[0], "means": part[1]} in asked]
    folder = tmp_path_factory.mktemp("stage")
    with stage(module_stocked_database_url, module_redis_url, folder, stocked_data) as opened:
        outcomes = asyncio.run(play(opened, [(SCRIPTS[name], means) for name, means in wanted]))
    return dict(zip(wanted, outcomes, strict=True))


@pytest.mark.parametrize(("name", "means"), PARTS, ids=map("-".join, PARTS))
def test_the_conversation_goes_as_written(name: str, means: str, outcomes: dict[tuple[str, str], Outcome]) -> None:
    outcome = outcomes[name, means]
    assert not outcome.error, f"{Path(SCRIPTS[name].path).name}: {outcome.error}"


def test_the_conversations_show_what_they_should() -> None:
    kinds = Counter(script.kind for script in SCRIPTS.values())
    assert len(SCRIPTS) >= 30
    assert sum(script.language != "en" for script in SCRIPTS.values()) >= 10
    assert sum(script.interrupts for script in SCRIPTS.values()) >= 5
    assert kinds["correction"] >= 5
