"""The fan-out over providers: merged, on time, and never lost to one shop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from catalog.errors import ProviderError
from catalog.ports import Provider
from catalog.providers.amazon import AmazonKeys
from catalog.providers.flipkart import FlipkartKeys
from catalog.providers.registry import PROVIDERS, Resources, Shops, build_providers
from catalog.providers.shopify import ShopifyCatalog
from catalog.providers.shopify_shop import Shop as Shopify
from catalog.search import Catalogue
from catalog.types import Money, Page, Product, Query
from tests.fakes.product_index import FakeProductIndex
from tests.unit.catalog.products import product

Answer = Callable[[int, int], Awaitable[Page]]


class Shop:
    """A provider that answers as it is told."""

    def __init__(self, name: str, answer: Answer) -> None:
        self.name = name
        self._answer = answer

    async def search(self, query: Query, limit: int, offset: int = 0) -> Page:  # noqa: ARG002 - answers anything
        return await self._answer(limit, offset)


def selling(name: str, count: int, relaxed: tuple[str, ...] = ()) -> Shop:
    products = tuple(product(f"{name}-{n}", f"Shirt {n}", "shirt", source=name) for n in range(count))

    async def answer(limit: int, offset: int) -> Page:
        return Page(products[offset : offset + limit], count, relaxed if count else ())

    return Shop(name, answer)


def failing(error: Exception) -> Shop:
    async def answer(_limit: int, _offset: int) -> Page:
        raise error

    return Shop("failing", answer)


def silent() -> Shop:
    async def answer(_limit: int, _offset: int) -> Page:
        await asyncio.Event().wait()
        raise AssertionError("nobody ever sets the event")

    return Shop("silent", answer)


def search(*shops: Provider, limit: int = 10, offset: int = 0, budget_s: float = 5.0) -> Page:
    catalogue = Catalogue(shops, budget_s=budget_s, patience_s=2 * budget_s)
    return asyncio.run(catalogue.search(Query(text="shirt"), limit, offset))


def ids(page: Page) -> list[str]:
    return [item.id for item in page.products]


def test_shops_take_turns() -> None:
    page = search(selling("a", 3), selling("b", 1))
    assert ids(page) == ["a-0", "b-0", "a-1", "a-2"]
    assert page.total == 4


def test_pages_of_several_shops_follow_each_other() -> None:
    shops = (selling("a", 3), selling("b", 2))
    whole = ids(search(*shops))
    assert ids(search(*shops, limit=2)) + ids(search(*shops, limit=2, offset=2)) == whole[:4]


def test_pages_of_a_single_shop_follow_each_other() -> None:
    assert ids(search(selling("a", 5), limit=2, offset=2)) == ["a-2", "a-3"]


def test_the_same_product_from_two_shops_is_shown_once() -> None:
    assert ids(search(selling("a", 2), selling("a", 2))) == ["a-0", "a-1"]


def test_what_is_merely_close_is_left_out_where_something_has_all_that_was_asked() -> None:
    page = search(selling("close", 1, ("color",)), selling("exact", 1))
    assert ids(page) == ["exact-0"]
    assert page.relaxed == ()


def test_nothing_exact_anywhere_names_what_was_given_up() -> None:
    assert search(selling("a", 0), selling("b", 1, ("color",))).relaxed == ("color",)


@pytest.mark.parametrize("error", [ProviderError("down", "The shop is closed."), KeyError("price")])
def test_a_failing_shop_does_not_fail_the_search(error: Exception) -> None:
    assert ids(search(failing(error), selling("a", 1))) == ["a-0"]


def test_a_silent_shop_is_left_out_when_the_time_is_over() -> None:
    page = search(silent(), selling("a", 1), budget_s=0.05)
    assert ids(page) == ["a-0"]
    assert page.waiting, "it may still answer"
    assert not search(selling("a", 1)).waiting


def test_a_slow_shop_is_waited_for_when_nobody_else_answers() -> None:
    async def ask() -> Page:
        asked_twice = asyncio.Event()

        async def answer(_limit: int, _offset: int) -> Page:
            await asked_twice.wait()
            return Page((product("late", "Late shirt", "shirt"),), 1)

        slow = Catalogue([Shop("slow", answer)], budget_s=0.0, patience_s=30.0)
        waiting = asyncio.create_task(slow.search(Query(), 5))
        done, _ = await asyncio.wait([waiting], timeout=0.05)
        assert not done, "the budget is over and still the only shop is waited for"
        asked_twice.set()
        return await waiting

    assert ids(asyncio.run(ask())) == ["late"]


def test_a_page_follows_the_one_before_it_whoever_answers() -> None:
    late = tuple(product(f"late-{n}", f"Late {n}", "shirt", source="late") for n in range(2))
    answers = iter([ProviderError("down", "Not yet."), None, None])

    async def answer(limit: int, _offset: int) -> Page:
        if error := next(answers):
            raise error
        return Page(late[:limit], len(late))

    async def ask() -> list[str]:
        catalogue = Catalogue([selling("a", 4), Shop("late", answer)], budget_s=30.0)
        pages = [await catalogue.search(Query(), 2, offset) for offset in (0, 2, 4)]
        return [item.id for page in pages for item in page.products]

    found = asyncio.run(ask())
    assert found[:2] == ["a-0", "a-1"], "this was shown already"
    assert sorted(found) == ["a-0", "a-1", "a-2", "a-3", "late-0", "late-1"], "nothing twice, nothing lost"


class LiveShop(Shop):
    """A shop that can be asked again."""

    def __init__(self, name: str, now: dict[str, Product] | Exception) -> None:
        super().__init__(name, selling(name, 1)._answer)
        self._now = now
        self.closed = False

    async def refresh(self, refs: Sequence[str]) -> dict[str, Product]:
        if isinstance(self._now, Exception):
            raise self._now
        return {ref: self._now[ref] for ref in refs if ref in self._now}

    async def close(self) -> None:
        self.closed = True


def test_products_are_asked_for_again_where_they_came_from() -> None:
    cheaper = product("one", "One", "shirt", source="live", ref="r1", price=Money(1, "EUR"))
    old = [
        product("one", "One", "shirt", source="live", ref="r1"),
        product("two", "Two", "shirt", source="live", ref="r2"),
        product("three", "Three", "shirt", source="down", ref="r3"),
        product("four", "Four", "shirt", source="feed"),
    ]
    shops = LiveShop("live", {"r1": cheaper}), LiveShop("down", ProviderError("down", "Closed."))

    async def ask() -> dict[str, Product | None]:
        catalogue = Catalogue([selling("feed", 1), *shops])
        found = await catalogue.refresh(old)
        await catalogue.close()
        return found

    assert asyncio.run(ask()) == {"one": cheaper, "two": None}
    assert all(shop.closed for shop in shops)


def test_no_shop_that_answers_is_an_error_a_person_can_read() -> None:
    with pytest.raises(ProviderError) as caught:
        search(failing(RuntimeError("broken")), silent(), budget_s=0.05)
    assert caught.value.code == "search_unavailable"
    assert caught.value.retryable


def test_a_catalogue_without_shops_finds_nothing() -> None:
    assert search() == Page((), 0)


def test_a_cancelled_search_cancels_its_shops() -> None:
    async def ask() -> bool:
        asked, cancelled = asyncio.Event(), asyncio.Event()

        async def answer(_limit: int, _offset: int) -> Page:
            asked.set()
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.set()
            raise AssertionError("nobody ever sets the event")

        task = asyncio.create_task(Catalogue([Shop("a", answer)]).search(Query(), 1))
        await asked.wait()
        task.cancel()
        await asyncio.wait([task])
        await asyncio.wait_for(cancelled.wait(), 5)
        return task.cancelled()

    assert asyncio.run(ask())


def test_the_registry_builds_what_is_set_up() -> None:
    resources = Resources(FakeProductIndex())
    assert [provider.name for provider in build_providers(resources)] == ["local"]
    assert build_providers(resources, {**PROVIDERS, "without-key": lambda _: ()})[0].name == "local"
    assert len(build_providers(resources, {"without-key": lambda _: ()})) == 0


def test_every_shop_that_is_set_up_is_built() -> None:
    shops = Shops(
        AmazonKeys("id", "secret", "3.2", "stylist-21"),
        FlipkartKeys("id", "token"),
        ShopifyCatalog("https://stylist.example/ucp-agent.json"),
        (Shopify("a.example"), Shopify("www.b.example")),
    )

    async def names() -> list[str]:
        catalogue = build_providers(Resources(FakeProductIndex(), shops))
        await Catalogue(catalogue).close()
        return [provider.name for provider in catalogue]

    assert asyncio.run(names()) == ["local", "amazon", "flipkart", "shopify", "a.example", "b.example"]


def test_whoever_watches_is_told_how_each_provider_did() -> None:
    told: dict[str, tuple[str, float]] = {}

    def watch(name: str, outcome: str, seconds: float) -> None:
        told[name] = outcome, seconds

    async def broken(_limit: int, _offset: int) -> Page:
        raise KeyError("price")

    shops = [selling("good", 3), failing(ProviderError("shop_unanswered", "It does not answer.")), silent()]
    catalogue = Catalogue([*shops, Shop("broken", broken)], budget_s=0.05, watch=watch)
    asyncio.run(catalogue.search(Query("shirt"), 5))
    outcomes = {name: outcome for name, (outcome, _) in told.items()}
    assert outcomes == {"good": "ok", "failing": "failed", "broken": "broken", "silent": "late"}
    assert told["good"][1] < 0.05 <= told["silent"][1]
