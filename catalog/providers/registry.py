"""Every provider, by name. A new one is a file beside this one and a line below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from catalog.guarded import Guarded
from catalog.outbound import OutboundClient, OutboundLimits
from catalog.pacing import LocalPace
from catalog.ports import LiveProvider, Pace, ProductIndex, Provider
from catalog.providers import amazon, flipkart, shopify
from catalog.providers.amazon import AmazonKeys, AmazonProvider
from catalog.providers.flipkart import FlipkartKeys, FlipkartProvider
from catalog.providers.local import LocalProvider
from catalog.providers.shopify import ShopifyCatalog, ShopifyProvider
from catalog.providers.shopify_shop import Shop, ShopProvider
from catalog.shop_api import AGENT, ShopApi

SHOP_ANSWER_S = 15.0
"""For one page of a shop's list; that of 250 products may take a while."""


@dataclass(frozen=True, slots=True)
class Shops:
    """What is set up of the shops that are asked live; None and () where nothing is."""

    amazon: AmazonKeys | None = None
    flipkart: FlipkartKeys | None = None
    shopify: ShopifyCatalog | None = None
    shopify_shops: tuple[Shop, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Where wishes are sent, as people know it."""
        there = (("Amazon", self.amazon), ("Flipkart", self.flipkart), ("Shopify", self.shopify))
        return (*(name for name, keys in there if keys), *(shop.domain for shop in self.shopify_shops))

    @property
    def picture_hosts(self) -> tuple[str, ...]:
        """Hosts of pictures that only their shop may keep: a page that shows them must be allowed to ask there."""
        return amazon.PICTURE_HOSTS if self.amazon else ()


@dataclass(frozen=True, slots=True)
class Resources:
    """What providers are built from. `outbound` makes the client for addresses that somebody names."""

    index: ProductIndex
    shops: Shops = field(default_factory=Shops)
    pace: Pace = field(default_factory=LocalPace)
    outbound: Callable[[], OutboundClient] = lambda: OutboundClient(
        OutboundLimits(answer_s=SHOP_ANSWER_S), agent=AGENT
    )


Build = Callable[[Resources], Iterable[Provider]]
"""Makes the providers of a kind: none where it is not set up (a shop without its key), perhaps several."""


def _amazon(resources: Resources) -> Iterable[Provider]:
    if keys := resources.shops.amazon:
        yield _guarded(AmazonProvider(keys, ShopApi("amazon", amazon.WINDOWS, pace=resources.pace)))


def _flipkart(resources: Resources) -> Iterable[Provider]:
    if keys := resources.shops.flipkart:
        yield _guarded(FlipkartProvider(keys, ShopApi("flipkart", flipkart.WINDOWS, pace=resources.pace)))


def _shopify(resources: Resources) -> Iterable[Provider]:
    if catalog := resources.shops.shopify:
        windows = shopify.WINDOWS_WITH_KEY if catalog.client_id else shopify.WINDOWS
        yield _guarded(ShopifyProvider(catalog, ShopApi("shopify", windows, pace=resources.pace)))


def _shopify_shops(resources: Resources) -> Iterable[Provider]:
    for shop in resources.shops.shopify_shops:
        yield _guarded(ShopProvider(shop, resources.outbound(), pace=resources.pace))


def _guarded(provider: LiveProvider) -> Provider:
    return Guarded(provider)


PROVIDERS: Mapping[str, Build] = MappingProxyType(
    {
        LocalProvider.name: lambda resources: [LocalProvider(resources.index)],
        AmazonProvider.name: _amazon,
        FlipkartProvider.name: _flipkart,
        ShopifyProvider.name: _shopify,
        "shopify_shop": _shopify_shops,
    }
)


def build_providers(resources: Resources, providers: Mapping[str, Build] = PROVIDERS) -> tuple[Provider, ...]:
    """All providers that are set up, in the order of the registry."""
    return tuple(provider for build in providers.values() for provider in build(resources))
