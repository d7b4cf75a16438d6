"""The Bot API as two other projects wrote it down, merged: what a request, an answer and an update may hold.

Where the two differ, what either of them allows is allowed, and `Description.differences` names the place. Limits
of length and the choices of a field are read out of its sentence: the descriptions keep them nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.data import TEST_DATA

ARRAY = "Array of "
BASIC = {"Integer", "Float", "String", "Boolean", "True", "InputFile"}
OPEN = {"RichText"}  # a string, a list or an object: no method that is served here takes or gives one

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: JSON can hold one, UTF-8 cannot
_CONSTANT = re.compile(r"(?:\balways|\bmust be) [\"“]?(\w+)[\"”]?$")
_CHOICES = re.compile(r"(?:can be|must be one of|one of) (?:either |one of )?(?=[\"“])")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_LENGTH = re.compile(r"\b(\d+)-(\d+) (characters|bytes)(?! after)", re.IGNORECASE)
_ITEMS = re.compile(r"\b(?:list of|must include) (\d+)-(\d+)\b", re.IGNORECASE)
_VALUES = re.compile(r"(?:between |delivery, )(\d+)-(\d+)\b")
_SUBTYPE = re.compile(r"^\s*- (\w+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Limit:
    """From `least` to `most` characters (UTF-16 units, as Telegram counts), bytes, items or the value itself."""

    least: int
    most: int
    unit: str

    def allows(self, value: Any) -> bool:
        """Whether a value of the right type is within."""
        if isinstance(value, str):
            size = len(value.encode()) if self.unit == "bytes" else len(value.encode("utf-16-le")) // 2
        else:
            size = len(value) if isinstance(value, list) else value
        return self.least <= size <= self.most


@dataclass(frozen=True)
class Field:
    """One parameter of a method or one field of a type."""

    name: str
    types: frozenset[str]
    required: bool
    choices: frozenset[str] = frozenset()
    limit: Limit | None = None


@dataclass(frozen=True)
class Shape:
    """A method's parameters or a type's fields; a union has `subtypes` instead."""

    name: str
    fields: Mapping[str, Field]
    subtypes: tuple[str, ...] = ()
    returns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and of which sort: `missing`, `unknown`, `type`, `length` or `choice`."""

    path: str
    sort: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


@dataclass
class Description:
    """Both descriptions as one."""

    methods: dict[str, Shape] = field(default_factory=dict)
    types: dict[str, Shape] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def check(self, types: Iterable[str], value: Any, path: str) -> list[Problem]:
        """What stops the value from being one of the types; nothing when it is one."""
        names = sorted(types)
        if isinstance(value, list) and (inner := [n.removeprefix(ARRAY) for n in names if n.startswith(ARRAY)]):
            # An array of A or an array of B stands for an array whose items are A or B.
            return [p for n, item in enumerate(value) for p in self.check(inner, item, f"{path}[{n}]")]
        found: list[tuple[str, list[Problem]]] = []
        for name in self._fitting(names, value):
            problems = self._check_one(name, value, path)
            if not problems:
                return []
            found.append((name, problems))
        return min(found, key=lambda one: (-self._in_common(one[0], value), len(one[1])))[1]

    def check_fields(self, shape: Shape, value: Mapping[str, Any], path: str) -> list[Problem]:
        """What is wrong with the fields of an object."""
        problems = [
            Problem(f"{path}.{name}", "missing", "is missing")
            for name, one in shape.fields.items()
            if one.required and name not in value
        ]
        for name, item in value.items():
            where = f"{path}.{name}"
            if name not in shape.fields:
                problems.append(Problem(where, "unknown", f"{shape.name} has no such field"))
            elif wrong := self.check(shape.fields[name].types, item, where):
                problems += wrong
            else:
                problems += check_limits(shape.fields[name], item, where)
        return problems

    def _check_one(self, name: str, value: Any, path: str) -> list[Problem]:
        if name in OPEN:
            return []
        if name in BASIC:
            return [] if _is_basic(name, value) else [Problem(path, "type", f"{value!r:.80} is no {name}")]
        if name.startswith(ARRAY):
            return [Problem(path, "type", f"{value!r:.80} is no list")]
        if not isinstance(value, dict):
            return [Problem(path, "type", f"{value!r:.80} is no {name}")]
        shape = self.types[name]
        return self.check(shape.subtypes, value, path) if shape.subtypes else self.check_fields(shape, value, path)

    def _fitting(self, names: list[str], value: Any) -> list[str]:
        """Of several types those whose constant fields the value has; all of them when none fits."""
        return [name for name in names if self._constants_fit(name, value)] or names

    def _constants_fit(self, name: str, value: Any) -> bool:
        if name not in self.types or not isinstance(value, dict):
            return True
        fields = self.types[name].fields.values()
        return all(value.get(one.name) in one.choices for one in fields if len(one.choices) == 1 and one.required)

    def _in_common(self, name: str, value: Any) -> int:
        shape = self.types.get(name)
        return len(shape.fields.keys() & value.keys()) if shape and isinstance(value, dict) else 0


