"""Draws letters as people see them: python -m tests.letters

Screenshots of every kind, in light and dark, in a wide window and on a phone, with pictures and without, go to
build/screenshots/mail, and the one of docs/mail.md to docs/images. The try-ons are what the engine returns.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import Image as PillowImage
from playwright.sync_api import Browser, Page, sync_playwright

from bot.dialogue import names
from bot.dialogue.language import speaking
from bot.dialogue.styling import sentences as styling
from bot.dialogue.styling.outfits import colour_of, place_of
from bot.dialogue.styling.seen import Worn, reasons
from bot.dialogue.types import ProductCard
from bot.mail import sentences
from bot.mail.content import Digest, OutfitIdea, SavedNews, Suggestion
from bot.mail.letter import Attached, Letter
from bot.mail.page import Page as Sheet
from bot.mail.pictures import shrunk
from bot.mail.preview import as_page
from bot.mail.readers import TriedOn
from bot.mail.render import render
from bot.mail.words import tidied
from bot.mail.writing import Foot, House, Writer
from bot.messages import card_of
from catalog.samples import sample_picture, sample_products
from catalog.taxonomy import worn_over
from catalog.types import Money
from pipeline.engines.preview import PreviewEngine
from pipeline.tryon import open_picture
from pipeline.types import Category, TryOnRequest, no_progress
from tests.samples import sample_person

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "build" / "screenshots" / "mail"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOUSE = House("fashionCORE", "https://stylist.example.org", ("Example Ltd, 1 Market Street, Pune 411001",))
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
FOOT = Foot("https://stylist.example.org/mail/unsubscribe/x", "https://stylist.example.org/go/mail")

PHOTO, WORN = "photo", "worn"
"""What stands for the media keys of a person and of their try-on; products have their sample's name."""

Colours = Literal["light", "dark"]
COLOURS: tuple[Colours, ...] = ("light", "dark")


def card(ident: str, price: int | None = None, **more: object) -> ProductCard:
    """The card of a sample product with this price in rupees."""
    product = next(one for one in sample_products() if one.id == f"samples-{ident}")
    made = card_of(replace(product, price=None if price is None else Money(price * 100, "INR")), product.picture)
    return tidied(replace(made, **more))  # type: ignore[arg-type] # fields by name


def digest() -> Digest:
    """A week in which a lot happened."""
    shirt, jacket, trousers = card("shirts-1", 799), card("jackets-1", 2499), card("pants-1", 1299)
    white = card("shirts-3", 699)
    shop = {"url": "https://shop.example.org/p/1?color=blue&utm=1", "source": "Blue Door"}
    return Digest(
        NOW - timedelta(days=7),
        (TriedOn((shirt,), WORN, PHOTO),),
        2,
        (
            SavedNews(card("jackets-2", 1899, **shop), Money(249_900, "INR")),
            SavedNews(card("pants-2", 1499, **shop), None, back=True, size="M"),
        ),
        (
            Suggestion(
                white, (sentences.LIKED_COLOUR(colour=names.value("white")), styling.BY_BUDGET()), new=True
            ),
            Suggestion(card("pants-3", 1199, **shop), tuple(reasons([_worn(shirt), _worn(card("pants-3"))]))),
            Suggestion(card("jackets-3", 2999), (styling.BY_SIZE(size="M"),)),
        ),
        OutfitIdea((shirt, trousers, jacket), tuple(reasons([_worn(one) for one in (shirt, trousers)])), shirt),
    )


def _worn(one: ProductCard) -> Worn:
    lab = colour_of(one)
    assert lab is not None, one.title
    return Worn(one.title, place_of(one), lab)


@cache
def picture_of(media: str) -> bytes:
    """The picture behind a media key of these letters."""
    if media == PHOTO:
        return sample_person("avatars/3.png").read_bytes()
    if media != WORN:
        return sample_picture(media)
    product = next(one for one in sample_products() if one.id == "samples-shirts-1")
    request = TryOnRequest(
        open_picture(picture_of(PHOTO)),
        open_picture(sample_picture(product.picture)),
        category=Category(product.part or "upper"),
        over=worn_over(product.category),
    )
    out = io.BytesIO()
    PillowImage.fromarray(PreviewEngine().render(request, no_progress).image).save(out, "JPEG", quality=95)
    return out.getvalue()


