"""Rows of feeds as products: Google Merchant's names, affiliate networks' names, and the plain ones of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from catalog.charts import size_chart
from catalog.errors import FeedError
from catalog.feed_rows import Progress, Row, SkippedRow, feed_rows
from catalog.feed_shopify import joined_rows
from catalog.feed_texts import clean_address, clean_text, product_id
from catalog.money import parse_money
from catalog.taxonomy import PATTERN_KINDS, fold, is_a, part_of
from catalog.tongues import Tongue, canonical, tongue_of
from catalog.types import Money, Product
from catalog.wording import category_of_title, facets_in

MAX_TITLE, MAX_DESCRIPTION, MAX_WORD, MAX_URL = 150, 2000, 60, 2048
MAX_VALUES = 12
"""Colours, materials or sizes of one row."""

MAX_SIZES = 40
"""Of one product, out of all its rows."""

# fmt: off
ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "id": ("id", "aw_product_id", "sku", "product_id", "item_id", "unique_id", "catalog_id", "merchant_product_id",
           "code", "handle", "pid"),
    "group": ("item_group_id", "parent_product_id", "parent_sku"),
    "title": ("title", "name", "product_name", "product_title"),
    "description": ("description", "body", "body_html", "details", "summary", "long_description",
                    "product_short_description", "short_description", "desc"),
    "url": ("link", "url", "aw_deep_link", "deep_link", "product_url", "product_link", "buy_url", "buyurl",
            "merchant_deep_link", "purl"),
    "picture": ("image_link", "picture", "image", "file", "image_url", "imageurl", "image_src", "photo", "front",
                "image_front", "large_image", "merchant_image_url", "aw_image_url", "product_image_url", "imgurl"),
    "back": ("picture_back", "back", "image_back", "back_image"),
    "more_pictures": ("additional_image_link", "additional_image_links", "images", "alternate_image"),
    "price": ("price", "regular_price", "amount", "retail_price", "search_price", "store_price", "display_price"),
    "sale_price": ("sale_price", "saleprice"),
    "sale_dates": ("sale_price_effective_date",),
    "currency": ("currency", "price_currency", "currency_code"),
    "availability": ("availability", "stock_status", "in_stock", "instock", "is_for_sale"),
    "quantity": ("stock_quantity", "quantity", "inventory"),
    "brand": ("brand", "brand_name", "vendor", "manufacturer", "label"),
    "color": ("color", "colour", "colors", "colours", "fashion_colour"),
    "gender": ("gender", "sex", "fashion_suitable_for", "suitable_for"),
    "age_group": ("age_group",),
    "size": ("size", "sizes", "fashion_size"),
    "material": ("material", "materials", "fabric", "fashion_material"),
    "pattern": ("pattern", "print", "fashion_pattern"),
    "category": ("category", "garment", "type", "fashion_category", "attribute_type"),
    "product_type": ("product_type", "product_category", "merchant_product_category_path", "merchant_category",
                     "secondary_category", "advertiser_category", "category_name", "primary_category"),
    "google_category": ("google_product_category", "google_product_category_name"),
    "gtin": ("gtin", "gtin13", "gtin12", "gtin14", "ean", "upc", "product_gtin", "barcode", "isbn"),
    "credit": ("credit", "attribution", "photographer"),
    "chart": ("size_chart", "size_guide"),
})
# fmt: on
"""Our name for what a column says, and the columns that say it, in this order of trust. Names are compared in
lower case, with "_" for everything that is neither letter nor digit.
"""

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

_TELLING = ("product_type", "category", "color", "material", "pattern", "gender")
"""What tells the language besides the title."""

_SOLD = frozenset(
    {"out of stock", "outofstock", "sold out", "discontinued", "unavailable", "no", "n", "false", "0"}
)
_THERE = frozenset(
    {"instock", "available", "preorder", "pre order", "backorder", "limited availability", "yes", "y", "true", "1"}
)


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """How to read a feed.

    `source` names the shop and prefixes the ids. `currency` (ISO 4217) stands in where prices name none. `columns`
    says under which heading the feed has what we call so (a key of ALIASES). `shop` is the address of a shop whose
    feed has no links but Shopify's handles. `encoding` is for files that are neither UTF-8 nor western.
    """

    source: str
    currency: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    shop: str | None = None
    encoding: str | None = None

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.columns) - set(ALIASES)):
            known = ", ".join(ALIASES)
            raise FeedError("feed_columns", f"There is no column {unknown[0]} to fill. Columns are: {known}.")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """The product of one row. A variant is one of several rows that make up the product with this id."""

    row: int
    line: int
    product: Product
    variant: bool


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What a feed gave: the products, and the rows left out with the reason."""

    products: tuple[Product, ...]
    skipped: tuple[SkippedRow, ...]


