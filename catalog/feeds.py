"""Imports product feeds: Google Merchant names, or the plain names that people give their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from catalog.charts import size_chart
from catalog.errors import FeedError
from catalog.feed_rows import Row, SkippedRow, feed_rows
from catalog.feed_texts import clean_text, product_id
from catalog.money import parse_money
from catalog.taxonomy import (
    COLOR_WORDS,
    GENDER_WORDS,
    MATERIAL_WORDS,
    PATTERN_WORDS,
    canonical_category,
    fold,
    is_a,
    part_of,
)
from catalog.types import Money, Product
from catalog.wording import category_of_title, facets_in

MAX_TITLE, MAX_DESCRIPTION, MAX_WORD, MAX_URL = 150, 2000, 60, 2048
MAX_VALUES = 12
"""Colours, materials or sizes of one product."""

_ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "sku", "product_id", "item_id", "code", "handle"),
    "title": ("title", "name", "product_name", "product_title"),
    "description": ("description", "body", "body_html", "details", "summary"),
    "url": ("link", "url", "product_url", "product_link"),
    "picture": (
        "image_link",
        "picture",
        "image",
        "file",
        "image_url",
        "image_src",
        "photo",
        "front",
        "image_front",
    ),
    "back": ("picture_back", "back", "image_back", "back_image"),
    "more_pictures": ("additional_image_link", "additional_image_links", "images"),
    "price": ("price", "regular_price", "amount"),
    "sale_price": ("sale_price",),
    "currency": ("currency", "price_currency", "currency_code"),
    "availability": ("availability", "stock_status"),
    "brand": ("brand", "vendor", "manufacturer", "label"),
    "color": ("color", "colour", "colors", "colours"),
    "gender": ("gender", "sex"),
    "age_group": ("age_group",),
    "size": ("size", "sizes"),
    "material": ("material", "materials", "fabric"),
    "pattern": ("pattern", "print"),
    "category": ("category", "garment", "type"),
    "product_type": ("product_type", "product_category"),
    "google_category": ("google_product_category",),
    "credit": ("credit", "attribution", "photographer"),
    "chart": ("size_chart", "size_guide"),
}

_GOOGLE_CATEGORIES = {
    "212": "top",
    "204": "trousers",
    "207": "shorts",
    "1581": "skirt",
    "2271": "dress",
    "203": "outerwear",
    "5598": "jacket",
    "1831": "vest",
    "1594": "suit",
    "187": "shoes",
    "3032": "bag",
}
"""The numbers of Google's product taxonomy that feeds use for clothes."""

