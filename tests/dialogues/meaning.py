"""What a reply means, apart from its words: of which sentences it is made, what it shows and offers, and what the
conversation remembers then. Scripts expect these; each check says what is wrong, or nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import bot.dialogue
from bot.dialogue.actions import parse
from bot.dialogue.language import Text, catalogue
from bot.dialogue.state import ConversationState
from tests.dialogues.script import MEANWHILE

Body = dict[str, Any]
"""The body of a turn."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How things stand after a step: what was said since the one before, and what is remembered."""

    bodies: list[Body]
    state: ConversationState
    saved: tuple[str, ...]
    jobs: int


# --- sentences ---------------------------------------------------------------------------------------


_WORDS = ("bot.dialogue.labels", "bot.dialogue.names")
"""Words on buttons and of facets: parts of sentences."""


@cache
def sentences() -> dict[str, Text]:
    """Every sentence of the dialogue by its name: that of its constant, in lower case, with spaces."""
    found: dict[str, Text] = {}
    for module in pkgutil.walk_packages(bot.dialogue.__path__, "bot.dialogue."):
        if module.name in _WORDS:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for key, text in _texts(value):
                found.setdefault(f"{name} {key}".strip().lower().replace("_", " "), text)
    return found


def _texts(value: object) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield "", value
    elif isinstance(value, dict):
        yield from ((str(key), text) for key, text in value.items() if isinstance(text, Text))


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    text, said = sentences()[name], catalogue(language)
    if text.many:
        forms = {said.ngettext(text.one, text.many, count) for count in range(201)}
    else:
        forms = {said.gettext(text.one)}
    return re.compile("|".join(_form(form) for form in sorted(forms, key=len, reverse=True)), re.DOTALL)


def _form(template: str) -> str:
    return "".join(
        ".+?" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", template) if part
    )


def says(body: Body, name: str) -> bool:
    """Whether this sentence is part of the message, in the message's language."""
    if name not in sentences():
        raise KeyError(f"there is no sentence called “{name}”")
    return _pattern(name, body.get("lang", "en")).search(body["text"]) is not None


# --- checks ------------------------------------------------------------------------------------------


def _says(seen: Seen, value: str) -> str | None:
    missing = [name for name in _list(value) if not any(says(body, name) for body in seen.bodies)]
    return f"it does not say {', '.join(missing)}" if missing else None


def _says_not(seen: Seen, value: str) -> str | None:
    said = [name for name in _list(value) if any(says(body, name) for body in seen.bodies)]
    return f"it says {', '.join(said)}" if said else None


def _language(seen: Seen, value: str) -> str | None:
    spoken = {body.get("lang", "en") for body in seen.bodies}
    return None if spoken == {value} else f"it speaks {sorted(spoken)}"


def _messages(seen: Seen, value: str) -> str | None:
    return None if len(seen.bodies) == int(value) else f"there are {len(seen.bodies)} messages"


def _shows(seen: Seen, value: str) -> str | None:
    """ "3 products, jacket, black or brown, “denim”, under 2000 INR": true of each product on screen."""
    shown = last_products(seen.bodies)
    if value == "nothing":
        return None if not shown else f"it shows {_titles(shown)}"
    for part in _list(value):
        count = re.fullmatch(r"(\d+) products?", part)
        if count and len(shown) != int(count[1]):
            return f"it shows {_titles(shown)}"
        wrong = [p for p in shown if not count and not any(_is(p, one) for one in part.split(" or "))]
        if wrong or not shown:
            return f"it shows {_titles(wrong)}, which is not {part}" if wrong else "it shows nothing"
    return None


def _is(product: dict[str, Any], fact: str) -> bool:
    if fact.startswith("“"):
        return fact.strip("“”").lower() in product["title"].lower()
    if bound := re.fullmatch(r"(under|over) (\d+) ([A-Z]{3})", fact):
        if product["price_minor"] is None or product["currency"] != bound[3]:
            return False
        units, limit = product["price_minor"] / 100, int(bound[2])
        return bool(units <= limit if bound[1] == "under" else units >= limit)
    return fact in {product["category"], product["brand"], product["part"], product["source"], *product["color"]}


def _begins_with(seen: Seen, value: str) -> str | None:
    """The titles of the first products, in order."""
    titles = [product["title"].lower() for product in last_products(seen.bodies)]
    wanted = [one.strip("“”").lower() for one in _list(value)]
    fits = len(titles) >= len(wanted) and all(one in title for one, title in zip(wanted, titles, strict=False))
    return None if fits else f"it begins with {titles[: len(wanted)]}"


def _offers(seen: Seen, value: str) -> str | None:
    actions = [choice["action"] for choice in seen.bodies[-1]["choices"]] if seen.bodies else []
    missing = [one for one in _list(value) if not any(fits(action, one) for action in actions)]
    return f"it does not offer {', '.join(missing)}, but {actions}" if missing else None


