"""What every product index promises, over the fake and over PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from catalog.ports import ProductIndex
from catalog.samples import sample_products
from catalog.types import Money, Product, Query, Usual
from storage.catalogue import StoredProducts
from storage.products import ProductPictures
from storage.unit_of_work import Database, UnitOfWork
from tests.fakes.product_index import FakeProductIndex
from tests.unit.catalog.products import product

SHOP = (
    product("tee-white", "White t-shirt", "t-shirt", color="white", price=Money(990, "EUR"), gender="unisex"),
    product(
        "tee-navy", "Navy striped t-shirt", "t-shirt", color="navy", pattern="striped", price=Money(1490, "EUR")
    ),
    product("tee-red", "Red t-shirt", "t-shirt", color="red", gender="women", sizes=("S", "M")),
    product("jeans-blue", "Blue jeans", "jeans", color="blue", material="denim", price=Money(5000, "JPY")),
    product("trousers-black", "Black trousers", "trousers", color="black", brand="Puma", gender="men"),
    product("dress-floral", "Floral summer dress", "dress", color="yellow", pattern="floral", gender="women"),
    product("hoodie-grey", "Grey hoodie", "hoodie", color="grey", description="Warm, with a kangaroo pocket."),
    product("sneakers-white", "White sneakers", "sneakers", color="white", source="other"),
)


@pytest.fixture(params=["fake", "postgres"])
def index(request: pytest.FixtureRequest) -> ProductIndex:
    if request.param == "fake":
        return FakeProductIndex()
    indexed: ProductIndex = request.getfixturevalue("stored_products")
    return indexed


@pytest.fixture
def shop(index: ProductIndex) -> ProductIndex:
    index.put(SHOP)
    return index


def found(index: ProductIndex, query: Query) -> list[str]:
    return [product.id for product in index.search(query, limit=20).products]


def test_a_product_comes_back_as_it_was_put(index: ProductIndex) -> None:
    full = Product(
        id="shop-1",
        source="shop",
        title="Linen shirt",
        category="shirt",
        part="upper",
        picture="front.jpg",
        picture_back="back.jpg",
        color=("dark blue", "white"),
        pattern="striped",
        material=("linen", "cotton"),
        gender="men",
        sizes=("M", "L"),
        brand="Åse & Sons",
        price=Money(4990, "EUR"),
        url="https://shop.example/1",
        description="Cool in summer.",
        credit="Photo: somebody",
        chart={"M": {"chest_cm": (96.0, 101.0)}},
        gtin="4006381333931",
        in_stock=True,
    )
    index.put([full])
    assert index.get("shop-1") == full
    assert index.search(Query(category=("shirt",)), 5).products == (full,)


def test_an_unknown_product_is_none(shop: ProductIndex) -> None:
    assert shop.get("nobody-knows") is None


def test_putting_again_replaces(index: ProductIndex) -> None:
    index.put([product("a", "Old name", "shirt", price=Money(100, "EUR"), url="https://shop.example/a")])
    newer = product("a", "New name", "jacket", color="red")
    assert index.put([newer, newer]) == 1
    assert index.get("a") == newer
    assert found(index, Query(category=("jacket",))) == ["a"]


def test_put_says_how_many(index: ProductIndex) -> None:
    assert index.put([]) == 0
    assert index.put(SHOP) == len(SHOP)


def test_facets_filter(shop: ProductIndex) -> None:
    assert set(found(shop, Query(category=("t-shirt",)))) == {"tee-white", "tee-navy", "tee-red"}
    assert found(shop, Query(pattern=("floral",))) == ["dress-floral"]
    assert found(shop, Query(material=("denim",))) == ["jeans-blue"]
    assert found(shop, Query(brand=("puma",))) == ["trousers-black"]
    assert found(shop, Query(size=("M",))) == ["tee-red"]
    assert found(shop, Query(category=("t-shirt",), color=("white",))) == ["tee-white"]


def test_jeans_are_trousers_and_trousers_come_first(shop: ProductIndex) -> None:
    assert found(shop, Query(category=("trousers",))) == ["trousers-black", "jeans-blue"]
    assert found(shop, Query(category=("jeans",))) == ["jeans-blue"]


def test_blue_means_navy_too_and_blue_comes_first(shop: ProductIndex) -> None:
    assert found(shop, Query(color=("blue",))) == ["jeans-blue", "tee-navy"]
    assert found(shop, Query(color=("navy",))) == ["tee-navy"]


def test_a_gender_finds_unisex_and_unknown_too(shop: ProductIndex) -> None:
    assert set(found(shop, Query(gender="men"))) == {
        "trousers-black",
        "tee-white",
        "tee-navy",
        "jeans-blue",
        "hoodie-grey",
        "sneakers-white",
    }


def test_prices_are_compared_in_whole_units_of_their_own_currency(shop: ProductIndex) -> None:
    assert found(shop, Query(price_max=10)) == ["tee-white"]
    assert set(found(shop, Query(price_min=14.9))) == {"tee-navy", "jeans-blue"}
    assert found(shop, Query(price_min=4999, price_max=5000)) == ["jeans-blue"], "5000 yen are 5000 minor units"
    assert set(found(shop, Query(price_max=6000, currency="EUR"))) == {"tee-white", "tee-navy"}


def test_what_is_excluded_never_comes(shop: ProductIndex) -> None:
    tees = ("t-shirt",)
    assert set(found(shop, Query(category=tees, exclude={"color": ("blue",)}))) == {"tee-white", "tee-red"}
    assert set(found(shop, Query(category=tees, exclude={"pattern": ("striped",)}))) == {"tee-white", "tee-red"}
    assert found(shop, Query(category=("trousers",), exclude={"category": ("jeans",)})) == ["trousers-black"]
    assert "hoodie-grey" not in found(shop, Query(exclude={"feature": ("kangaroo",)}))
    assert found(shop, Query(category=("hoodie",), exclude={"category": ("hoodie", "clothing")})) == []


def test_a_source_that_is_not_here_finds_nothing(shop: ProductIndex) -> None:
    assert found(shop, Query(source=("other",))) == ["sneakers-white"]
    assert found(shop, Query(text="t-shirt", category=("t-shirt",), source=("amazon",))) == []


def test_what_is_not_in_stock_is_known_but_in_no_search(shop: ProductIndex) -> None:
    shop.put([replace(SHOP[0], in_stock=False)])
    assert "tee-white" not in found(shop, Query(category=("t-shirt",)))
    gone = shop.get("tee-white")
    assert gone is not None
    assert gone.in_stock is False


def test_words_rank_what_the_facets_found(shop: ProductIndex) -> None:
    ids = found(shop, Query(text="a striped tee for sailing", category=("t-shirt",)))
    assert ids[0] == "tee-navy"
    assert len(ids) == 3


def test_words_alone_find_what_says_them(shop: ProductIndex) -> None:
    assert found(shop, Query(text="something with a kangaroo on it")) == ["hoodie-grey"]
    assert found(shop, Query(text="summer dresses"))[0] == "dress-floral"
    assert found(shop, Query(style=("summer",))) == ["dress-floral"]


def test_a_slip_of_the_finger_is_forgiven(shop: ProductIndex) -> None:
    assert found(shop, Query(text="hodie")) == ["hoodie-grey"]
    assert found(shop, Query(text="hodi")) == ["hoodie-grey"]


@pytest.mark.parametrize("words", ["qwertyuiop", "zzz xyzzy", "'; DROP TABLE products; --", '"', "& | ! :*"])
def test_nonsense_finds_nothing_or_everything_but_never_fails(shop: ProductIndex, words: str) -> None:
    page = shop.search(Query(text=words), 20)
    assert page.total in (0, len(SHOP))
    assert shop.search(Query(text="qwertyuiop"), 20).total == 0


def test_an_empty_wish_browses_everything(shop: ProductIndex) -> None:
    assert found(shop, Query()) == sorted(item.id for item in SHOP)


def test_pages_do_not_overlap_and_count_everything(shop: ProductIndex) -> None:
    everything = found(shop, Query(text="white"))
    pages = [shop.search(Query(text="white"), 1, offset) for offset in range(3)]
    assert [item.id for page in pages for item in page.products] == everything
    assert {page.total for page in pages} == {len(everything)}


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("price_asc", ["tee-white", "tee-navy", "tee-red"]),
        ("price_desc", ["tee-navy", "tee-white", "tee-red"]),
    ],
)
def test_sorting_by_price_puts_the_unknown_last(shop: ProductIndex, sort: str, ids: list[str]) -> None:
    assert found(shop, Query(category=("t-shirt",), sort=sort)) == ids


def test_newest_first_counts_from_the_last_change(shop: ProductIndex) -> None:
    shop.put([product("tee-green", "Green t-shirt", "t-shirt", color="green")])
    shop.put([replace(SHOP[2], in_stock=False)])
    shop.put(SHOP)
    assert found(shop, Query(category=("t-shirt",), sort="newest"))[0] == "tee-green", (
        "an unchanged row is not new"
    )


def test_an_unknown_order_is_the_usual_one(shop: ProductIndex) -> None:
    assert found(shop, Query(text="white", sort="popular")) == found(shop, Query(text="white"))


@pytest.mark.parametrize(
    ("query", "first", "relaxed"),
    [
        (Query(category=("t-shirt",), color=("purple",)), None, ("color",)),
        (Query(category=("t-shirt",), color=("white",), size=("XL",)), "tee-white", ("size",)),
        (Query(category=("t-shirt",), color=("sky blue",)), "tee-navy", ("color",)),
        (Query(category=("hoodie",), color=("white",), price_max=5.0), "hoodie-grey", ("color", "price")),
        (Query(category=("cardigan",), color=("grey",)), "hoodie-grey", ("category",)),
        (Query(category=("kurta",), color=("white",)), "tee-white", ("category",)),
        (Query(category=("sari",), color=("purple",)), "dress-floral", ("category", "color")),
        (Query(brand=("gucci",)), None, ("brand",)),
    ],
)
def test_what_nobody_has_is_given_up_and_named(
    shop: ProductIndex, query: Query, first: str | None, relaxed: tuple[str, ...]
) -> None:
    page = shop.search(query, 20)
    assert page.products
    assert set(page.relaxed) == set(relaxed)
    if first:
        assert page.products[0].id == first


@pytest.mark.parametrize(
    ("usual", "found_first", "relaxed"),
    [
        (Usual(size=("S",)), {"tee-white", "tee-navy", "tee-red"}, ()),
        (Usual(size=("XL",)), {"tee-white", "tee-navy"}, ()),
        (Usual(gender="men"), {"tee-white", "tee-navy"}, ()),
        (Usual(price_max=10.0, price_currency="EUR"), {"tee-white", "tee-red"}, ()),
        (Usual(price_max=10.0, price_currency="INR"), {"tee-white", "tee-navy", "tee-red"}, ()),
        (Usual(currency="INR"), {"tee-red"}, ()),
        (Usual(exclude={"color": ("red",)}), {"tee-white", "tee-navy"}, ()),
        (Usual(gender="men", currency="INR"), {"tee-white", "tee-navy"}, ("usual.currency",)),
        (
            Usual(gender="men", currency="INR", exclude={"pattern": ("striped",), "color": ("white",)}),
            {"tee-red"},
            ("usual.gender",),
        ),
    ],
)
def test_what_a_person_usually_wants_leaves_out_what_is_known_to_be_otherwise(
    shop: ProductIndex, usual: Usual, found_first: set[str], relaxed: tuple[str, ...]
) -> None:
    page = shop.search(Query(category=("t-shirt",), usual=usual), 20)
    assert ({item.id for item in page.products}, page.relaxed) == (found_first, relaxed)


def test_nothing_that_was_asked_for_is_given_up_for_what_is_usual(shop: ProductIndex) -> None:
    page = shop.search(Query(color=("yellow",), usual=Usual(gender="men", exclude={"color": ("yellow",)})), 20)
    assert [item.id for item in page.products] == ["dress-floral"]
    assert set(page.relaxed) == {"usual.gender", "usual.exclude"}


def test_what_a_person_likes_comes_first_among_what_is_equally_close(shop: ProductIndex) -> None:
    for liked, first in (
        (Usual(liked={"color": ("blue",)}), "tee-navy"),
        (Usual(liked={"color": ("red",)}), "tee-red"),
    ):
        ids = found(shop, Query(category=("t-shirt",), usual=liked))
        assert (ids[0], len(ids)) == (first, 3)
    asked = Query(category=("t-shirt",), color=("white",), usual=Usual(liked={"color": ("red",)}))
    assert found(shop, asked) == ["tee-white"]


def test_what_was_named_comes_before_what_will_do(index: ProductIndex) -> None:
    index.put(
        [
            product("a", "Jacket", "jacket", material="faux leather", gender="men", pattern="floral"),
            product("b", "Jacket", "jacket", material="leather", gender="boys", pattern="printed"),
            product("c", "Jacket", "jacket", material="wool", gender="women", pattern="solid"),
        ]
    )
    assert found(index, Query(material=("leather",))) == ["b", "a"]
    assert found(index, Query(material=("faux leather",))) == ["a"]
    assert found(index, Query(gender="boys")) == ["b", "a"]
    assert found(index, Query(gender="men")) == ["a"]
    assert found(index, Query(pattern=("printed",))) == ["b", "a"]


HOPELESS: dict[str, Any] = {"size": ("none has it",), "price_max": 0.01}
"""Nothing has either, so that all that is wished for is given up."""


@pytest.mark.parametrize(
    ("wish", "has"),
    [
        ({"category": ("dress",), "suited": ()}, {"category": "dress"}),
        ({"suited": ("dress",)}, {"category": "dress"}),
        ({"color": ("red",)}, {"color": "red"}),
        ({"pattern": ("striped",)}, {"pattern": "striped"}),
        ({"pattern": ("printed",)}, {"pattern": "floral"}),
        ({"material": ("leather",)}, {"material": "leather"}),
        ({"material": ("leather",)}, {"material": "faux leather"}),
        ({"brand": ("acme",)}, {"brand": "Acme"}),
        ({"gender": "men"}, {"gender": "men"}),
        ({"gender": "men"}, {"gender": "unisex"}),
        ({"gender": "girls"}, {"gender": "unisex"}),
        ({"gender": "boys"}, {"gender": "men"}),
    ],
)
def test_what_had_to_be_given_up_still_decides_what_comes_first(
    index: ProductIndex, wish: dict[str, Any], has: dict[str, Any]
) -> None:
    category = has.get("category", "shirt")
    told = {name: value for name, value in has.items() if name != "category"}
    index.put([product("a", "Thing", "shirt"), product("b", "Thing", category, **told)])
    found_first = found(index, Query(**HOPELESS, **wish))[0]
    assert found_first == "b"


def test_a_size_that_was_given_up_still_decides_what_comes_first(index: ProductIndex) -> None:
    index.put([product("a", "Shirt", "shirt", sizes="S"), product("b", "Shirt", "shirt", sizes=("M", "L"))])
    assert found(index, Query(size=("L",), brand=("nobody",), price_max=0.01)) == ["b", "a"]


@pytest.mark.parametrize(
    ("named", "first_to_last"),
    [("blue", ("blue", "navy", "amber")), ("navy", ("navy", "blue", "amber"))],
)
def test_postgres_puts_the_named_colour_before_its_kinds_its_family_and_the_rest(
    stored_products: StoredProducts, named: str, first_to_last: tuple[str, ...]
) -> None:
    ids = dict(zip(first_to_last, "cba", strict=True))
    stored_products.put([product(ident, "Shirt", "shirt", color=color) for color, ident in ids.items()])
    assert found(stored_products, Query(color=(named,), **HOPELESS)) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("wish", "has"),
    [
        ({"color": ("red",)}, {"color": "red"}),
        ({"pattern": ("striped",)}, {"pattern": "striped"}),
        ({"material": ("leather",)}, {"material": "leather"}),
        ({"material": ("leather",)}, {"material": "faux leather"}),
    ],
)
def test_how_a_thing_looks_counts_beside_the_word_for_it_and_more_than_its_brand(
    index: ProductIndex, wish: dict[str, Any], has: dict[str, Any]
) -> None:
    index.put([product("a", "Shirt", "shirt", brand="Acme"), product("b", "Shirt", "shirt", **has)])
    assert found(index, Query(brand=("acme",), **wish, **HOPELESS)) == ["b", "a"]


def test_what_says_a_word_in_its_title_comes_before_what_says_it_elsewhere(index: ProductIndex) -> None:
    index.put(
        [
            product("a", "T-shirt", "t-shirt"),
            product("b", "T-shirt", "t-shirt", description="With a sailboat."),
            product("c", "Sailboat t-shirt", "t-shirt"),
        ]
    )
    assert found(index, Query(text="sailboat", category=("t-shirt",))) == ["c", "b", "a"]


def test_what_nearly_says_a_word_comes_after_what_says_another_and_before_what_says_none(
    index: ProductIndex,
) -> None:
    titles = {
        "a": "T-shirt",
        "b": "Sailboat t-shirt",
        "c": "Dragon t-shirt",
        "d": "Sailboat t-shirt with a dragon",
    }
    index.put([product(name, title, "t-shirt") for name, title in titles.items()])
    assert found(index, Query(text="dragon sailboqt", category=("t-shirt",))) == ["d", "c", "b", "a"]
    assert found(index, Query(text="sailboqt")) == ["b", "d"]


def test_of_two_words_what_says_both_comes_first(index: ProductIndex) -> None:
    index.put(
        [
            product("a", "Sailboat t-shirt", "t-shirt"),
            product("b", "Dragon and sailboat t-shirt", "t-shirt"),
            product("c", "Dragon t-shirt", "t-shirt"),
        ]
    )
    assert found(index, Query(text="a sailboat with a dragon", category=("t-shirt",))) == ["b", "a", "c"]
    assert found(index, Query(text="a sailboat with a dragon")) == ["b", "a", "c"]


def test_likes_decide_only_among_equals_and_several_no_more_than_one(index: ProductIndex) -> None:
    index.put(
        [
            product("a", "T-shirt", "t-shirt", color="red"),
            product("b", "T-shirt", "t-shirt", color="red", pattern="striped"),
            product("c", "Sailboat t-shirt", "t-shirt", color="green"),
            product("d", "T-shirt", "t-shirt", color="green"),
        ]
    )
    likes = Usual(liked={"color": ("red",), "pattern": ("striped",)})
    assert found(index, Query(category=("t-shirt",), usual=likes)) == ["a", "b", "c", "d"]
    assert found(index, Query(category=("t-shirt",), text="sailboqt", usual=likes)) == ["c", "a", "b", "d"]


@pytest.mark.parametrize(
    ("unwanted", "told"),
    [
        ({"id": ("b",)}, {}),
        ({"category": ("shirt",)}, {}),
        ({"category": ("top",)}, {}),
        ({"color": ("blue",)}, {"color": "navy"}),
        ({"pattern": ("striped",)}, {"pattern": "striped"}),
        ({"material": ("wool",)}, {"material": ("cotton", "wool")}),
        ({"gender": ("men",)}, {"gender": "men"}),
        ({"source": ("other",)}, {"source": "other"}),
        ({"brand": ("ACME",)}, {"brand": "Acme"}),
        ({"size": ("S", "M")}, {"sizes": ("S", "M")}),
        ({"size": ("S",)}, {"sizes": "S"}),
        ({"feature": ("hood",)}, {"description": "It has a hood."}),
        ({"feature": ("hood", "fur")}, {"description": "It has a hood."}),
    ],
)
def test_what_is_not_known_of_a_thing_leaves_it_in_and_what_is_unwanted_goes(
    index: ProductIndex, unwanted: dict[str, tuple[str, ...]], told: dict[str, Any]
) -> None:
    index.put([product("a", "Thing", "jeans"), product("b", "Thing", "shirt", **told)])
    assert found(index, Query(exclude=unwanted)) == ["a"]


@pytest.mark.parametrize(
    ("unwanted", "told"),
    [
        ({"category": ("dress",)}, {}),
        ({"color": ("blue",)}, {"color": "red"}),
        ({"pattern": ("striped",)}, {"pattern": "solid"}),
        ({"material": ("wool",)}, {"material": "cotton"}),
        ({"gender": ("men",)}, {"gender": "women"}),
        ({"brand": ("acme",)}, {"brand": "Other"}),
        ({"source": ("acme",)}, {}),
        ({"size": ("large",)}, {"sizes": "M"}),
    ],
)
def test_what_is_only_spoken_of_leaves_a_thing_in(
    index: ProductIndex, unwanted: dict[str, tuple[str, ...]], told: dict[str, Any]
) -> None:
    words = "To a blue striped wool dress by acme, for men, also large."
    index.put([product("a", "Shirt", "shirt", description=words, **told)])
    assert found(index, Query(exclude=unwanted)) == ["a"]


def test_what_means_nothing_excludes_nothing(index: ProductIndex) -> None:
    index.put([product("a", "The shirt", "shirt")])
    assert found(index, Query(exclude={"feature": ("the",)})) == ["a"]


def test_a_kind_of_it_in_the_wanted_colour_comes_before_the_very_thing_in_another(index: ProductIndex) -> None:
    index.put([product("a", "Trousers", "trousers"), product("b", "Jeans", "jeans", color="blue")])
    assert found(index, Query(category=("trousers",), color=("blue",), **HOPELESS)) == ["b", "a"]


def test_postgres_lets_a_kind_of_it_for_the_right_person_come_before_the_very_thing(
    stored_products: StoredProducts,
) -> None:
    very_thing = product("a", "Trousers", "trousers", gender="women")
    stored_products.put([very_thing, product("b", "Jeans", "jeans", gender="men")])
    assert found(stored_products, Query(category=("trousers",), gender="men", **HOPELESS)) == ["b", "a"]


def test_postgres_lets_stand_in_first_what_is_worn_in_the_same_place(stored_products: StoredProducts) -> None:
    stored_products.put([product("a", "Jeans", "jeans"), product("b", "Jacket", "jacket")])
    assert found(stored_products, Query(category=("hoodie",), **HOPELESS)) == ["b", "a"]


def test_a_feature_that_a_person_likes_decides_among_equals(index: ProductIndex) -> None:
    index.put([product("a", "Jacket", "jacket"), product("b", "Jacket", "jacket", description="With a hood.")])
    likes = Usual(liked={"feature": ("hood",)})
    assert found(index, Query(category=("jacket",), usual=likes)) == ["b", "a"]


def test_who_asks_for_the_cheapest_gets_it_whatever_is_closest(index: ProductIndex) -> None:
    near = product("a", "Black trousers", "trousers", color="black", price=Money(3000, "EUR"))
    index.put([near, product("b", "Jeans", "jeans", price=Money(2000, "EUR"))])
    wish = Query(text="black", category=("trousers",))
    assert found(index, wish) == ["a", "b"]
    assert found(index, replace(wish, sort="price_asc")) == ["b", "a"]


def test_a_thing_that_comes_in_another_size_too_is_not_left_out(index: ProductIndex) -> None:
    index.put([product("a", "Shirt", "shirt", sizes=("S", "M"))])
    assert found(index, Query(exclude={"size": ("S",)})) == ["a"]


def test_what_nobody_says_and_nobody_nearly_says_ranks_nothing(index: ProductIndex) -> None:
    index.put([product("b", "Hoodie", "t-shirt"), product("a", "Shirt", "t-shirt")])
    for word in ("hod", "hod13", "qwertyuiop"):
        assert found(index, Query(text=word, category=("t-shirt",))) == ["a", "b"]
        assert found(index, Query(text=word)) == []


def test_a_thing_is_found_by_its_other_names(index: ProductIndex) -> None:
    index.put([product("a", "Black cami top", "tank top"), product("b", "Roll-neck jumper", "sweater")])
    assert found(index, Query(text="camisole"))[0] == "a"
    assert found(index, Query(text="something rollkragen")) == ["b"]


def test_what_suits_an_occasion_is_found_unless_the_rest_is_elsewhere(shop: ProductIndex) -> None:
    assert found(shop, Query(style=("beach",), suited=("dress", "shorts"))) == ["dress-floral"]
    page = shop.search(Query(color=("grey",), suited=("dress",)), 5)
    assert ([item.id for item in page.products], page.relaxed) == (["hoodie-grey"], ())


def test_a_single_product_can_be_left_out(shop: ProductIndex) -> None:
    page = shop.search(Query(category=("t-shirt",), exclude={"id": ("tee-red",)}), 20)
    assert {item.id for item in page.products} == {"tee-white", "tee-navy"}


def test_shoes_are_never_replaced_by_clothes(shop: ProductIndex) -> None:
    assert found(shop, Query(category=("boots",), color=("white",))) == ["sneakers-white"]
    assert found(shop, Query(category=("bag",), color=("white",))) == []


def test_the_sample_catalogue_has_the_white_t_shirt(index: ProductIndex) -> None:
    index.put(sample_products())
    page = index.search(Query(text="white t-shirt", category=("t-shirt",), color=("white",)), 6)
    assert page.products[0].title == "White crew-neck t-shirt"
    assert page.relaxed == ()


def test_a_new_picture_forgets_the_stored_one_and_nothing_else_does(
    stored_products: StoredProducts, products_database: Database
) -> None:
    kept, changed = product("kept", "Shirt", "shirt"), product("changed", "Shirt", "shirt")
    stored_products.put([kept, changed])
    stored = ProductPictures("front", "back")

    def keep_pictures(uow: UnitOfWork) -> None:
        for item in (kept, changed):
            uow.products.set_pictures(item.id, stored)

    products_database.call(keep_pictures)
    stored_products.put([replace(kept, title="Linen shirt"), replace(changed, picture="newer.jpg")])
    found = products_database.call(lambda uow: uow.products.pictures(["kept", "changed", "unknown"]))
    assert found == {"kept": ProductPictures("front", "back")}
