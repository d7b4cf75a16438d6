"""Conversations as they are written down: Markdown that people read and tests play.

    # What happens, in a line
    Who, and why it matters: for people only.

    - language: es
    - kind: correction

    > a message; [consent:yes] presses a button, 📷 studio-1 sends a sample picture, (waits) waits for pictures

    What the stylist does about it, in words, for people only.

    - says: found
    - shows: 2 products, jacket, black or brown

A quoted line is what the person does. The list below it is what must be so when all answers have come; its keys
are those of `meaning.CHECKS`. Pictures are waited for too, unless the list has `meanwhile: N`: so many are in the
making.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent

MEANWHILE = "meanwhile"
_KEYS = ("language", "kind", "begins", "also through")
_BULLET = re.compile(r"- ([a-z ]+): (.+)")
_PRESS = re.compile(r"\[([^\]]+?)(?: (\d))?\]")
_DIRECTIONS = ("opens the chat", "waits")

Deed = Literal["say", "press", "photo", "opens", "waits"]


class ScriptError(Exception):
    """The script is not written as it should be; says where."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of what must be so."""

    key: str
    value: str
    line: int


@dataclass(slots=True)
class Step:
    """What the person does: says `words`, presses the `number`th button with the action `words`, ..."""

    deed: Deed
    words: str
    number: int
    line: int
    checks: list[Check] = field(default_factory=list)

    @property
    def meanwhile(self) -> bool:
        """Whether it goes on before the pictures are there."""
        return any(check.key == MEANWHILE for check in self.checks)


@dataclass(slots=True)
class Script:
    """One conversation."""

    path: Path
    title: str
    facts: dict[str, str]
    steps: list[Step]

    @property
    def name(self) -> str:
        """For test ids."""
        return self.path.stem

    @property
    def language(self) -> str:
        """What the person writes in."""
        return self.facts.get("language", "en")

    @property
    def kind(self) -> str:
        """interruption, correction, or what else it shows."""
        return self.facts.get("kind", "")

    @property
    def interrupts(self) -> bool:
        """Whether somebody speaks while a picture is made."""
        return any(step.meanwhile for step in self.steps)


def scripts() -> list[Script]:
    """All conversations, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.md"))]


def read(path: Path) -> Script:
    """The conversation of a file. Raises ScriptError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].startswith("# "):
        raise ScriptError(f"{path.name}: the first line is no heading")
    script = Script(path, lines[0][2:].strip(), {}, [])
    for number, block in _blocks(lines):
        if block[0].startswith(">"):
            script.steps.append(_step(number, "\n".join(line.lstrip("> ").rstrip() for line in block)))
        elif block[0].startswith("- "):
            _take_list(script, number, block)
    if not script.steps:
        raise ScriptError(f"{path.name}: nobody says anything")
    waits = next((i for i, step in enumerate(script.steps) if step.deed == "waits"), len(script.steps))
    if any(step.meanwhile for step in script.steps[waits:]):
        # The worker starts when everybody who interrupts has done so.
        raise ScriptError(f"{path.name}: an interruption comes before the first picture")
    return script


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Paragraphs with the number of their first line; a quote and a list part also without an empty line."""
    block: list[str] = []
    start = 0
    for number, line in enumerate([*lines, ""], 1):
        kind = line[:1] in ">-" and line[:1]
        if block and (not line.strip() or kind != (block[0][:1] in ">-" and block[0][:1])):
            yield start, block
            block = []
        if line.strip():
            start = start if block else number
            block.append(line)


def _step(number: int, words: str) -> Step:
    if pressed := _PRESS.fullmatch(words):
        return Step("press", pressed[1], int(pressed[2] or 1), number)
    if words.startswith("📷"):
        return Step("photo", words.removeprefix("📷").strip(), 1, number)
    if words.startswith("(") and words.endswith(")"):
        direction = words[1:-1]
        if direction not in _DIRECTIONS:
            raise ScriptError(f"line {number}: the stage directions are {_DIRECTIONS}")
        return Step("opens" if direction == "opens the chat" else "waits", "", 1, number)
    return Step("say", words, 1, number)


def _take_list(script: Script, number: int, block: list[str]) -> None:
    for line, text in enumerate(block, number):
        found = _BULLET.fullmatch(text.rstrip())
        if found is None:
            raise ScriptError(f"{script.path.name}:{line}: “{text}” is not “- key: value”")
        key, value = found.groups()
        if script.steps:
            script.steps[-1].checks.append(Check(key, value, line))
        elif key in _KEYS:
            script.facts[key] = value
        else:
            raise ScriptError(f"{script.path.name}:{line}: the head of a script has {_KEYS}")
