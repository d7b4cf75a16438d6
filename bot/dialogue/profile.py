"""What a person told about themselves for good: sizes, budget, what they like and avoid; theirs on every channel.

A profile is a set of facts, each about a topic and a subject; so two chats of one person, or two people who become
one, change and join it fact by fact. Saying, asking and forgetting them is in `remembering.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from catalog.taxonomy import ancestors, is_a, part_of

SINGLE = ("currency", "gender", "language")
"""Topics with one value, whose subject is ""."""

TASTES = ("color", "brand", "material", "pattern", "fit", "category")
"""Topics whose subject is LIKED or AVOIDED."""

LIKED, AVOIDED = "liked", "avoided"

MAX_FACTS = 60
MAX_SUBJECT = 40
"""In bytes: a fact must fit into a button."""


class Fact(NamedTuple):
    """One thing to remember; with the value "" the thing to forget.

    size: the subject is a kind of clothing, or "" for all; the value has one size or several, "M,L"
    budget: the subject is a currency, or "" for whichever; the value is the most that one piece may cost
    a topic of SINGLE: the value is a currency (ISO 4217), women or men, a code of `language.LANGUAGES`
    a topic of TASTES: the subject is a value of that facet, the value LIKED or AVOIDED
    """

    topic: str
    subject: str
    value: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All facts about a person, oldest first."""

    facts: tuple[Fact, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Iterable[str]]) -> Profile:
        """The profile of rows of (topic, subject, value)."""
        return cls(tuple(Fact(*row) for row in rows)[-MAX_FACTS:])

    def to_json(self) -> list[list[str]]:
        """Rows for `of`."""
        return [list(fact) for fact in self.facts]

    def changed(self, changes: Iterable[Fact]) -> Profile:
        """The profile after these; what is forgotten is gone, the oldest go when there are too many."""
        facts = {(f.topic, f.subject): f for f in self.facts}
        for fact in changes:
            facts.pop((fact.topic, fact.subject), None)
            if fact.value:
                facts[fact.topic, fact.subject] = fact
        return Profile(tuple(facts.values())[-MAX_FACTS:])

    def value(self, topic: str, subject: str = "") -> str | None:
        """What is known of it, or None."""
        return next((f.value for f in self.facts if (f.topic, f.subject) == (topic, subject)), None)

    def about(self, *topics: str) -> tuple[Fact, ...]:
        """The facts of these topics."""
        return tuple(f for f in self.facts if f.topic in topics)

    @property
    def gender(self) -> str | None:
        """For whom they look: women or men."""
        return self.value("gender")

    @property
    def currency(self) -> str | None:
        """What they count in, ISO 4217."""
        return self.value("currency")

    @property
    def language(self) -> str | None:
        """What they asked to be spoken to in, a code of `language.LANGUAGES`."""
        return self.value("language")

    def sizes(self, category: str = "") -> tuple[str, ...]:
        """The sizes they take in this kind of clothing: what was said of it or of a broader kind, else in general.

        A size of clothes says nothing about shoes and bags.
        """
        for kind in (category, *(ancestors(category) if category else ())):
            found = self.value("size", kind)
            if found:
                return tuple(found.split(","))
        general = self.value("size") if part_of(category) or not category else None
        return tuple(general.split(",")) if general else ()

    def budget(self) -> tuple[float, str | None] | None:
        """The most that one piece may cost, and in which currency; None when nothing was said.

        In the currency they count in, when there is one for that; else what was said last.
        """
        known = {f.subject: float(f.value) for f in self.about("budget")}
        if not known:
            return None
        subject = next((c for c in (self.currency or "", "") if c in known), list(known)[-1])
        return known[subject], subject or self.currency

    def liked(self, facet: str) -> tuple[str, ...]:
        """Values of a facet of TASTES that they like."""
        return tuple(f.subject for f in self.about(facet) if f.value == LIKED)

    def avoided(self, facet: str) -> tuple[str, ...]:
        """Values of a facet of TASTES that they want to see nothing of."""
        return tuple(f.subject for f in self.about(facet) if f.value == AVOIDED)


def facts_of(slots: dict[str, Any], spoken: str | None = None) -> tuple[Fact, ...]:
    """The facts in the slots of a message that says something for good. `spoken` is a language of ours."""
    # Feet have one size, whatever is on them.
    kinds = ["footwear" if is_a(c, "footwear") else str(c) for c in slots.get("category", ())]
    sizes = ",".join(map(str, slots.get("size", ())))
    facts = [Fact("size", kind, sizes) for kind in dict.fromkeys(kinds or [""]) if sizes]
    most = next((slots[name] for name in ("price_max", "price_about", "price_min") if name in slots), None)
    currency = str(slots.get("currency", ""))
    if most is not None:
        facts.append(Fact("budget", currency, f"{float(most):g}"))
    elif currency:
        facts.append(Fact("currency", "", currency))
    if slots.get("gender") in ("women", "men"):
        facts.append(Fact("gender", "", str(slots["gender"])))
    if spoken:
        facts.append(Fact("language", "", spoken))
    for facet in TASTES:
        unwanted = slots.get("exclude", {}).get(facet, ())
        # "Size L in shirts" does not say that they like shirts.
        wanted = slots.get(facet, ()) if facet != "category" else ()
        facts += [Fact(facet, str(v), LIKED) for v in wanted] + [Fact(facet, str(v), AVOIDED) for v in unwanted]
    return tuple(f for f in facts if len(f.subject.encode()) <= MAX_SUBJECT)
