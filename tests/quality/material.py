"""The photos of the measurement and what is known about them, read from labels.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from pipeline.types import Category, Image
from tests.data import TEST_DATA

Flags = NDArray[np.bool_]
"""Shape (H, W), true = in."""

Classes = NDArray[np.uint8]
"""Shape (H, W), a class number each, or (H, W, 3), a colour each."""

SMALL_PX = 400
"""Photos narrower than this are enlarged to WIDE_PX: the small pairs have 192, below what intake takes."""
WIDE_PX = 768


@dataclass(frozen=True, slots=True)
class Garment:
    """A product photo; see the head of labels.toml for the fields."""

    name: str
    file: str
    category: Category
    reach: float = 0.0
    length: int = 1
    printed: bool = False
    sample: bool = False
    mask: str | None = None
    tolerance: float = 3.0


@dataclass(frozen=True, slots=True)
class Person:
    """A photo of a person; see the head of labels.toml for the fields."""

    name: str
    file: str
    truth: str
    reach: float
    length: int
    lower_length: int
    sample: bool = False
    ordinary: bool = True
    back: bool = False
    mask: str | None = None
    parse: str | None = None
    wears: str | None = None
    anchor: str | None = None
    top: tuple[tuple[int, int], ...] = ()
    ground: tuple[tuple[tuple[int, int], ...], ...] = ()
    beside_face: tuple[tuple[tuple[int, int], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One person in one garment; `index` chooses among several people, left to right."""

    person: Person
    garment: Garment
    index: int | None = None

    @property
    def name(self) -> str:
        """For tables and file names."""
        who = self.person.name if self.index is None else f"{self.person.name}-{self.index}"
        return f"{who}+{self.garment.name}"


@dataclass(frozen=True, slots=True)
class Material:
    """Everything in labels.toml."""

    garments: dict[str, Garment]
    people: dict[str, Person]
    cases: tuple[Case, ...]

    @property
    def pairs(self) -> tuple[Case, ...]:
        """People who wear exactly that garment."""
        worn = [person for person in self.people.values() if person.wears]
        return tuple(Case(person, self.garments[person.wears or ""]) for person in worn)


@lru_cache(maxsize=1)
def material() -> Material:
    """The labels, read once."""
    table = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))
    garments = {
        row["name"]: Garment(**{**row, "category": Category(row["category"])}) for row in table["garments"]
    }
    people = {row["name"]: Person(**{**row, **_outlines(row)}) for row in table["people"]}
    return Material(garments, people, tuple(_cases(table["groups"], people, garments)))


def _outlines(row: dict[str, Any]) -> dict[str, Any]:
    several = {
        key: tuple(tuple(map(tuple, outline)) for outline in row.get(key, ())) for key in ("ground", "beside_face")
    }
    return {"top": tuple(map(tuple, row.get("top", ()))), **several}


def _cases(groups: list[dict[str, Any]], people: dict[str, Person], garments: dict[str, Garment]) -> list[Case]:
    cases: list[Case] = []
    for group in groups:
        names = group["garments"]
        each = group.get("each", len(names))
        for number, who in enumerate(group["people"]):
            person = people[who]
            chosen = [names[(number * each + step) % len(names)] for step in range(each)]
            indices: list[int | None] = [0, 1, 2, 3] if person.truth == "instances" else [None]
            cases += [Case(person, garments[name], index) for name in chosen for index in indices]
    return cases


def path_of(file: str, sample: bool) -> Path:
    """Where a file of the labels lies. The openvto package is never imported, only its data files are read."""
    if sample:
        return Path(str(distribution("openvto").locate_file(f"openvto/assets/{file}")))
    return TEST_DATA / "tryon" / file


def load(file: str, sample: bool = False) -> Image:
    """A photo as RGB; small ones enlarged."""
    with PillowImage.open(path_of(file, sample)) as picture:
        pixels = np.asarray(picture.convert("RGB"), np.uint8)
    return _enlarged(pixels, cv2.INTER_CUBIC)


def stored_width(file: str, sample: bool = False) -> int:
    """The photo's own width in pixels, before it was enlarged."""
    with PillowImage.open(path_of(file, sample)) as picture:
        return int(picture.width)


def load_classes(file: str) -> Classes:
    """A stored mask as it is: palette indices or grey (H, W), colours (H, W, 3); enlarged like its photo."""
    with PillowImage.open(path_of(file, sample=False)) as picture:
        return _enlarged(np.asarray(picture, np.uint8), cv2.INTER_NEAREST)


def _enlarged(pixels: NDArray[np.uint8], mode: int) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    if width >= SMALL_PX:
        return pixels
    return np.asarray(cv2.resize(pixels, (WIDE_PX, height * WIDE_PX // width), interpolation=mode), np.uint8)
