"""How good search is, in numbers: wishes over the 118 labelled photos, in the real index.

Relevance is judged on the collection's own labels, never on what the import made of them. hit@1: the first
product is relevant. R@5: of the relevant ones (at most five count) how many are among the first five.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest

from catalog.feeds import read_feed
from catalog.query import query_from_slots
from catalog.types import Query
from storage.catalogue import StoredProducts
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.unit_of_work import Database
from tests.data import TEST_DATA, needs_test_data
from tests.search.measure import LATER, figures, judge, labels_of, query_in_chat, query_of, wishes
from tests.search.measure import WISHES as WISHES_FILE

Label = dict[str, str]
Rule = Callable[[Label], bool]

FEED = TEST_DATA / "catalogue" / "index.json"

BLUES = "blue|navy|teal|turquoise"


def kind(category: str, *, color: str = ".*", name: str = "", gender: str = ".*", pattern: str = ".*") -> Rule:
    """Relevant when the labels match these patterns and the name holds that one."""

    def rule(label: Label) -> bool:
        return bool(
            re.fullmatch(category, label["category"])
            and re.fullmatch(color, label["color"])
            and re.search(name, label["name"], re.IGNORECASE)
            and re.fullmatch(gender, label["gender"])
            and re.fullmatch(pattern, label["pattern"])
        )

    return rule


FLOOR_HIT_AT_1, FLOOR_RECALL_AT_5 = 0.96, 0.95
"""Measured 1.00 and 0.98 when these were set, without any understanding before the search. Whoever wrote the
wishes knew the taxonomy, so this guards against loss; it does not foretell strangers' wishes."""

WISHES: dict[str, Rule] = {
    "black dress": kind("dress", color="black"),
    "I need a little black dress for a party": kind("dress", color="black"),
    "floral dress": kind("dress", pattern="floral"),
    "white maxi dress": kind("dress", color="white", name="maxi"),
    "something with leopard print": kind(".*", pattern="animal"),
    "red skirt": kind("skirt", color="red"),
    "denim skirt": kind("skirt", name="denim"),
    "plaid skirt": kind("skirt", pattern="checked"),
    "leather skirt": kind("skirt", name="leather"),
    "pleated mini skirt": kind("skirt", name="pleated mini"),
    "plain black tee": kind("t-shirt", color="black"),
    "blue t-shirt": kind("t-shirt", color=BLUES),
    "t-shirt with stripes": kind("t-shirt", pattern="striped"),
    "graphic tee": kind("t-shirt", pattern="graphic"),
    "men's check shirt": kind("shirt", pattern="checked", gender="men|unisex"),
    "denim shirt": kind("shirt", name="denim"),
    "polo shirt for men in pink": kind("polo", color="pink"),
    "satin blouse": kind("blouse", name="satin"),
    "jumper": kind("sweater|long-sleeve", name="sweater|turtleneck"),
    "turtleneck": kind("sweater|long-sleeve", name="turtleneck|roll-neck"),
    "grey hoodie": kind("hoodie", color="grey"),
    "tie dye hoodie": kind("hoodie", pattern="tie-dye"),
    "zip up hoodie": kind("hoodie", name="zip"),
    "black leather jacket": kind("jacket", color="black", name="leather"),
    "jean jacket": kind("jacket", name="denim"),
    "puffer coat": kind("coat|vest", name="puffer"),
    "checked blazer": kind("blazer", pattern="checked"),
    "pants in tan": kind("trousers", color="tan"),
    "blue jeans": kind("jeans", color=BLUES),
    "shorts for women": kind("shorts", gender="women"),
}


@pytest.fixture(scope="module")
def photos(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredProducts]:
    """The index with the collection in it."""
    folder = tmp_path_factory.mktemp("media")
    config = StorageConfig(database_url=module_database_url, redis_url="redis://localhost/0", data=folder)
    database = Database(config, LocalMediaStore(folder))
    index = StoredProducts(database)
    index.put(read_feed(FEED, "cc0").products)
    yield index
    database.close()


@needs_test_data
def test_thirty_wishes_find_what_they_mean(photos: StoredProducts) -> None:
    labels: dict[str, Label] = {item["file"]: item for item in json.loads(FEED.read_text())}
    hits, recalls, misses = 0, 0.0, []
    for wish, relevant in WISHES.items():
        right = sum(map(relevant, labels.values()))
        assert right, f"no photo is relevant for {wish!r}: the rule is wrong"
        products = photos.search(query_from_slots(wish, {}), 5).products
        found = [relevant(labels[product.picture]) for product in products]
        hits += found[:1] == [True]
        recalls += sum(found) / min(right, 5)
        if found[:1] != [True] or sum(found) < min(right, 5):
            misses.append(f"{wish}: {[product.title for product in products]} ({sum(found)} of {right})")
    hit_at_1, recall_at_5 = hits / len(WISHES), recalls / len(WISHES)
    report = f"hit@1 {hit_at_1:.2f}, R@5 {recall_at_5:.2f}\n" + "\n".join(misses)
    assert hit_at_1 >= FLOOR_HIT_AT_1, report
    assert recall_at_5 >= FLOOR_RECALL_AT_5, report


@needs_test_data
@pytest.mark.parametrize("ask", [query_of, query_in_chat])
@pytest.mark.parametrize(
    ("english", "floor_hit_at_1", "floor_recall_at_5"), [(True, 0.93, 0.91), (False, 0.95, 0.94)]
)
def test_what_people_write_in_eight_languages_finds_what_they_mean(
    photos: StoredProducts,
    ask: Callable[[str], Query],
    english: bool,
    floor_hit_at_1: float,
    floor_recall_at_5: float,
) -> None:
    """Floors a little below what docs/search.md tells; half of the wishes were never learned from."""
    wanted = [wish for path in (WISHES_FILE, LATER) for wish in wishes(path) if (wish.language == "en") == english]
    judged = judge(wanted, labels_of(FEED), lambda text: photos.search(ask(text), 5).products)
    count, hit_at_1, recall_at_5 = figures(judged)
    assert count >= 100
    misses = [f"{one.wish.text}: {one.titles}" for one in judged if one.wish.learned and not one.hit]
    assert hit_at_1 >= floor_hit_at_1, misses
    assert recall_at_5 >= floor_recall_at_5, misses


@needs_test_data
@pytest.mark.parametrize("wish", ["xqzvkj", "lorem ipsum dolor", "12345 67890"])
def test_nonsense_finds_nothing_among_them(photos: StoredProducts, wish: str) -> None:
    assert photos.search(query_from_slots(wish, {}), 5).products == ()
