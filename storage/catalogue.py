"""The product index for callers outside a unit of work, and the way of products and their pictures into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from catalog.errors import CatalogError
from catalog.types import Page, Product, Query
from pipeline.errors import IntakeError
from pipeline.intake import IntakePool
from pipeline.types import CleanPhoto
from storage.products import ProductPictures
from storage.unit_of_work import Database, UnitOfWork


class StoredProducts:
    """`catalog.ports.ProductIndex` with a transaction of its own for every call. Calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, products: Iterable[Product]) -> int:
        """See ProductIndex."""
        return self._database.call(lambda uow: uow.products.put(products))

    def get(self, product_id: str) -> Product | None:
        """See ProductIndex."""
        return self._database.call(lambda uow: uow.products.get(product_id))

    def search(self, query: Query, limit: int, offset: int = 0) -> Page:
        """See ProductIndex."""
        return self._database.call(lambda uow: uow.products.search(query, limit, offset))


@dataclass(slots=True)
class Stocked:
    """What became of a delivery of products; `refused` holds (product id, why)."""

    added: int = 0
    known: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def stock(
    database: Database, products: Iterable[Product], read_picture: Callable[[str], bytes], intake: IntakePool
) -> Stocked:
    """Put products into the index, each with its pictures, cleaned like a stranger's.

    What is there already, unchanged, costs one query. A product whose picture cannot be used is left out.
    """
    stocked = Stocked()
    for product in products:
        if database.call(lambda uow, product=product: _known(uow, product)):  # type: ignore[misc] # a lambda's default
            stocked.known += 1
            continue
        try:
            front = intake.clean(read_picture(product.picture))
            back = None if product.picture_back is None else intake.clean(read_picture(product.picture_back))
        except (IntakeError, CatalogError) as error:
            stocked.refused.append((product.id, error.user_message))
            continue
        database.call(lambda uow, p=product, f=front, b=back: _put(uow, p, f, b))  # type: ignore[misc] # a lambda's default
        stocked.added += 1
    return stocked


def _known(uow: UnitOfWork, product: Product) -> bool:
    return uow.products.get(product.id) == product and product.id in uow.products.pictures([product.id])


def _put(uow: UnitOfWork, product: Product, front: CleanPhoto, back: CleanPhoto | None) -> None:
    def keep(photo: CleanPhoto) -> str:
        size = (photo.width, photo.height)
        return uow.media.keep(photo.data, "catalogue", "image/jpeg", None, size=size)

    uow.products.put([product])
    uow.products.set_pictures(product.id, ProductPictures(keep(front), None if back is None else keep(back)))