def letter(page: Sheet, read: Callable[[str], bytes] = picture_of) -> Letter:
    """The letter of a page, with the pictures of its shots."""
    found = {
        shot: Attached(f"{number}@fashioncore", shrunk(read(shot.media), shot.width, tile=shot.tile))
        for number, shot in enumerate(dict.fromkeys(page.shots()), 1)
    }
    return render(page, found, brand=HOUSE.brand, home=HOUSE.home)


@dataclass(frozen=True, slots=True)
class Scene:
    """A letter in a language."""

    name: str
    language: str
    page: Callable[[Writer], Sheet]


SCENES: tuple[Scene, ...] = (
    Scene("digest", "en", lambda writer: writer.digest(digest(), NOW, FOOT)),
    Scene("digest-ar", "ar", lambda writer: writer.digest(digest(), NOW, FOOT)),
    Scene("digest-hi", "hi", lambda writer: writer.digest(digest(), NOW, FOOT)),
    Scene("digest-de", "de", lambda writer: writer.digest(digest(), NOW, FOOT)),
    Scene("price", "en", lambda writer: writer.price(digest().saved[0], NOW, FOOT)),
    Scene(
        "confirm",
        "en",
        lambda writer: writer.confirm("https://stylist.example.org/mail/confirm/x", "every Friday at 9:00"),
    ),
    Scene("sign-in", "en", lambda writer: writer.sign_in("https://stylist.example.org/mail/in/x", 15)),
    Scene("ready", "en", lambda writer: writer.ready(digest().tried[0], NOW, FOOT)),
    Scene("items", "en", lambda writer: writer.items([one.card for one in digest().suggestions], None, NOW)),
)


def written(scene: Scene) -> Letter:
    """The letter of a scene."""
    with speaking(scene.language):
        return letter(scene.page(Writer(HOUSE)))


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@contextmanager
def opened(chromium: Browser, html: str, width: int, colours: Colours) -> Iterator[Page]:
    """A window of this width with the letter in it."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
    page = context.new_page()
    page.set_content(html, wait_until="load")
    yield page
    context.close()


def shoot(chromium: Browser, name: str, made: Letter) -> None:
    """All of a letter, wide and narrow, light and dark, and once as those see it who load no pictures."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    looks: tuple[tuple[str, int, Colours, bool], ...] = (
        ("light", 760, "light", True),
        ("dark", 760, "dark", True),
        ("phone", 375, "light", True),
        ("phone-dark", 375, "dark", True),
        ("no-pictures", 760, "light", False),
    )
    for look, width, colours, pictures in looks:
        with opened(chromium, as_page(made) if pictures else made.html, width, colours) as page:
            page.screenshot(path=SHOTS / f"{name}-{look}.png", full_page=True)


def documentation() -> None:
    """The picture of docs/mail.md: the beginning of the digest, wide in light and on a phone in dark."""
    wide, phone = (
        PillowImage.open(SHOTS / f"digest-{look}.png").convert("RGB") for look in ("light", "phone-dark")
    )
    height = 1460
    sheet = PillowImage.new("RGB", (wide.width + 24 + phone.width, height), "white")
    sheet.paste(wide, (0, 0))
    sheet.paste(phone, (wide.width + 24, 0))
    target = ROOT / "docs" / "images" / "digest.jpg"
    sheet.resize((sheet.width * 4 // 5, height * 4 // 5), PillowImage.Resampling.LANCZOS).save(
        target, quality=82, optimize=True
    )
    sys.stdout.write(f"{target.relative_to(ROOT)}\n")


def main() -> None:
    """Every scene; and the picture of the documentation."""
    with browser() as chromium:
        for scene in SCENES:
            made = written(scene)
            shoot(chromium, scene.name, made)
            size = sum(len(picture.data) for picture in made.pictures)
            sys.stdout.write(
                f"{scene.name}: {len(made.html)} bytes of HTML, {len(made.pictures)} pictures, {size}\n"
            )
            (SHOTS / f"{scene.name}.txt").write_text(f"{made.subject}\n\n{made.text}")
    documentation()


if __name__ == "__main__":
    main()