_GONE = frozenset({"out of stock", "outofstock", "sold out", "discontinued", "unavailable"})


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What a feed gave: the products, and the rows left out with the reason."""

    products: tuple[Product, ...]
    skipped: tuple[SkippedRow, ...]


def read_feed(path: Path, source: str, *, currency: str | None = None) -> FeedReport:
    """The whole feed at once: for files whose products fit in memory. Raises as stream_feed does."""
    products: list[Product] = []
    skipped: list[SkippedRow] = []
    for item in stream_feed(path, source, currency=currency):
        if isinstance(item, Product):
            products.append(item)
        else:
            skipped.append(item)
    return FeedReport(tuple(products), tuple(skipped))


def stream_feed(path: Path, source: str, *, currency: str | None = None) -> Iterator[Product | SkippedRow]:
    """Products and skipped rows as they come, without reading a CSV or JSON lines file into memory.

    `source` names the shop and prefixes the ids. `currency` (ISO 4217) stands in where prices name none.
    Pictures are http(s) addresses, or paths inside the feed's own folder, which picture_file() resolves.
    Raises FeedError when the file as a whole cannot be read.
    """
    seen: set[str] = set()
    mapper = _Mapper(path.parent, source, currency)
    for number, row in feed_rows(path):
        if isinstance(row, SkippedRow):
            yield row
            continue
        try:
            product = mapper.product(row)
        except ValueError as error:
            yield SkippedRow(number, _sentence(str(error)))
            continue
        if product.id in seen:
            yield SkippedRow(number, "An earlier row has the same id.")
            continue
        seen.add(product.id)
        yield product


def product_of_row(row: Row, source: str) -> Product:
    """The product of a single row, such as a shop's page is read into. Raises ValueError with the reason why not.

    Its picture must be a web address: there is no folder for files.
    """
    return _Mapper(Path("/nonexistent"), source, None).product(row)


def picture_file(folder: Path, reference: str) -> Path:
    """The file that a product's picture names inside the feed's folder.

    Raises FeedError when it leads outside (also through a link) or is not there.
    """
    relative = PurePosixPath(reference)
    if relative.is_absolute() or ".." in relative.parts or re.search(r"[\\:\0]", reference):
        raise FeedError("feed_picture", f"The picture {reference[:80]} is not inside the feed's folder.")
    root = folder.resolve()
    try:
        file = (root / relative).resolve(strict=True)
    except (OSError, ValueError) as error:
        raise FeedError("feed_picture", f"The picture {reference[:80]} is not there.") from error
    if not file.is_relative_to(root) or not file.is_file():
        raise FeedError("feed_picture", f"The picture {reference[:80]} is not inside the feed's folder.")
    return file


class _Mapper:
    """Makes products of rows; ValueError carries the reason why not."""

    def __init__(self, folder: Path, source: str, currency: str | None) -> None:
        self._folder = folder
        self._source = source
        self._currency = currency

    def product(self, row: Row) -> Product:
        cells = _by_meaning(row)
        title = _text(cells, "title", MAX_TITLE)
        raw_id = _text(cells, "id", MAX_URL)
        if not title:
            raise ValueError("it has no title")
        if not raw_id:
            raise ValueError("it has no id")
        if fold(_text(cells, "availability", MAX_WORD)) in _GONE:
            raise ValueError("it is out of stock")
        seen = facets_in(title)
        category = _category(cells, title)
        return Product(
            id=product_id(self._source, raw_id),
            source=self._source,
            title=title,
            category=category,
            part=part_of(category),
            picture=self._picture(_text(cells, "picture", MAX_URL + 1)),
            picture_back=self._back(cells),
            color=_known(_texts(cells, "color"), COLOR_WORDS) or seen.color,
            pattern=next(iter(_known(_texts(cells, "pattern"), PATTERN_WORDS) or seen.pattern), None),
            material=_known(_texts(cells, "material"), MATERIAL_WORDS) or seen.material,
            gender=_gender(cells) or seen.gender,
            sizes=tuple(size.upper() for size in _texts(cells, "size")),
            brand=_text(cells, "brand", MAX_WORD) or None,
            price=self._price(cells),
            url=_address(_text(cells, "url", MAX_URL + 1)),
            description=_text(cells, "description", MAX_DESCRIPTION),
            credit=_text(cells, "credit", MAX_TITLE) or None,
            chart=size_chart(cells.get("chart")),
        )

    def _price(self, cells: dict[str, object]) -> Money | None:
        text = _text(cells, "sale_price", MAX_WORD) or _text(cells, "price", MAX_WORD)
        if not text:
            return None
        price = parse_money(text, _text(cells, "currency", MAX_WORD) or self._currency)
        return price if price.minor else None

    def _picture(self, reference: str) -> str:
        if not reference:
            raise ValueError("it has no picture")
        if "://" in reference:
            if (address := _address(reference)) is None:
                raise ValueError("the address of its picture is not a web address")
            return address
        try:
            picture_file(self._folder, reference)
        except FeedError as error:
            raise ValueError(error.user_message) from error
        return PurePosixPath(reference).as_posix()

    def _back(self, cells: dict[str, object]) -> str | None:
        """The picture of the back, where the feed says which one it is. A bad one costs no product."""
        more = (text for text in _texts(cells, "more_pictures", MAX_URL) if re.search(r"(?i)[-_/]back[-_.]", text))
        reference = _text(cells, "back", MAX_URL) or next(more, "")
        try:
            return self._picture(reference) if reference else None
        except ValueError:
            return None


def _by_meaning(row: Row) -> dict[str, object]:
    """Cells by our names. The first filled alias wins; "g:Image Link" is image_link."""
    named: dict[str, object] = {}
    for name, value in row.items():
        key = re.sub(r"[\s-]+", "_", str(name).strip().lower()).removeprefix("g:")
        if value not in (None, "", [], {}):
            named.setdefault(key, value)
    found = {
        meaning: next((named[alias] for alias in aliases if alias in named), None)
        for meaning, aliases in _ALIASES.items()
    }
    return {meaning: value for meaning, value in found.items() if value is not None}


def _text(cells: dict[str, object], name: str, limit: int) -> str:
    return clean_text(_string(cells.get(name)), limit)


def _string(value: object) -> str:
    match value:
        case str():
            return value
        case bool() | None:
            return ""
        case int() | float():
            return repr(value)
        case [first, *_]:
            return _string(first)
        case {"amount": amount, "currency": str(currency)} | {"value": amount, "currency": str(currency)}:
            return f"{_string(amount)} {currency}"
        case {"url": address} | {"src": address}:
            return _string(address)
    return ""


def _texts(cells: dict[str, object], name: str, limit: int = MAX_WORD) -> tuple[str, ...]:
    """The values of a cell that may hold several: a list, or text with commas, slashes or bars between."""
    value = cells.get(name)
    if isinstance(value, list):
        parts = [_string(part) for part in value]
    else:
        between = r"\s*[,;|]\s*" if name == "more_pictures" else r"\s*[,;|/]\s*|\s+(?:and|&)\s+"
        parts = re.split(between, _string(value)[: limit * MAX_VALUES])
    texts = (clean_text(part, limit) for part in parts[:MAX_VALUES])
    return tuple(dict.fromkeys(text for text in texts if text))


def _known(texts: tuple[str, ...], words: Mapping[str, str]) -> tuple[str, ...]:
    """Canonical values; a word that the taxonomy does not know is kept as the shop writes it."""
    return tuple(dict.fromkeys(words.get(fold(text), text.casefold()) for text in texts))


def _category(cells: dict[str, object], title: str) -> str:
    named = _text(cells, "category", MAX_WORD)
    known = canonical_category(named) or _last_known(named)
    for name in ("product_type", "google_category"):
        path = _text(cells, name, MAX_TITLE)
        known = known or _GOOGLE_CATEGORIES.get(path) or _last_known(path)
    of_title = category_of_title(title)
    if known and of_title and is_a(of_title, known):
        return of_title
    return known or of_title or named.casefold() or "other"


def _last_known(path: str) -> str | None:
    """The most special known kind in "Clothing > Tops > T-Shirts"."""
    for piece in reversed(re.split(r"\s*(?:>|/|›|»)\s*", path)):
        if known := canonical_category(piece):
            return known
    return category_of_title(path)


def _gender(cells: dict[str, object]) -> str | None:
    gender = GENDER_WORDS.get(fold(_text(cells, "gender", MAX_WORD)))
    if fold(_text(cells, "age_group", MAX_WORD)) in ("kids", "toddler", "infant", "newborn"):
        return {"women": "girls", "men": "boys"}.get(gender or "", gender)
    return gender


def _address(text: str) -> str | None:
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and parts.hostname and len(text) <= MAX_URL and " " not in text
    return text if good else None


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}{'' if reason.endswith('.') else '.'}"