def fits(action: str, wanted: str) -> bool:
    """Whether the action is this one, or has this verb."""
    return action == wanted or parse(action)[0] == wanted


def _pictures(seen: Seen, value: str) -> str | None:
    roles = next((_roles(body) for body in reversed(seen.bodies) if body["pictures"]), [])
    wanted = [] if value == "none" else _list(value)
    return None if roles == wanted else f"its pictures are {roles or 'none'}"


def _roles(body: Body) -> list[str]:
    return [picture["role"] for picture in body["pictures"]]


def _looks_for(seen: Seen, value: str) -> str | None:
    """ "category jacket, color black or blue, not color grey, price_max 2000": these filters and no others."""
    slots = seen.state.looking.slots if seen.state.looking else {}
    return None if wish(slots) == value else f"it looks for: {wish(slots)}"


def wish(slots: dict[str, Any]) -> str:
    """Filters as a script writes them."""
    parts = [f"{name} {_values(slots[name])}" for name in sorted(slots) if name != "exclude" and slots[name]]
    parts += [f"not {name} {_values(values)}" for name, values in sorted(slots.get("exclude", {}).items())]
    return ", ".join(parts) or "nothing"


def _values(value: Any) -> str:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return " or ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _stage(seen: Seen, value: str) -> str | None:
    return None if seen.state.stage == value else f"the stage is {seen.state.stage}"


def _asks(seen: Seen, value: str) -> str | None:
    asked = seen.state.asked or "nothing"
    return None if asked == value else f"it asks for {asked}"


def _remembers(seen: Seen, value: str) -> str | None:
    """ "photo, no wish, focus.title White t-shirt": fields of the state, by path."""
    for part in _list(value):
        absent, path = part.startswith("no "), part.removeprefix("no ")
        path, _, wanted = path.partition(" ")
        there = _at(seen.state, path)
        if absent == bool(there) or (wanted and _values(there) != wanted):
            return f"{path} is {there!r}"
    return None


def _at(state: ConversationState, path: str) -> Any:
    value: Any = state.to_json()
    first, *rest = path.split(".")
    # A field that there is not is a mistake in the script; one below it may be there or not.
    value = value[first]
    for name in rest:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _saved(seen: Seen, value: str) -> str | None:
    return None if len(seen.saved) == int(value) else f"saved is {list(seen.saved)}"


def _meanwhile(seen: Seen, value: str) -> str | None:
    return None if seen.jobs == int(value) else f"{seen.jobs} pictures are in the making"


CHECKS: dict[str, Callable[[Seen, str], str | None]] = {
    "says": _says,
    "does not say": _says_not,
    "language": _language,
    "messages": _messages,
    "shows": _shows,
    "begins with": _begins_with,
    "offers": _offers,
    "pictures": _pictures,
    "looks for": _looks_for,
    "stage": _stage,
    "asks": _asks,
    "remembers": _remembers,
    "saved": _saved,
    MEANWHILE: _meanwhile,
}
"""What a script can expect, by the words before the colon."""


# --- for people --------------------------------------------------------------------------------------


def describe(seen: Seen) -> str:
    """What is so, in the words of a script: to write one, and to see why one fails."""
    said = [name for name in sentences() if name in _whole() and any(says(body, name) for body in seen.bodies)]
    shown = last_products(seen.bodies)
    facts = {
        "says": ", ".join(said) or "?",
        "language": ", ".join(sorted({body.get("lang", "en") for body in seen.bodies})),
        "messages": str(len(seen.bodies)),
        "shows": f"{len(shown)} products, {_titles(shown)}" if shown else "nothing",
        "offers": ", ".join(choice["action"] for choice in (seen.bodies[-1]["choices"] if seen.bodies else ())),
        "pictures": ", ".join(role for body in seen.bodies for role in _roles(body)) or "none",
        "looks for": wish(seen.state.looking.slots if seen.state.looking else {}),
        "stage": seen.state.stage,
        "asks": seen.state.asked or "nothing",
        "saved": str(len(seen.saved)),
        MEANWHILE: str(seen.jobs),
    }
    words = [f"  “{body['text']}”" for body in seen.bodies]
    return "\n".join([*words, *(f"- {key}: {value}" for key, value in facts.items())])


@cache
def _whole() -> frozenset[str]:
    """Sentences that say something: a word, or what begins with a placeholder, is found in everything."""
    return frozenset(name for name, text in sentences().items() if re.match(r"[^{]{6}.*\W", text.one, re.DOTALL))


def last_products(bodies: list[Body]) -> list[dict[str, Any]]:
    """The products of the last message that shows any."""
    return next((body["products"] for body in reversed(bodies) if body["products"]), [])


def _titles(products: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"{p['title']} ({', '.join(filter(None, [p['category'], *p['color'], p['brand']]))}"
        f"{'' if p['price_minor'] is None else ', ' + str(p['price_minor'] // 100) + ' ' + p['currency']})"
        for p in products
    )


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",")]