def check_limits(one: Field, value: Any, path: str) -> list[Problem]:
    """What is wrong with a value of the right type: too long, or none of the choices."""
    if one.choices and isinstance(value, str) and value not in one.choices:
        return [Problem(path, "choice", f"{value!r:.80} is none of {', '.join(sorted(one.choices))}")]
    if one.limit and isinstance(value, str | list | int) and not one.limit.allows(value):
        span = f"{one.limit.least}-{one.limit.most} {one.limit.unit}"
        return [Problem(path, "length", f"{value!r:.80} is not of {span}")]
    return []


def _is_basic(name: str, value: Any) -> bool:
    match name:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case "True":
            return value is True
        case "String":
            return isinstance(value, str) and _LONE_SURROGATE.search(value) is None
        case _:
            return isinstance(value, Upload)


@dataclass(frozen=True)
class Upload:
    """A file that came as a part of the request."""

    name: str
    file_name: str
    mime_type: str
    data: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name}, {self.file_name}, {len(self.data)} bytes)"


@cache
def description() -> Description:
    """The merged description, read once a process."""
    folder = TEST_DATA / "specs"
    first = _read_paulsonoflars(folder / "telegram-paulsonoflars" / "api.json")
    second = _read_aiogram(folder / "telegram-aiogram" / "schema.json")
    merged = Description()
    for kind, ours, left, right in (
        ("method", merged.methods, first.methods, second.methods),
        ("type", merged.types, first.types, second.types),
    ):
        for name in sorted(left.keys() | right.keys()):
            if name in left and name in right:
                ours[name] = _merge(left[name], right[name], merged.differences)
            else:
                ours[name] = left.get(name) or right[name]
                merged.differences.append(f"{kind} {name} stands in one description only")
    return merged


def _merge(left: Shape, right: Shape, differences: list[str]) -> Shape:
    fields: dict[str, Field] = {}
    for name in left.fields.keys() | right.fields.keys():
        where = f"{left.name}.{name}"
        if name not in left.fields or name not in right.fields:
            only = left.fields.get(name) or right.fields[name]
            # What one description requires and the other does not know cannot be required.
            fields[name] = Field(name, only.types, False, only.choices, only.limit)
            differences.append(f"{where} stands in one description only")
            continue
        one, other = left.fields[name], right.fields[name]
        types = one.types | other.types
        if one.types == {"Boolean"} and other.types == {"True"}:
            types = other.types  # the same sentence: one of the two has no word for "only true"
        elif one.types != other.types:
            differences.append(f"{where} is {sorted(one.types)} or {sorted(other.types)}")
        if one.required != other.required:
            differences.append(f"{where} is required in one description only")
        choices = one.choices | other.choices
        fields[name] = Field(name, types, one.required and other.required, choices, one.limit or other.limit)
    subtypes = tuple(sorted({*left.subtypes, *right.subtypes}))
    return Shape(left.name, fields, subtypes, left.returns | right.returns)


def _read_paulsonoflars(path: Path) -> Description:
    raw = json.loads(path.read_text())

    def shape(item: Mapping[str, Any]) -> Shape:
        fields = (_field(f["name"], f["types"], f["required"], f["description"]) for f in item.get("fields", ()))
        subtypes = tuple(item.get("subtypes", ()))
        return Shape(item["name"], {f.name: f for f in fields}, subtypes, frozenset(item.get("returns", ())))

    methods = {name: shape(item) for name, item in raw["methods"].items()}
    return Description(methods, {name: shape(item) for name, item in raw["types"].items()})


def _read_aiogram(path: Path) -> Description:
    read = Description()
    for item in (child for group in json.loads(path.read_text())["items"] for child in group["children"]):
        fields = {
            f["name"]: _field(f["name"], _split(f["type"]), f["required"], f["description"])
            for f in item["annotations"]
        }
        target = read.methods if item["category"] == "methods" else read.types
        subtypes = () if fields else tuple(_SUBTYPE.findall(item["description"]))
        target[item["name"]] = Shape(item["name"], fields, subtypes)
    return read


def _split(types: str) -> list[str]:
    """'Array of A, B and C' and 'A or B' as single types."""
    if types.startswith(ARRAY) and (", " in types or " and " in types):
        return [ARRAY + one for one in re.split(r", | and ", types.removeprefix(ARRAY))]
    return types.split(" or ")


def _field(name: str, types: Iterable[str], required: bool, sentence: str) -> Field:
    kinds = frozenset(types)
    choices: frozenset[str] = frozenset()
    limit = None
    if kinds == {"String"}:
        if constant := _CONSTANT.search(sentence):
            choices = frozenset({constant[1]})
        elif found := _CHOICES.search(sentence):
            choices = frozenset(one for one in _QUOTED.findall(sentence[found.end() :]) if one.strip(", "))
        if length := _LENGTH.search(sentence):
            limit = Limit(int(length[1]), int(length[2]), length[3].lower())
    elif any(kind.startswith(ARRAY) for kind in kinds):
        if items := _ITEMS.search(sentence):
            limit = Limit(int(items[1]), int(items[2]), "items")
    elif kinds == {"Integer"} and (values := _VALUES.search(sentence)):
        limit = Limit(int(values[1]), int(values[2]), "values")
    return Field(name, kinds, required, choices, limit)