def read_feed(path: Path, source: str, *, currency: str | None = None) -> FeedReport:
    """The whole feed at once: for files whose products fit in memory. Raises as stream_feed does."""
    rows: dict[str, list[FeedItem]] = {}
    skipped: list[SkippedRow] = []
    for item in stream_feed(path, FeedOptions(source, currency)):
        if isinstance(item, SkippedRow):
            skipped.append(item)
        else:
            rows.setdefault(item.product.id, []).append(item)
    products = []
    for same in rows.values():
        product, repeated = joined(same)
        products.append(product)
        skipped += repeated
    return FeedReport(tuple(products), tuple(sorted(skipped, key=lambda row: row.row)))


def stream_feed(
    path: Path, options: FeedOptions, *, after: int = 0, progress: Progress = lambda _: None
) -> Iterator[FeedItem | SkippedRow]:
    """Products and skipped rows as they come, without reading the file into memory; `joined` makes one product of
    rows with the same id.

    Rows up to `after` are passed over. Pictures are http(s) addresses, or paths inside the feed's own folder,
    which picture_file() resolves. Raises FeedError when the file as a whole cannot be read, be it in the middle.
    """
    mapper = _Mapper(path.parent, options)
    checked = False
    for row in joined_rows(feed_rows(path, options.encoding, progress)):
        if row.row <= after:
            continue
        if isinstance(row, SkippedRow):
            yield row
            continue
        if row.of_table and not checked:
            mapper.check(row.cells)
            checked = True
        try:
            product, variant = mapper.product(row.cells)
        except ValueError as error:
            yield SkippedRow(row.row, _sentence(str(error)), row.line)
        else:
            yield FeedItem(row.row, row.line, product, variant)


def joined(same: Iterable[FeedItem]) -> tuple[Product, list[SkippedRow]]:
    """One product out of the rows with its id, in their order, and the rows that only repeat it.

    Variants add their sizes, and the lowest price; a size that is sold out is no size to choose.
    """
    first, *rest = same
    variants = [first, *(item for item in rest if first.variant and item.variant)]
    repeated = [
        SkippedRow(item.row, "An earlier row has the same id.", item.line)
        for item in rest
        if not (first.variant and item.variant)
    ]
    products = [item.product for item in variants]
    if len(products) == 1:
        return first.product, repeated
    left = [product for product in products if product.in_stock is not False] or products
    sizes = dict.fromkeys(size for product in left for size in product.sizes)
    prices = [product.price for product in left if product.price is not None]
    same_currency = [price for price in prices if price.currency == prices[0].currency]
    stock = {product.in_stock for product in products}
    whole = replace(
        first.product,
        sizes=tuple(sizes)[:MAX_SIZES],
        price=min(same_currency, key=lambda price: price.minor, default=None),
        in_stock=True if True in stock else None if None in stock else False,
        gtin=next((product.gtin for product in left if product.gtin), None),
    )
    return whole, repeated


