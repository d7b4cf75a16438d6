"""What every provider promises. A new one adds a line to MAKERS that fills its shop with the given products."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from catalog.errors import ProviderError
from catalog.ports import ProductIndex, Provider
from catalog.providers.local import LocalProvider
from catalog.providers.registry import PROVIDERS
from catalog.types import Page, Product, Query
from storage.catalogue import StoredProducts
from storage.config import StorageConfig
from storage.media import LocalMediaStore
from storage.unit_of_work import Database
from tests.fakes.product_index import FakeProductIndex
from tests.unit.catalog.products import product

Maker = Callable[[pytest.FixtureRequest, Iterable[Product]], Provider]


def _local(index: ProductIndex, products: Iterable[Product]) -> Provider:
    index.put(products)
    return LocalProvider(index)


MAKERS: dict[str, Maker] = {
    "local": lambda _, products: _local(FakeProductIndex(), products),
    "local-postgres": lambda request, products: _local(request.getfixturevalue("stored_products"), products),
}

SHOP = tuple(
    product(f"item-{n}", f"{color.title()} t-shirt", "t-shirt", color=color)
    for n, color in enumerate(("white", "black", "red", "green", "yellow"))
)


@pytest.fixture(params=sorted(MAKERS))
def provider(request: pytest.FixtureRequest) -> Provider:
    return MAKERS[request.param](request, SHOP)


def search(provider: Provider, query: Query, limit: int = 10, offset: int = 0) -> Page:
    return asyncio.run(provider.search(query, limit, offset))


def test_every_registered_provider_is_under_contract() -> None:
    assert {name.split("-")[0] for name in MAKERS} == set(PROVIDERS)


def test_its_name_is_a_lower_case_word(provider: Provider) -> None:
    assert provider.name.isascii()
    assert provider.name == provider.name.lower().strip()


def test_it_finds_what_is_asked_for(provider: Provider) -> None:
    page = search(provider, Query(text="red t-shirt", category=("t-shirt",), color=("red",)))
    assert [item.title for item in page.products] == ["Red t-shirt"]
    assert page.total == 1
    assert page.relaxed == ()


def test_products_carry_what_a_card_needs(provider: Provider) -> None:
    for item in search(provider, Query(category=("t-shirt",))).products:
        assert len(item.id.encode()) <= 40
        assert set(item.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert item.source
        assert item.title
        assert item.picture


def test_it_never_gives_more_than_the_limit(provider: Provider) -> None:
    page = search(provider, Query(category=("t-shirt",)), limit=2)
    assert len(page.products) == 2
    assert page.total == len(SHOP)


def test_pages_follow_each_other(provider: Provider) -> None:
    pages = [search(provider, Query(category=("t-shirt",)), 2, offset) for offset in (0, 2, 4, 6)]
    ids = [item.id for page in pages for item in page.products]
    assert sorted(ids) == sorted(item.id for item in SHOP)
    assert pages[3].products == ()


def test_nonsense_gives_an_empty_page(provider: Provider) -> None:
    assert search(provider, Query(text="qwertyuiop")) == Page((), 0)


def test_a_foreign_source_gives_an_empty_page(provider: Provider) -> None:
    assert search(provider, Query(category=("t-shirt",), source=("somewhere-else",))).products == ()


def test_searches_at_the_same_time_do_not_disturb_each_other(provider: Provider) -> None:
    colors = ("white", "black", "red", "green", "yellow")

    async def ask() -> list[Page]:
        return await asyncio.gather(*(provider.search(Query(color=(color,)), 5) for color in colors))

    assert [page.products[0].color for page in asyncio.run(ask())] == [(color,) for color in colors]


def test_an_index_that_is_away_is_a_provider_error(tmp_path: Path) -> None:
    config = StorageConfig(database_url="postgresql://nobody@127.0.0.1:1/none", redis_url="", data=tmp_path)
    database = Database(config, LocalMediaStore(tmp_path))
    with pytest.raises(ProviderError, match="index_unavailable"):
        search(LocalProvider(StoredProducts(database)), Query())
    database.close()
