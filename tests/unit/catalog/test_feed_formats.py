"""Every format that shops send is read, whatever state it is in, with memory that does not grow with the file."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import FeedError
from catalog.feed_rows import RAKUTEN, FoundRow, SkippedRow, feed_rows
from catalog.feeds import FeedItem, FeedOptions, read_feed, stream_feed
from catalog.types import Money, Product

PICTURE = "https://s.example/a.jpg"
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>'
    "<link>https://s.example</link>{items}</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>'
    "{items}</feed>"
)
ITEM = (
    "<item><title>Plain title</title><g:id>{id}</g:id><g:title>Navy linen shirt</g:title>"
    "<link>https://s.example/p/{id}?a=1&amp;copy=2</link><g:image_link>https://s.example/{id}.jpg</g:image_link>"
    "<g:price>25.00 EUR</g:price>{more}</item>\n"
)


def written(tmp_path: Path, data: str | bytes, name: str = "feed.xml") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def products(path: Path, options: FeedOptions | None = None) -> list[Product]:
    items = list(stream_feed(path, options or FeedOptions("shop")))
    assert all(isinstance(item, FeedItem) for item in items), items
    return [item.product for item in items if isinstance(item, FeedItem)]


def only(path: Path, options: FeedOptions | None = None) -> Product:
    (product,) = products(path, options)
    return product


# --- XML ----------------------------------------------------------------------------------------------


def test_a_google_feed_in_rss_is_read(tmp_path: Path) -> None:
    more = (
        "<g:additional_image_link>https://s.example/1-side.jpg</g:additional_image_link>"
        "<g:additional_image_link>https://s.example/1-back.jpg</g:additional_image_link>"
        "<g:sale_price>19.90 EUR</g:sale_price><g:availability>in_stock</g:availability>"
        "<g:brand>Åse</g:brand><g:gtin>4006381333931</g:gtin><g:gender>male</g:gender><g:size>M</g:size>"
        "<g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping>"
        "<description><![CDATA[<p>Cool &amp; airy, <b>50% linen</b></p>]]></description>"
    )
    assert only(written(tmp_path, RSS.format(items=ITEM.format(id=1, more=more)))) == Product(
        id="shop-1",
        source="shop",
        title="Navy linen shirt",
        category="shirt",
        part="upper",
        picture="https://s.example/1.jpg",
        picture_back="https://s.example/1-back.jpg",
        color=("navy",),
        material=("linen",),
        gender="men",
        sizes=("M",),
        brand="Åse",
        price=Money(1990, "EUR"),
        url="https://s.example/p/1?a=1&copy=2",
        description="Cool & airy, 50% linen",
        gtin="4006381333931",
        in_stock=True,
    )


def test_a_google_feed_in_atom_is_read(tmp_path: Path) -> None:
    entry = (
        "<entry><id>urn:uuid:7</id><g:id>7</g:id><title>Red dress</title><g:image_link>https://s.example/7.jpg"
        '</g:image_link><link rel="enclosure" href="https://s.example/7.pdf"/>'
        '<link href="https://s.example/p/7"/></entry>'
    )
    product = only(written(tmp_path, ATOM.format(items=entry)))
    assert (product.id, product.title, product.url) == ("shop-7", "Red dress", "https://s.example/p/7")


def test_the_line_of_an_item_that_is_left_out_is_named(tmp_path: Path) -> None:
    items = ITEM.format(id=1, more="") + "<item><g:id>2</g:id></item>\n" + ITEM.format(id=3, more="")
    path = written(tmp_path, RSS.format(items="\n" + items))
    found = list(stream_feed(path, FeedOptions("shop")))
    assert found[1] == SkippedRow(2, "It has no title.", 4)
    assert [type(item) for item in found] == [FeedItem, SkippedRow, FeedItem]


@pytest.mark.parametrize(
    "untidy",
    [
        "<g:brand>Marks & Spencer</g:brand>",
        "<g:brand>Marks &amp; Spencer</g:brand>",
        "<g:brand><![CDATA[Marks & Spencer]]></g:brand>",
        "<g:brand>Marks&nbsp;&amp;&nbsp;Spencer</g:brand>",
        "<g:brand>Marks\x0b &#38; \x00Spencer</g:brand>",
    ],
)
def test_untidy_xml_is_read_all_the_same(tmp_path: Path, untidy: str) -> None:
    xml = "\n  " + RSS.format(items=ITEM.format(id=1, more=untidy))
    assert only(written(tmp_path, xml)).brand == "Marks & Spencer"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", ""), ("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-16-le", ""),
     ("latin-1", ""), ("cp1251", "")],
)  # fmt: skip
def test_xml_in_every_usual_encoding_is_read(tmp_path: Path, encoding: str, mark: str) -> None:
    word = "Шарм" if encoding == "cp1251" else "Élan"
    declared = {"cp1251": "windows-1251", "latin-1": "utf-8"}.get(encoding, encoding)
    xml = RSS.format(items=ITEM.format(id=1, more=f"<g:brand>{word}</g:brand>")).replace("UTF-8", declared)
    assert only(written(tmp_path, (mark + xml).encode(encoding))).brand == word


def test_no_entity_is_ever_expanded(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>' + RSS.format(items=ITEM.format(id="&l11;", more=""))[38:]
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><id>&x;</id></item></rss>'
    for xml in (bomb, outside):
        with pytest.raises(FeedError, match="DOCTYPE"):
            list(stream_feed(written(tmp_path, xml), FeedOptions("shop")))


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        ("<rss><channel><item><g:id>1</g:id>", "line 1"),
        ("<html><body>Sign in</body></html>", "holds no products"),
        ("<!DOCTYPE html><html></html>", "web page"),
        ("<a>" * 100, "too deep"),
        ("<rss><item " + "a" * 5_000_000, "never ends"),
        ("<rss><!-- " + "a" * 5_000_000, "never ends"),
    ],
    ids=["cut off", "a page", "html", "deep", "endless tag", "endless comment"],
)
def test_xml_that_is_no_feed_says_why(tmp_path: Path, xml: str, says: str) -> None:
    with pytest.raises(FeedError, match=says):
        list(stream_feed(written(tmp_path, xml), FeedOptions("shop")))


# --- JSON ---------------------------------------------------------------------------------------------

ROW = {"id": "1", "title": "Red tee", "image_link": PICTURE}


@pytest.mark.parametrize(
    "document",
    [
        [ROW],
        {"products": [ROW]},
        {"total": 1, "tags": ["a"], "meta": {"page": [1]}, "items": [ROW], "next": None},
        {"data": {"items": [ROW]}},
        [{"product_basic": {"id": "1", "title": "Red tee", "image_link": PICTURE}}],
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_the_list_is_found_wherever_it_is(tmp_path: Path, document: object, indent: int | None) -> None:
    product = only(written(tmp_path, json.dumps(document, indent=indent), "feed.json"))
    assert (product.id, product.title) == ("shop-1", "Red tee")


def test_a_document_that_breaks_off_gives_what_came_before_and_then_says_where(tmp_path: Path) -> None:
    text = "[\n" + ",\n".join(json.dumps({**ROW, "id": str(n)}) for n in range(3)) + ',\n{"id": "9", "ti'
    rows = stream_feed(written(tmp_path, text, "feed.json"), FeedOptions("shop"))
    assert [next(rows) for _ in range(3)]
    with pytest.raises(FeedError, match="line 5"):
        next(rows)


# --- tables -------------------------------------------------------------------------------------------


def test_a_quote_left_open_costs_one_row(tmp_path: Path) -> None:
    rows = [f"{n},Tee {n},{PICTURE}" for n in range(1, 6001)]
    rows[1] = f'2,"open quote,{PICTURE}'
    found = list(
        stream_feed(written(tmp_path, "id,title,image_link\n" + "\n".join(rows), "f.csv"), FeedOptions("s"))
    )
    skipped = [item for item in found if isinstance(item, SkippedRow)]
    assert [(row.row, row.line) for row in skipped] == [(2, 3)]
    assert len(found) == 6000


def test_a_ten_megabyte_cell_costs_its_row(tmp_path: Path) -> None:
    text = f'id,title,image_link\n1,"{"x" * 10_000_000}",{PICTURE}\n2,Tee,{PICTURE}\n'
    first, *_, last = stream_feed(written(tmp_path, text, "f.csv"), FeedOptions("s"))
    assert isinstance(first, SkippedRow)
    assert isinstance(last, FeedItem)


def test_cells_with_line_ends_keep_the_count_of_lines(tmp_path: Path) -> None:
    text = f'id,title,description,image_link\r\n1,Tee,"a\r\nb",{PICTURE}\r\n2,,,\r\n'
    _, second = stream_feed(written(tmp_path, text, "f.csv"), FeedOptions("s"))
    assert isinstance(second, SkippedRow)
    assert (second.row, second.line) == (2, 4)


def test_what_excel_writes_for_itself_is_read(tmp_path: Path) -> None:
    assert only(written(tmp_path, f"sep=;\r\nid;title;image_link\r\n1;Tee;{PICTURE}\r\n", "f.csv")).title == "Tee"


SHOPIFY = """Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,\
Option2 Value,Variant SKU,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Barcode,Image Src,\
Image Position,Variant Image,Status
linen-shirt,Linen Shirt,<p>Airy.</p>,Åse,Shirts,"summer, men",true,Color,White,Size,M,LS-W-M,3,deny,25.00,\
4006381333931,https://s.example/white.jpg,1,https://s.example/white.jpg,active
linen-shirt,,,,,,,,White,,L,LS-W-L,0,deny,25.00,,https://s.example/navy.jpg,2,https://s.example/white.jpg,
linen-shirt,,,,,,,,Navy,,M,LS-N-M,0,continue,27.00,,,,https://s.example/navy.jpg,
linen-shirt,,,,,,,,,,,,,,,,https://s.example/linen-back.jpg,3,,
cap,Cap,,Åse,Hats,,true,Title,Default Title,,,CAP,0,deny,9.00,,https://s.example/cap.jpg,1,,active
secret,Secret,,Åse,Shirts,,false,Title,Default Title,,,S,1,deny,9.00,,https://s.example/s.jpg,1,,draft
""".replace("\\\n", "")


def test_shopify_rows_become_a_product_for_each_picture(tmp_path: Path) -> None:
    path = written(tmp_path, SHOPIFY, "products_export.csv")
    white, navy, cap, secret = stream_feed(path, FeedOptions("s", "EUR", shop="https://s.example/"))
    assert isinstance(white, FeedItem)
    assert isinstance(navy, FeedItem)
    assert isinstance(cap, FeedItem)
    assert (white.product.id, white.product.color, white.product.sizes) == (
        "s-linen-shirt-white",
        ("white",),
        ("M",),
    )
    assert white.product.url == "https://s.example/products/linen-shirt"
    assert white.product.gtin == "4006381333931"
    assert white.product.picture_back == "https://s.example/linen-back.jpg"
    assert (navy.product.picture, navy.product.sizes) == ("https://s.example/navy.jpg", ("M",))
    assert navy.product.price == Money(2700, "EUR")
    assert (navy.product.in_stock, navy.line) == (True, 4)
    assert (cap.product.id, cap.product.in_stock, cap.product.sizes) == ("s-cap", False, ())
    assert secret == SkippedRow(6, "It is not published.", 7)


AWIN = {
    "aw_deep_link": "https://www.awin1.com/pclick.php?p=1&a=2&m=3",
    "product_name": "Floral midi dress",
    "aw_product_id": "31",
    "merchant_product_id": "D31",
    "merchant_image_url": "https://s.example/d31.jpg",
    "aw_image_url": "https://images2.example/d31.jpg",
    "search_price": "59.00",
    "currency": "GBP",
    "merchant_category": "Women > Dresses",
    "in_stock": "1",
    "Fashion:suitable_for": "Female",
    "Fashion:size": "8",
    "colour": "Green",
    "ean": "96385074",
}
CJ = {
    "PROGRAM_NAME": "Shop",
    "ID": "C9",
    "TITLE": "Floral midi dress",
    "LINK": "https://www.anrdoezrs.example/click-1-2",
    "IMAGE_LINK": "https://s.example/c9.jpg",
    "PRICE": "59.00 GBP",
    "AVAILABILITY": "in stock",
    "COLOR": "Green",
    "GENDER": "female",
}
RAKUTEN_CELLS = {
    "product_id": "77",
    "product_name": "Floral midi dress",
    "sku": "D77",
    "primary_category": "Apparel",
    "secondary_category": "Dresses~~Midi",
    "product_url": "https://click.example/77",
    "image_url": "https://s.example/77.jpg",
    "retail_price": "59.00",
    "availability": "in-stock",
    "upc": "012345678905",
    "class_id": "60",
    "currency": "GBP",
    "size": "8",
    "color": "Green",
    "gender": "Female",
}
RAKUTEN_FEED = (
    "HDR|123|Shop|2026-11-27/06:00:00\n" + "|".join(RAKUTEN_CELLS.get(name, "") for name in RAKUTEN) + "\nTRL|1\n"
)


@pytest.mark.parametrize(
    ("text", "shop_id"),
    [
        (",".join(AWIN) + "\n" + ",".join(AWIN.values()) + "\n", "s-31"),
        ("\t".join(CJ) + "\n" + "\t".join(CJ.values()) + "\n", None),
        (RAKUTEN_FEED, None),
    ],
    ids=["AWIN", "CJ", "Rakuten"],
)
def test_affiliate_networks_are_understood_as_they_are(tmp_path: Path, text: str, shop_id: str | None) -> None:
    product = only(written(tmp_path, text, "feed.txt"), FeedOptions("s"))
    assert shop_id in (None, product.id)
    assert (product.title, product.category, product.gender) == ("Floral midi dress", "dress", "women")
    assert (product.color, product.price, product.in_stock) == (("green",), Money(5900, "GBP"), True)
    assert product.url is not None
    assert product.url.startswith("https://")


def test_other_columns_are_named_by_whoever_knows(tmp_path: Path) -> None:
    path = written(tmp_path, f"nr,Bezeichnung,Foto,Preis\n1,Rotes T-Shirt,{PICTURE},9\n", "f.csv")
    with pytest.raises(FeedError, match="columns are: nr, Bezeichnung, Foto, Preis"):
        products(path)
    columns = {"id": "nr", "title": "bezeichnung", "picture": "Foto", "price": "Preis"}
    assert only(path, FeedOptions("s", "EUR", columns)).price == Money(900, "EUR")
    with pytest.raises(FeedError, match="no column colr"):
        FeedOptions("s", columns={"colr": "Farbe"})


# --- variants -----------------------------------------------------------------------------------------


def test_variants_of_a_group_are_one_product_for_each_colour(tmp_path: Path) -> None:
    rows = [
        ("1", "g", "Red", "S", "12.00 EUR", "in stock"),
        ("2", "g", "Blue", "S", "10.00 EUR", "in stock"),
        ("3", "g", "Red", "M", "9.00 EUR", "in stock"),
        ("4", "g", "Red", "L", "1.00 EUR", "out of stock"),
        ("5", "", "Red", "", "9.00 EUR", "in stock"),
        ("5", "", "Red", "", "8.00 EUR", "in stock"),
    ]
    head = "id,item_group_id,color,size,price,availability,title,image_link\n"
    text = head + "".join(",".join((*row, "Tee", PICTURE)) + "\n" for row in rows)
    report = read_feed(written(tmp_path, text, "f.csv"), "s")
    assert [(p.id, p.sizes, p.price, p.in_stock) for p in report.products] == [
        ("s-g-red", ("S", "M"), Money(900, "EUR"), True),
        ("s-g-blue", ("S",), Money(1000, "EUR"), True),
        ("s-5", (), Money(900, "EUR"), True),
    ]
    assert report.skipped == (SkippedRow(6, "An earlier row has the same id.", 7),)


@pytest.mark.parametrize(
    ("dates", "price"),
    [
        ("2020-01-01T00:00+0100/2020-02-01T00:00+0100", 2500),
        ("2020-01-01/2999-01-01", 1990),
        ("whenever", 1990),
    ],
)
def test_a_sale_counts_while_it_lasts(tmp_path: Path, dates: str, price: int) -> None:
    row = {**ROW, "price": "25 EUR", "sale_price": "19.90 EUR", "sale_price_effective_date": dates}
    assert only(written(tmp_path, json.dumps([row]), "f.json")).price == Money(price, "EUR")


@pytest.mark.parametrize(
    ("cell", "gtin"),
    [("4006381333931", "4006381333931"), ("4006381333932", None), ("4.00638E+12", None), ("0000000000000", None),
     ("96385074", "96385074"), ("'012345678905", "012345678905"), ("n/a", None)],
)  # fmt: skip
def test_a_gtin_is_kept_when_its_check_digit_is_right(tmp_path: Path, cell: str, gtin: str | None) -> None:
    assert only(written(tmp_path, json.dumps([{**ROW, "gtin": cell}]), "f.json")).gtin == gtin


# --- packed, large and hostile ------------------------------------------------------------------------


def test_packed_feeds_are_read_as_they_are(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(RSS.format(items=ITEM.format(id=1, more="")).encode()), "download")
    assert only(path).id == "shop-1"


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.feed_stream.FREE_BYTES", 1_000_000)
    path = written(tmp_path, gzip.compress(b"id,title,image_link\n" + b" " * 50_000_000), "bomb.csv.gz")
    with pytest.raises(FeedError, match="unpacks to far more"):
        list(stream_feed(path, FeedOptions("s")))


def test_an_archive_that_was_cut_off_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(RSS.format(items=ITEM.format(id=1, more="") * 500).encode())
    with pytest.raises(FeedError, match="cut off"):
        list(stream_feed(written(tmp_path, packed[: len(packed) // 2], "f.xml.gz"), FeedOptions("s")))


def _csv(rows: int, filler: str) -> Iterator[str]:
    yield "id,title,image_link,notes\n"
    yield from (f"{n},Tee,{PICTURE},{filler}\n" for n in range(rows))


def _json(rows: int, filler: str) -> Iterator[str]:
    yield "["
    yield from (json.dumps({**ROW, "id": str(n), "notes": filler}) + "," for n in range(rows))
    yield json.dumps(ROW) + "]"


def _xml(rows: int, filler: str) -> Iterator[str]:
    yield "<rss><channel>"
    yield from (ITEM.format(id=n, more=f"<notes>{filler}</notes>").replace("g:", "") for n in range(rows))
    yield "</channel></rss>"


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("f.csv", _csv),
        ("f.json", _json),
        ("f.xml", _xml),
        ("f.jsonl", lambda n, f: (p[:-1] + "\n" for p in _json(n, f))),
    ],
)
def test_a_large_feed_is_streamed(tmp_path: Path, name: str, make: Callable[[int, str], Iterator[str]]) -> None:
    path, small = tmp_path / name, tmp_path / f"small-{name}"
    for file, rows in ((small, 3), (path, 600)):
        with file.open("w") as lines:
            lines.writelines(make(rows, "x" * 20_000))
    # What is built once, such as tables of words, is no part of it.
    assert list(stream_feed(small, FeedOptions("s")))
    tracemalloc.start()
    found = sum(isinstance(item, FeedItem) for item in stream_feed(path, FeedOptions("s")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found >= 599
    assert peak < path.stat().st_size / 3, "the file was in memory"


@pytest.mark.parametrize("name", ["f.csv", "f.tsv", "f.xml", "f.json", "f.jsonl", "f.txt", "f.csv.gz"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(alphabet='<>&;{}[]:,"\n\t idtle/=\\\x00é\ufeff', max_size=400).map(str.encode),
        st.sampled_from(
            [b"<rss><item>", b"[{", b'{"a":[{', b'id,title\n"', b"HDR|\n", b"sep=;\n", b"\x1f\x8b\x08"]
        ).flatmap(lambda begin: st.binary(max_size=200).map(lambda rest: begin + rest)),
    )
)
def test_no_bytes_are_more_than_a_bad_feed(tmp_path: Path, name: str, data: bytes) -> None:
    path = written(tmp_path, data, name)
    # Whatever else is raised fails the test.
    with suppress(FeedError):
        list(feed_rows(path))
    with suppress(FeedError):
        list(stream_feed(path, FeedOptions("s")))


_NICE = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="<&"), min_size=1, max_size=30
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(cells=st.lists(st.fixed_dictionaries({"id": _NICE, "title": _NICE}), min_size=1, max_size=5))
def test_what_a_shop_writes_comes_back_in_every_format(tmp_path: Path, cells: list[dict[str, str]]) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    def escaped(text: str) -> str:
        return text.replace(">", "&gt;")

    table = "id,title\n" + "".join(f"{quoted(c['id'])},{quoted(c['title'])}\n" for c in cells)
    items = "".join(f"<item><id>{escaped(c['id'])}</id><title>{escaped(c['title'])}</title></item>" for c in cells)
    for name, text in (
        ("f.csv", table),
        ("f.xml", f"<rss>{items}</rss>"),
        ("f.json", json.dumps(cells)),
        ("f.jsonl", "\n".join(map(json.dumps, cells))),
    ):
        rows = [row.cells for row in feed_rows(written(tmp_path, text, name)) if isinstance(row, FoundRow)]
        assert rows == cells, name
