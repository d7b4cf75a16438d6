"""Contact sheets: photo, garment, result and what failed, for the eyes that judge in the end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

from tests.quality.judge import Outcome
from tests.quality.material import load

_CELL_WIDTH, _CELL_HEIGHT = 170, 240
_LINE = 14
_COLUMNS = 4
_ROWS = 14


def keep_pictures(outcome: Outcome, folder: Path) -> None:
    """Write the result at full size and let go of its pixels."""
    if outcome.image is not None:
        PillowImage.fromarray(outcome.image).save(folder / f"{outcome.case.name}.jpg", quality=92)
        outcome.image = None


def write_sheets(outcomes: list[Outcome], pictures: Path, folder: Path) -> list[Path]:
    """JPEGs of a few dozen cases each, in order; unsupported ones are left out, refused ones say why."""
    shown = [outcome for outcome in outcomes if outcome.status != "unsupported"]
    size = _COLUMNS * _ROWS
    paths = []
    for number, start in enumerate(range(0, len(shown), size), 1):
        path = folder / f"contact-sheet-{number}.jpg"
        _sheet(shown[start : start + size], pictures).save(path, quality=85)
        paths.append(path)
    return paths


def _sheet(outcomes: list[Outcome], pictures: Path) -> PillowImage.Image:
    width, height = 3 * _CELL_WIDTH + 6, _CELL_HEIGHT + 2 * _LINE + 4
    rows = -(-len(outcomes) // _COLUMNS)
    sheet = PillowImage.new("RGB", (_COLUMNS * width, rows * height), "white")
    for place, outcome in enumerate(outcomes):
        x, y = place % _COLUMNS * width, place // _COLUMNS * height
        sheet.paste(_cell(outcome, pictures, (width, height)), (x, y))
    return sheet


def _cell(outcome: Outcome, pictures: Path, size: tuple[int, int]) -> PillowImage.Image:
    case = outcome.case
    cell = PillowImage.new("RGB", size, "white")
    shown = [load(case.person.file, case.person.sample), load(case.garment.file, case.garment.sample)]
    result = pictures / f"{case.name}.jpg"
    if outcome.status == "dressed":
        with PillowImage.open(result) as picture:
            shown.append(np.asarray(picture.convert("RGB"), np.uint8))
    for place, pixels in enumerate(shown):
        thumbnail = PillowImage.fromarray(pixels)
        thumbnail.thumbnail((_CELL_WIDTH, _CELL_HEIGHT))
        cell.paste(thumbnail, (place * (_CELL_WIDTH + 2), 2 * _LINE))
    draw = ImageDraw.Draw(cell)
    font = ImageFont.load_default(size=11)
    draw.text((2, 0), case.name, "black", font)
    words = f"refused: {outcome.code}" if outcome.status == "refused" else " ".join(outcome.failed)
    draw.text((2, _LINE), words, "firebrick", font)
    return cell
