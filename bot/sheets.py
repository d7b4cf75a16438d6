"""Two or three pictures side by side in one, lettered, with the name and the price below each.

The letters are drawn always, and so are words whose every character a font of the installation has; other words
stand in the message and in the description of the picture only.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont, ImageOps

LETTERS = "ABC"
PANEL = (600, 800)
"""Room for one picture, width and height in pixels."""

GAP, LINE, SIZE, BADGE = 16, 46, 33, 72
MAX_LINES = 6
ROOM = 0.6
"""How much more than what was changed is shown, in its widths."""
INSET, BORDER = 0.3, 6
"""How much of a picture's width a small one in its corner takes, and the line around it in pixels."""
GROUND, INK, SOFT, BADGE_GROUND = (255, 255, 255), (28, 28, 30), (90, 90, 94), (28, 28, 30)

_FONTS = (
    ("fontpkg-noto-sans", "NotoSans[wdth,wght].ttf"),
    ("fontpkg-noto-sans-arabic", "NotoSansArabic[wdth,wght].ttf"),
)


@dataclass(frozen=True, slots=True)
class Panel:
    """A picture (an encoded file), the lines below it, and what was changed in it: left, top, right and bottom."""

    data: bytes
    lines: tuple[str, ...]
    box: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A JPEG of `width` x `height` pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture goes: `left`, `top`, `width`, `height` in pixels."""

    left: int
    top: int
    width: int
    height: int


def layout(sizes: Sequence[tuple[int, int]], lines: int) -> tuple[tuple[int, int], tuple[Place, ...]]:
    """The size of the sheet, and a place for each picture of this (width, height): all of one height, none cropped
    and none larger than PANEL, in columns wide enough for words.
    """
    height = min(PANEL[1], *(PANEL[0] * h // w for w, h in sizes))
    widths = [max(1, round(height * w / h)) for w, h in sizes]
    columns = [max(width, PANEL[0] * 2 // 3) for width in widths]
    places, left = [], GAP
    for width, column in zip(widths, columns, strict=True):
        places.append(Place(left + (column - width) // 2, GAP, width, height))
        left += column + GAP
    below = lines * LINE + (GAP if lines else 0)
    return (left, height + below + 2 * GAP), tuple(places)


def cut_to(size: tuple[int, int], boxes: Iterable[tuple[int, ...] | None]) -> tuple[int, int, int, int]:
    """The part of pictures of this size that shows the person: around all that was changed in any of them."""
    width, height = size
    known = list(boxes)
    if not known or any(box is None for box in known):
        return 0, 0, width, height
    lefts, tops, rights, bottoms = zip(*(box for box in known if box is not None), strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    # Above a top there is a head, and arms and shoes want room.
    room = max(right - left, (bottom - top) // 2) * ROOM
    left, right = max(0, left - room // 2), min(width, right + room // 2)
    return int(left), max(0, int(top - room)), int(right), min(height, int(bottom + room // 2))


def side_by_side(panels: Sequence[Panel]) -> Sheet:
    """Two or three pictures in one, in their order."""
    pictures = [PillowImage.open(io.BytesIO(panel.data)).convert("RGB") for panel in panels]
    if len({picture.size for picture in pictures}) == 1:
        part = cut_to(pictures[0].size, [panel.box for panel in panels])
        pictures = [picture.crop(part) for picture in pictures]
    column = PANEL[0] * 2 // 3
    words = [list(_wrapped(panel.lines, column)) for panel in panels]
    lines = max(map(len, words))
    size, places = layout([picture.size for picture in pictures], lines)
    sheet = PillowImage.new("RGB", size, GROUND)
    draw = ImageDraw.Draw(sheet)
    for letter, picture, place, said in zip(LETTERS, pictures, places, words, strict=False):
        sheet.paste(
            picture.resize((place.width, place.height), PillowImage.Resampling.LANCZOS), (place.left, place.top)
        )
        _badge(draw, letter, place)
        middle, top = place.left + place.width // 2, place.top + place.height + GAP
        for number, text in enumerate(said):
            font = font_for(text, SIZE)
            if font is not None:
                draw.text(
                    (middle, top + number * LINE + LINE // 2),
                    text,
                    INK if number == 0 else SOFT,
                    font,
                    anchor="mm",
                )
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=92, subsampling=0)
    return Sheet(out.getvalue(), *size)


def _badge(draw: ImageDraw.ImageDraw, letter: str, place: Place) -> None:
    left, top = place.left + GAP, place.top + GAP
    draw.ellipse((left, top, left + BADGE, top + BADGE), fill=BADGE_GROUND, outline=GROUND, width=3)
    font = font_for(letter, BADGE * 2 // 3)
    draw.text(
        (left + BADGE / 2, top + BADGE / 2), letter, GROUND, font or ImageFont.load_default(BADGE / 2), anchor="mm"
    )


def _wrapped(lines: Iterable[str], width: int) -> Iterable[str]:
    """The lines that can be drawn, broken to the width, the last one kept: it is the price."""
    found: list[str] = []
    for line in lines:
        font = font_for(line, SIZE)
        if font is None:
            continue
        row = ""
        for word in line.split():
            longer = f"{row} {word}".strip()
            if row and font.getlength(longer) > width:
                found.append(row)
                longer = word
            row = longer
        found.append(_cut(row, font, width))
    return found if len(found) <= MAX_LINES else [*found[: MAX_LINES - 1], found[-1]]


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    while len(text) > 1 and font.getlength(text) > width:
        text = text[:-2].rstrip() + "…"
    return text


def font_for(text: str, size: float) -> ImageFont.FreeTypeFont | None:
    """A font that has every character of the text, or None."""
    for package, name in _FONTS:
        if all(c.isspace() or _draws(package, name, c) for c in text):
            return _font(package, name, size)
    return None


@cache
def _font(package: str, name: str, size: float) -> ImageFont.FreeTypeFont:
    path = Path(str(distribution(package).locate_file(f"{package.replace('-', '_')}/files/{name}")))
    return ImageFont.truetype(str(path), size)


@cache
def _draws(package: str, name: str, character: str) -> bool:
    """Whether the font has a glyph of its own for the character: what it lacks, it draws as an empty box."""
    font = _font(package, name, 24)
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


def with_inset(picture: bytes, small: bytes) -> bytes:
    """The picture (an encoded file) with the small one in the lower corner, as a JPEG."""
    large = PillowImage.open(io.BytesIO(picture)).convert("RGB")
    inset = PillowImage.open(io.BytesIO(small)).convert("RGB")
    width = round(large.width * INSET)
    height = min(large.height // 2, max(1, round(width * inset.height / inset.width)))
    inset = ImageOps.expand(inset.resize((width, height), PillowImage.Resampling.BICUBIC), BORDER, GROUND)
    large.paste(inset, (large.width - inset.width, large.height - inset.height))
    out = io.BytesIO()
    large.save(out, "JPEG", quality=88)
    return out.getvalue()
