"""How good search is over the 118 labelled photos: wishes go through the understanding into the real index.

Relevance is judged on the collection's own labels, never on what the import made of them. hit@1: the first
product is relevant. recall@5: of the relevant ones (at most five count) how many are among the first five.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue.types import Context
from bot.dialogue.understanding import understand
from bot.dialogue.wishes import filters_of, words_of
from catalog.query import query_from_slots
from catalog.types import Product, Query

Label = dict[str, str]

WISHES, LATER = (Path(__file__).with_name(name) for name in ("wishes.txt", "later.txt"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody writes, and which labels are right."""

    language: str
    text: str
    rule: str
    learned: bool

    def right(self, label: Label) -> bool:
        """Whether a product with this label is what was meant."""
        return all(_meets(condition, label) for condition in re.split(r"\s(?=\w+!?=)", self.rule))


def _meets(condition: str, label: Label) -> bool:
    name, negated, pattern = re.split(r"(!?)=", condition.strip(), maxsplit=1)
    value = label["gender" if name == "sex" else name]
    found = re.search(pattern, value, re.IGNORECASE) if name == "name" else re.fullmatch(pattern, value)
    return bool(found) != bool(negated)


def wishes(path: Path = WISHES) -> list[Wish]:
    """All wishes; every other one is held out: it was not looked at while search was improved."""
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    found = []
    for at, line in enumerate(lines):
        language, text, rule = (cell.strip() for cell in line.split("|", 2))
        found.append(Wish(language, text, rule, learned=at % 2 == 0))
    return found


def query_of(text: str) -> Query:
    """As the command line asks."""
    return query_from_slots(text, dict(understand(text, Context()).slots))


def query_in_chat(text: str) -> Query:
    """As the chat asks for a wish from scratch: with the words nobody understood and those of the slots."""
    frame = understand(text, Context())
    slots = filters_of(frame.slots)
    return query_from_slots(f"{' '.join(frame.rest)} {words_of(slots)}".strip(), slots)


@dataclass(frozen=True, slots=True)
class Judged:
    """One wish and what it found."""

    wish: Wish
    hit: bool
    recall: float
    titles: tuple[str, ...]


def judge(
    wanted: Iterable[Wish], labels: dict[str, Label], search: Callable[[str], Sequence[Product]]
) -> list[Judged]:
    """`labels` by picture; `search` finds for a text. A wish without a right answer is a mistake of ours."""
    found = []
    for wish in wanted:
        possible = sum(map(wish.right, labels.values()))
        if not possible:
            raise ValueError(f"nothing is right for {wish.text!r}: {wish.rule}")
        products = search(wish.text)[:5]
        good = [wish.right(labels[product.picture]) for product in products if product.picture in labels]
        titles = tuple(product.title for product in products)
        found.append(Judged(wish, good[:1] == [True], sum(good) / min(possible, 5), titles))
    return found


def labels_of(feed: Path) -> dict[str, Label]:
    """The collection's labels by picture."""
    return {item["file"]: item for item in json.loads(feed.read_text())}


def figures(judged: Sequence[Judged]) -> tuple[int, float, float]:
    """How many, hit@1, recall@5."""
    count = len(judged)
    return count, sum(one.hit for one in judged) / count, sum(one.recall for one in judged) / count
