"""Draws the pictures of README and docs from the sample people and products: python -m tests.pictures

The try-ons are shown as the engine returns them, flaws included. The picture of the web chat is joined from the
screenshots that the browser story leaves in build/screenshots.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image as PillowImage
from PIL import ImageOps

from catalog.samples import sample_picture, sample_products
from catalog.taxonomy import worn_over
from catalog.types import Product
from pipeline.engines.preview import PreviewEngine
from pipeline.errors import TryOnRefused
from pipeline.tryon import open_picture
from pipeline.types import Category, Image, Piece, TryOnRequest, no_progress
from tests.samples import sample_person

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PEOPLE = [f"people/{n}_posture.jpg" for n in range(1, 5)]
PEOPLE += [f"avatars/{n}.png" for n in range(1, 5)]


def _person(name: str) -> Image:
    return open_picture(sample_person(name).read_bytes())


def _piece(product: Product) -> Piece:
    picture = open_picture(sample_picture(product.picture))
    assert product.part is not None, product.id
    return Piece(picture, None, Category(product.part), worn_over(product.category))


def _tile(pixels: Image, size: tuple[int, int]) -> PillowImage.Image:
    return ImageOps.pad(PillowImage.fromarray(pixels), size, color="white")


def _grid(rows: Sequence[Sequence[Image]], size: tuple[int, int], target: Path) -> None:
    sheet = PillowImage.new("RGB", (size[0] * max(map(len, rows)), size[1] * len(rows)), "white")
    for y, row in enumerate(rows):
        for x, pixels in enumerate(row):
            sheet.paste(_tile(pixels, size), (x * size[0], y * size[1]))
    sheet.save(target, quality=85, optimize=True)
    sys.stdout.write(f"{target.relative_to(ROOT)}\n")


class _Wardrobe:
    """Dresses people in sample products, by id."""

    def __init__(self) -> None:
        self._engine = PreviewEngine()
        self._pieces = {product.id: _piece(product) for product in sample_products()}

    def names(self) -> list[str]:
        return list(self._pieces)

    def on(self, person: Image, *names: str, tucked: bool = False) -> Image:
        """The photo with the products on; the product's own picture where the engine refuses."""
        first, *more = (self._pieces[f"samples-{name.removeprefix('samples-')}"] for name in names)
        request = TryOnRequest(
            person, first.picture, category=first.category, over=first.over, more=tuple(more), tucked=tucked
        )
        try:
            return self._engine.render(request, no_progress).image
        except TryOnRefused:
            return first.picture


def _upper_half(pixels: Image, box: tuple[float, float, float, float]) -> Image:
    height, width = pixels.shape[:2]
    left, top, right, bottom = box
    return pixels[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]


def before_and_after(wardrobe: _Wardrobe) -> None:
    """The picture at the top of the README: two people, each as sent and in three outfits."""
    rows = []
    for name, outfits in (
        ("avatars/3.png", (("shirts-1",), ("shirts-3", "jackets-4", "pants-3"), ("pants-4",))),
        ("people/2_posture.jpg", (("shirts-2",), ("jackets-1", "pants-1"), ("jackets-3", "pants-2"))),
    ):
        person = _person(name)
        rows.append([person, *(wardrobe.on(person, *outfit) for outfit in outfits)])
    box = {0: (0.02, 0.0, 0.98, 1.0), 1: (0.24, 0.18, 0.76, 1.0)}
    flat = [_upper_half(pixels, box[k]) for k, row in enumerate(rows) for pixels in row]
    _grid([flat], (200, 340), IMAGES / "before-after.jpg")


def everything_on_everybody(wardrobe: _Wardrobe) -> None:
    """Every sample product on every sample person."""
    rows = []
    for name in PEOPLE:
        person = _person(name)
        rows.append([person, *(wardrobe.on(person, product) for product in wardrobe.names())])
    _grid(rows, (150, 220), IMAGES / "previews.jpg")


def chat() -> None:
    """The web chat on a phone and in a wide window."""
    shots = [ROOT / "build/screenshots" / f"{name}.png" for name in ("2-products", "5-result-desktop")]
    if not all(shot.exists() for shot in shots):
        sys.stderr.write("no screenshots: run ./fashioncore test tests/e2e first\n")
        return
    phone, wide = (PillowImage.open(shot).convert("RGB") for shot in shots)
    height = phone.height
    wide = wide.resize((round(wide.width * height / wide.height), height), PillowImage.Resampling.LANCZOS)
    joined = PillowImage.new("RGB", (phone.width + 24 + wide.width, height), "white")
    joined.paste(phone, (0, 0))
    joined.paste(wide, (phone.width + 24, 0))
    joined.save(IMAGES / "chat.jpg", quality=85, optimize=True)
    sys.stdout.write("docs/images/chat.jpg\n")


if __name__ == "__main__":
    closet = _Wardrobe()
    before_and_after(closet)
    everything_on_everybody(closet)
    chat()