def product_of_row(row: Row, source: str) -> Product:
    """The product of a single row, such as a shop's page is read into. Raises ValueError with the reason why not.

    Its picture must be a web address: there is no folder for files.
    """
    return _Mapper(Path("/nonexistent"), FeedOptions(source)).product(row)[0]


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

    def __init__(self, folder: Path, options: FeedOptions) -> None:
        self._folder = folder
        self._options = options
        self._columns = {_key(heading): meaning for meaning, heading in options.columns.items()}

    def check(self, row: Row) -> None:
        """Raises FeedError when a table has no column for what every product must have."""
        meanings = {self._meaning(name)[0] for name in _flat(row)}
        missing = [name for name in ("id", "title", "picture") if name not in meanings]
        if missing:
            seen = ", ".join(str(name)[:40] for name in list(row)[:30])
            raise FeedError(
                "feed_columns",
                f"No column is known as the {' or the '.join(missing)}; the columns are: {seen}. "
                f"Say which it is, for example --column {missing[0]}=NAME.",
            )

    def product(self, row: Row) -> tuple[Product, bool]:
        cells = self._by_meaning(row)
        title = _text(cells, "title", MAX_TITLE)
        raw_id = _text(cells, "id", MAX_URL)
        if not title:
            raise ValueError("it has no title")
        if not raw_id:
            raise ValueError("it has no id")
        tongue = _tongue_of(title, *(_text(cells, name, MAX_TITLE) for name in _TELLING))
        seen = _facets_in(title, tongue)
        category = _category(cells, title, tongue)
        color = _known(cells, "color")
        pattern = _known(cells, "pattern")
        group = _text(cells, "group", MAX_URL)
        in_stock = _in_stock(cells)
        source = self._options.source
        product = Product(
            id=product_id(source, _variant_id(group, color, pattern) if group else raw_id),
            source=source,
            title=title,
            category=category,
            part=part_of(category),
            picture=self._picture(_address_text(cells, "picture")),
            picture_back=self._back(cells),
            color=color or seen.color,
            pattern=_pattern(pattern or seen.pattern),
            material=_known(cells, "material") or seen.material,
            gender=_gender(cells) or seen.gender,
            sizes=() if in_stock is False else tuple(size.upper() for size in _texts(cells, "size")),
            brand=_text(cells, "brand", MAX_WORD) or None,
            price=self._price(cells),
            url=self._url(row, cells),
            description=_text(cells, "description", MAX_DESCRIPTION),
            credit=_text(cells, "credit", MAX_TITLE) or None,
            chart=size_chart(cells.get("chart")),
            gtin=_gtin(_text(cells, "gtin", MAX_WORD)),
            in_stock=in_stock,
        )
        return product, bool(group)

    def _by_meaning(self, row: Row) -> dict[str, object]:
        """Cells by our names; of several columns with one meaning the most trusted that is filled."""
        found: dict[str, tuple[int, object]] = {}
        for name, value in _flat(row).items():
            if value in (None, "", [], {}):
                continue
            meaning, rank = self._meaning(name)
            if meaning and (meaning not in found or rank < found[meaning][0]):
                found[meaning] = (rank, value)
        return {meaning: value for meaning, (_, value) in found.items()}

    def _meaning(self, name: object) -> tuple[str, int]:
        key = _key(str(name))
        return (self._columns[key], -1) if key in self._columns else _MEANINGS.get(key, ("", 0))

    def _price(self, cells: dict[str, object]) -> Money | None:
        """The sale price while the sale lasts, else the price."""
        currency = _text(cells, "currency", MAX_WORD) or self._options.currency
        texts = [_text(cells, "sale_price", MAX_WORD)] if _is_on(_text(cells, "sale_dates", MAX_TITLE)) else []
        texts.append(_text(cells, "price", MAX_WORD))
        wrong: ValueError | None = None
        for text in filter(None, texts):
            try:
                price = parse_money(text, currency)
            except ValueError as error:
                wrong = error
            else:
                if price.minor:
                    return price
        if wrong is not None:
            raise wrong
        return None

    def _url(self, row: Row, cells: dict[str, object]) -> str | None:
        if (address := _address(_address_text(cells, "url"))) is not None:
            return address
        handle = row.get("handle")
        if self._options.shop and isinstance(handle, str):
            return _address(f"{self._options.shop.rstrip('/')}/products/{handle}")
        return None

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
        more = (text for text in _texts(cells, "more_pictures", MAX_URL) if _BACK.search(text))
        reference = _address_text(cells, "back") or next(more, "")
        try:
            return self._picture(reference) if reference else None
        except ValueError:
            return None


_BACK = re.compile(r"(?i)[-_/]back[-_.]")


@lru_cache(4096)
def _key(name: str) -> str:
    """ "g:Image Link" is image_link."""
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower().removeprefix("g:")).strip("_")


_MEANINGS = {alias: (meaning, rank) for meaning, aliases in ALIASES.items() for rank, alias in enumerate(aliases)}


def _flat(row: Row) -> dict[str, object]:
    """The cells of a row, and those of the groups in it; Google's own names before a format's of the same name."""
    flat: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, dict) and not _MEANINGS.get(_key(str(name))):
            for inner, cell in value.items():
                flat.setdefault(str(inner), cell)
        elif str(name).startswith("g:"):
            flat[str(name)[2:]] = value
        elif f"g:{name}" not in row:
            flat[str(name)] = value
    return flat


