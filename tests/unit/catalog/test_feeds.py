"""Feeds come in as products; what is wrong in them stays out and is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import FeedError
from catalog.feed_rows import MAX_LINE_CHARS
from catalog.feed_texts import clean_text, product_id
from catalog.feeds import FeedReport, picture_file, read_feed
from catalog.types import Money, Product
from tests.data import TEST_DATA, needs_test_data

HEADER = "id,title,image_link,price\n"
GOOD = "1,Red t-shirt,https://shop.example/1.jpg,9.90 EUR\n"


def feed(tmp_path: Path, text: str, name: str = "feed.csv", encoding: str = "utf-8") -> FeedReport:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_feed(path, "shop")


def one(report: FeedReport) -> Product:
    assert report.skipped == ()
    assert len(report.products) == 1
    return report.products[0]


def reasons(report: FeedReport) -> dict[int, str]:
    return {row.row: row.reason for row in report.skipped}


def test_a_google_merchant_row_becomes_a_product(tmp_path: Path) -> None:
    row = {
        "id": "sku-7",
        "title": "Slim Fit Jeans - Dark Wash",
        "description": "<p>Five&nbsp;pockets.<br>Stretch &amp; comfort.</p><script>alert(1)</script>",
        "link": "https://shop.example/p/7",
        "image_link": "https://shop.example/i/7.jpg",
        "additional_image_link": "https://shop.example/i/7-side.jpg,https://shop.example/i/7-back.jpg",
        "price": "59.90 EUR",
        "sale_price": "49.90 EUR",
        "availability": "in_stock",
        "brand": "Acme",
        "color": "Navy Blue/White",
        "gender": "male",
        "size": "s, M / l",
        "material": "Cotton, Elastane",
        "pattern": "plain",
        "google_product_category": "204",
    }
    text = "\t".join(row) + "\n" + "\t".join(row.values()) + "\n"
    assert one(feed(tmp_path, text, "feed.tsv")) == Product(
        id="shop-sku-7",
        source="shop",
        title="Slim Fit Jeans - Dark Wash",
        category="jeans",
        part="lower",
        picture="https://shop.example/i/7.jpg",
        picture_back="https://shop.example/i/7-back.jpg",
        color=("navy", "white"),
        pattern="solid",
        material=("cotton", "elastane"),
        gender="men",
        sizes=("S", "M", "L"),
        brand="Acme",
        price=Money(4990, "EUR"),
        url="https://shop.example/p/7",
        description="Five pockets. Stretch & comfort.",
        in_stock=True,
    )


@pytest.mark.parametrize(
    ("cell", "chart"),
    [
        (
            {"m": {"chest_cm": [96, 101], "Hip": "90-95"}},
            {"M": {"chest_cm": (96.0, 101.0), "hips_cm": (90.0, 95.0)}},
        ),
        ('{"S": {"bust in": "34", "shoe": 9}}', {"S": {"chest_cm": (86.4, 86.4)}}),
        ({"M": {"waist_cm": 9000}, "L": "large", "XL": {"sleeve": [60]}}, {}),
        ("see our page", {}),
        ([1, 2], {}),
        ("[" * 3000, {}),
    ],
)
def test_a_size_chart_is_read_and_a_bad_one_costs_nothing(tmp_path: Path, cell: object, chart: object) -> None:
    row = {"id": "1", "title": "Red t-shirt", "image_link": "https://shop.example/1.jpg", "size_chart": cell}
    assert one(feed(tmp_path, json.dumps([row]), "feed.json")).chart == chart


def test_what_columns_do_not_say_is_read_from_the_title(tmp_path: Path) -> None:
    product = one(feed(tmp_path, HEADER + "1,Women's black faux leather biker jacket,https://s.example/a.jpg,\n"))
    assert (product.category, product.part) == ("jacket", "upper")
    assert product.color == ("black",)
    assert product.material == ("faux leather",)
    assert product.gender == "women"
    assert product.price is None


@pytest.mark.parametrize(
    ("columns", "category"),
    [
        ({"title": "Oversized tee", "product_type": "Apparel > Clothing > Shirts & Tops"}, "t-shirt"),
        ({"title": "The Margot", "product_type": "Apparel & Accessories > Clothing > Dresses"}, "dress"),
        ({"title": "The Margot", "google_product_category": "1581"}, "skirt"),
        ({"title": "Shirt dress with belt"}, "dress"),
        ({"title": "Belt for trousers", "category": "Belts"}, "belt"),
        ({"title": "Mystery box"}, "other"),
        ({"title": "Mystery box", "category": "Gift Cards"}, "gift cards"),
    ],
)
def test_the_category_is_the_most_special_that_is_sure(
    tmp_path: Path, columns: dict[str, str], category: str
) -> None:
    row = {"id": "1", "image": "https://s.example/a.jpg", **columns}
    assert one(feed(tmp_path, json.dumps([row]), "feed.json")).category == category


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_encoding_and_delimiter_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = (HEADER + "1,Blusa rosé señora,https://s.example/a.jpg,\n").replace(",", delimiter)
    assert one(feed(tmp_path, text, "feed.txt", encoding)).title == "Blusa rosé señora"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feed.json", '[{"sku": 5, "name": "Red t-shirt", "image": {"src": "https://s.example/a.jpg"}}]'),
        (
            "feed.json",
            '{"products": [{"sku": 5, "name": "Red t-shirt", "images": [], "photo": "https://s.example/a.jpg"}]}',
        ),
        ("feed.jsonl", '{"sku": 5, "name": "Red t-shirt", "image": ["https://s.example/a.jpg"]}\n\n'),
        ("feed.txt", '{"sku": 5, "name": "Red t-shirt", "image": "https://s.example/a.jpg"}\n{"sku": 5}\n'),
    ],
)
def test_every_shape_of_json_is_read(tmp_path: Path, name: str, text: str) -> None:
    product = feed(tmp_path, text, name).products[0]
    assert (product.id, product.title, product.picture) == ("shop-5", "Red t-shirt", "https://s.example/a.jpg")


def test_a_price_as_a_json_object_is_read(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "title": "Tee",
        "image": "https://s.example/a.jpg",
        "price": {"amount": 5, "currency": "JPY"},
    }
    assert one(feed(tmp_path, json.dumps([row]), "feed.json")).price == Money(5, "JPY")


def test_bad_rows_are_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    rows = [
        GOOD,
        ",No id,https://s.example/a.jpg,\n",
        "3,,https://s.example/a.jpg,\n",
        "4,No picture,,\n",
        "5,Bad price,https://s.example/a.jpg,soon\n",
        "6,Too many,https://s.example/a.jpg,,,x\n",
        "1,Twice,https://s.example/a.jpg,\n",
        "8,No currency,https://s.example/a.jpg,9.90\n",
        "9,Bad address,ftp://s.example/a.jpg,\n",
        "\n",
        "11,Good again,https://s.example/a.jpg,,,\n",
    ]
    report = feed(tmp_path, HEADER + "".join(rows))
    assert [product.title for product in report.products] == ["Red t-shirt", "Good again"]
    assert reasons(report) == {
        2: "It has no id.",
        3: "It has no title.",
        4: "It has no picture.",
        5: '"soon" is not a price.',
        6: "It has 6 cells but the header has 4.",
        7: "An earlier row has the same id.",
        8: 'The price "9.90" names no currency.',
        9: "The address of its picture is not a web address.",
    }


@pytest.mark.parametrize(
    ("word", "there"),
    [("in_stock", True), ("https://schema.org/InStock", True), ("1", True), ("preorder", True), ("", None),
     ("who knows", None), ("out_of_stock", False), ("0", False), ("Sold out", False)],
)  # fmt: skip
def test_the_feed_says_what_is_in_stock(tmp_path: Path, word: str, there: bool | None) -> None:
    text = f"id,title,image_link,availability\n1,Tee,https://s.example/a.jpg,{word}\n"
    assert one(feed(tmp_path, text)).in_stock is there


@pytest.mark.parametrize(
    "bad",
    ["not json", "[1, 2]", "[" * 100_000, '{"id": ' + "9" * 5000 + "}", '"' + "x" * (MAX_LINE_CHARS + 10) + '"'],
    ids=["text", "list", "deep", "long number", "endless line"],
)
def test_a_broken_json_line_does_not_stop_the_rest(tmp_path: Path, bad: str) -> None:
    good = '{"id": "1", "title": "Tee", "image": "https://s.example/a.jpg"}'
    report = feed(tmp_path, f"{good}\n{bad}\n{good.replace('1', '2')}\n", "feed.jsonl")
    assert [product.id for product in report.products] == ["shop-1", "shop-2"]
    assert list(reasons(report)) == [2]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("feed.csv", b"", "feed_empty"),
        ("feed.csv", b" \n\n", "feed_empty"),
        ("feed.xml", b"<rss/>", "feed_format"),
        ("feed.csv", b"<?xml version='1.0'?>", "feed_format"),
        ("feed.xml", b"id,title\n", "feed_format"),
        ("feed.csv", b"sku,what,photograph\n1,Tee,https://s.example/a.jpg\n", "feed_columns"),
        ("feed.json", b"{", "feed_format"),
        ("feed.json", b'{"a": 1}', "feed_format"),
        ("feed.csv", b"PK\x03\x04\x00\x00", "feed_format"),
        ("feed.json", b"[" * 200_000, "feed_format"),
    ],
)
def test_a_file_that_is_no_feed_says_what_to_do(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FeedError) as caught:
        read_feed(tmp_path / name, "shop")
    assert caught.value.code == code


def test_a_feed_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="feed_unreadable"):
        read_feed(tmp_path / "none.csv", "shop")


@pytest.mark.parametrize(
    "reference",
    [
        "../secret.jpg",
        "/etc/passwd",
        "a/../../secret.jpg",
        "..\\secret.jpg",
        "C:secret.jpg",
        "out/secret.jpg",
        ".",
        "",
    ],
)
def test_a_picture_never_comes_from_outside_the_folder(tmp_path: Path, reference: str) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (folder / "out").symlink_to(tmp_path)
    with pytest.raises(FeedError):
        picture_file(folder, reference)
    report = feed(folder, HEADER + f"1,Tee,{reference},\n")
    assert report.products == ()
    assert len(report.skipped) == 1


def test_a_picture_inside_the_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.jpg").write_bytes(b"jpeg")
    product = one(feed(tmp_path, "id,name,file,back\n1,Tee,./images/a.jpg,images/none.jpg\n"))
    assert (product.picture, product.picture_back) == ("images/a.jpg", None)
    assert picture_file(tmp_path, product.picture).read_bytes() == b"jpeg"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x00b\x1b[31mc", "a b [31mc"),
        ("safe\u202etxet", "safetxet"),
        ("<b>Bold</b> &amp; plain", "Bold & plain"),
        ("&lt;img src=x onerror=alert(1)&gt; tee", "tee"),
        ("sizes < 40 and > 30", "sizes < 40 and > 30"),
        ("<style>p{}</style><p>Tee", "Tee"),
        ("  many \n\n lines\t", "many lines"),
        ("क्‍षमा", "क्‍षमा"),
        ("lone \ud800 surrogate", "lone surrogate"),
    ],
)
def test_texts_are_plain(raw: str, clean: str) -> None:
    assert clean_text(raw, 60) == clean


def test_a_long_text_is_cut_between_words() -> None:
    assert clean_text("one two three four", 16) == "one two three…"


@given(st.text(max_size=300), st.integers(8, 60))
def test_any_text_becomes_one_line_that_fits(raw: str, limit: int) -> None:
    text = clean_text(raw, limit)
    assert len(text) <= limit
    assert text == " ".join(text.split())
    text.encode("utf-8")


@given(st.text(min_size=1), st.text(min_size=1))
def test_ids_are_short_stable_and_tell_products_apart(first: str, second: str) -> None:
    ids = [product_id("My Shop", raw) for raw in (first, second)]
    assert ids == [product_id("My Shop", raw) for raw in (first, second)]
    assert (ids[0] == ids[1]) == (first == second)
    for made in ids:
        assert made.startswith("my-shop-")
        assert len(made.encode()) <= 40
        assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_clean_ids_stay_readable() -> None:
    assert product_id("cc0", "cbe9f7f8") == "cc0-cbe9f7f8"
    assert product_id("shop", "A/1") != product_id("shop", "a-1") == "shop-a-1"


@needs_test_data
def test_the_photo_collection_comes_in_whole() -> None:
    folder = TEST_DATA / "catalogue"
    report = read_feed(folder / "index.json", "cc0")
    labels = {item["file"]: item for item in json.loads((folder / "index.json").read_text())}
    assert report.skipped == ()
    assert len(report.products) == len(labels) == 118
    for product in report.products:
        label = labels[product.picture]
        assert product.color == (label["color"],)
        assert product.gender == label["gender"]
        assert product.pattern == label["pattern"]
        assert product.part is not None, product.title
        assert picture_file(folder, product.picture).stat().st_size > 1000
