"""How much is understood: `python -m tests.understanding` prints the tables of docs/understanding.md.

`python -m tests.understanding train` trains the model of `bot/dialogue/understanding/learned` anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bot.dialogue.understanding.learned.train import learn
from bot.dialogue.understanding.lines import context_from
from tests.unit.dialogue.corpus import (
    LANGUAGES,
    STRANGERS,
    UNREAD,
    Figures,
    Labelled,
    by_intent,
    by_language,
    languages_told,
    lines_of,
    measure,
    ours,
)

NAMES = {
    "en": "English",
    "hl": "Hindi, Latin letters",
    "hi": "Hindi",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "pt": "Portuguese",
    "ar": "Arabic",
}


def tables() -> str:
    """The measured tables as Markdown."""
    unread, learned = lines_of(UNREAD), [*ours(), *lines_of(STRANGERS)]
    parts = [
        "### By language, messages nobody looked at",
        _table("language", {NAMES[n]: f for n, f in _in_order(by_language(unread))}, measure(unread)),
        "### By language, messages that were learned from",
        _table("language", {NAMES[n]: f for n, f in _in_order(by_language(learned))}, measure(learned)),
        "### By intent, messages nobody looked at",
        _table("intent", by_intent(unread)),
        "### Confusions, messages nobody looked at",
        _confusions(measure(unread)),
        "### Language of a message, all of them",
        _told([*learned, *unread]),
    ]
    return "\n\n".join(parts) + "\n"


def _in_order(figures: dict[str, Figures]) -> Iterable[tuple[str, Figures]]:
    return ((name, figures[name]) for name in LANGUAGES if name in figures)


def _table(title: str, rows: dict[str, Figures], total: Figures | None = None) -> str:
    lines = [f"| {title} | messages | intent right | turn right | slot F1 |", "|---|---|---|---|---|"]
    for name, f in [*rows.items(), *([("all", total)] if total else [])]:
        f1 = f"{f.slot_f1:.2f}" if f.found + f.wanted else "-"
        lines.append(f"| {name} | {f.messages} | {f.intent_rate:.2f} | {f.turn_rate:.2f} | {f1} |")
    return "\n".join(lines)


def _confusions(figures: Figures) -> str:
    lines = ["| meant | read as | times |", "|---|---|---|"]
    lines += [
        f"| {a} | {b} | {n} |" for (a, b), n in sorted(figures.confused.items(), key=lambda x: (-x[1], x[0]))
    ]
    return "\n".join(lines)


def _told(messages: list[Labelled]) -> str:
    outcomes = languages_told(messages)
    lines = ["| language | told | left open | told wrong |", "|---|---|---|---|"]
    for name in LANGUAGES:
        told, left, wrong = (outcomes[name, outcome] for outcome in ("told", "open", "wrong"))
        lines.append(f"| {NAMES[name]} | {told} | {left} | {wrong} |")
    return "\n".join(lines)


def train() -> None:
    """Learns from our messages and the strangers' that were read."""
    learn([(m.text, context_from(m.context), m.intent) for m in [*ours(), *lines_of(STRANGERS)]])


if __name__ == "__main__":
    if sys.argv[1:] == ["train"]:
        train()
    else:
        sys.stdout.write(tables())