def _variant_id(group: str, color: tuple[str, ...], pattern: tuple[str, ...]) -> str:
    """Rows of a group that look the same are one product; what is left to tell them apart is the size."""
    return "-".join(word.replace(" ", "-") for word in (group, *color, *pattern))


def _in_stock(cells: dict[str, object]) -> bool | None:
    word = fold(_string(cells.get("availability")).replace("_", " ").rpartition("/")[2])
    quantity = _string(cells.get("quantity")).strip()
    if word in _SOLD or (quantity and re.fullmatch(r"-?\d+(?:\.0+)?", quantity) and float(quantity) <= 0):
        return False
    return True if word in _THERE or word.startswith("in stock") else None


def _gtin(text: str) -> str | None:
    """The number under the bar code when it is one: its last digit checks the others (GS1)."""
    digits = text.strip("' ").replace(" ", "").replace("-", "")
    if not re.fullmatch(r"\d{8}|\d{12,14}", digits, re.ASCII) or not digits.strip("0"):
        return None
    weighted = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits[:-1])))
    return digits if (weighted + int(digits[-1])) % 10 == 0 else None


def _is_on(dates: str) -> bool:
    """Whether "2026-11-27T00:00+0100/2026-12-01T00:00+0100" is now; what says nothing of the kind holds always."""
    try:
        start, end = (datetime.fromisoformat(date.strip()) for date in dates.split("/"))
    except ValueError:
        return True
    now = datetime.now(UTC)
    return _aware(start) <= now <= _aware(end)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _address_text(cells: dict[str, object], name: str) -> str:
    return clean_address(_string(cells.get(name)), MAX_URL)


_SHORT = 200
_clean_short = lru_cache(8192)(clean_text)
_clean_long = lru_cache(32)(clean_text)
_facets_in = lru_cache(256)(facets_in)
_category_of_title = lru_cache(256)(category_of_title)
_tongue_of = lru_cache(1024)(tongue_of)
_canonical = lru_cache(4096)(canonical)
"""Shops repeat themselves: brands, colours and sizes everywhere, titles and descriptions in the rows of a product.
Reading each once takes a third off the time of a feed.
"""


def _clean(raw: str, limit: int) -> str:
    return (_clean_short if len(raw) <= _SHORT else _clean_long)(raw, limit)


def _text(cells: dict[str, object], name: str, limit: int) -> str:
    raw = _string(cells.get(name))
    return _clean(raw, limit) if raw else ""


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
    if value is None:
        return ()
    if isinstance(value, list):
        parts = [_string(part) for part in value]
    else:
        between = r"\s*[,;|]\s*" if name == "more_pictures" else r"\s*[,;|/]\s*|\s+(?:and|&)\s+"
        parts = re.split(between, _string(value)[: limit * MAX_VALUES])
    clean = clean_address if name == "more_pictures" else _clean
    texts = (clean(part, limit) for part in parts[:MAX_VALUES])
    return tuple(dict.fromkeys(text for text in texts if text))


def _known(cells: dict[str, object], facet: str) -> tuple[str, ...]:
    """Canonical values; a word that no language knows is kept as the shop writes it."""
    return tuple(dict.fromkeys(_canonical(facet, text) or text.casefold() for text in _texts(cells, facet)))


def _pattern(patterns: tuple[str, ...]) -> str | None:
    """The one that says most: "estampado floral" is floral."""
    special = (pattern for pattern in patterns if pattern not in PATTERN_KINDS)
    return next(special, next(iter(patterns), None))


def _category(cells: dict[str, object], title: str, tongue: Tongue) -> str:
    named = _text(cells, "category", MAX_WORD)
    known = _last_known(named, tongue)
    for name in ("product_type", "google_category"):
        path = _text(cells, name, MAX_TITLE)
        known = known or _GOOGLE_CATEGORIES.get(path) or _last_known(path, tongue)
    of_title = _category_of_title(title, tongue)
    if known and of_title and is_a(of_title, known):
        return of_title
    return known or of_title or named.casefold() or "other"


@lru_cache(4096)
def _last_known(path: str, tongue: Tongue) -> str | None:
    """The most special known kind in "Clothing > Tops > T-Shirts"."""
    for piece in reversed(re.split(r"\s*(?:>|/|›|»)\s*", path)):
        if known := tongue.category.get(" ".join(tongue.words(piece))):
            return known
    return category_of_title(path, tongue)


def _gender(cells: dict[str, object]) -> str | None:
    gender = _canonical("gender", _text(cells, "gender", MAX_WORD))
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
