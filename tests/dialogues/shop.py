"""A small shop beside the sample catalogue, with prices and brands. Its pictures are those of the samples."""

from __future__ import annotations

from catalog.samples import SOURCE as SAMPLES
from catalog.taxonomy import part_of
from catalog.types import Money, Product
from storage.unit_of_work import UnitOfWork

SHOP = "shop"


def _sold(  # noqa: PLR0917  # the columns of a price list
    number: int, title: str, category: str, color: str, rupees: int, brand: str, picture: str, **more: str
) -> Product:
    return Product(
        id=f"{SHOP}-{number}",
        source=SHOP,
        title=title,
        category=category,
        part=part_of(category),
        picture=f"{SAMPLES}-{picture}",
        color=(color,),
        price=Money(rupees * 100, "INR"),
        brand=brand,
        url=f"https://shop.example/{number}",
        material=(more["material"],) if "material" in more else (),
        gender=more.get("gender"),
        sizes=("S", "M", "L"),
    )


PRODUCTS = (
    _sold(1, "White cotton shirt", "shirt", "white", 1499, "Acme", "shirts-1", material="cotton"),
    _sold(2, "Black linen shirt", "shirt", "black", 2499, "Loom", "shirts-2", material="linen"),
    _sold(3, "Red party dress", "dress", "red", 2999, "Loom", "shirts-3", gender="women"),
    _sold(4, "Red summer dress", "dress", "red", 1799, "Acme", "shirts-4", gender="women"),
    _sold(5, "Blue wrap dress", "dress", "blue", 3499, "Acme", "shirts-2", gender="women"),
    _sold(6, "Black leather jacket", "jacket", "black", 7999, "Loom", "jackets-4", material="leather"),
    _sold(7, "Brown suede jacket", "jacket", "brown", 5999, "Acme", "jackets-4", material="suede"),
    _sold(8, "Green rain jacket", "jacket", "green", 2199, "Acme", "jackets-1"),
    _sold(9, "Red cotton t-shirt", "t-shirt", "red", 599, "Acme", "shirts-3", material="cotton"),
    _sold(10, "Blue polo t-shirt", "t-shirt", "blue", 899, "Loom", "shirts-4", material="cotton"),
    _sold(11, "Black formal trousers", "trousers", "black", 1999, "Loom", "pants-1"),
    _sold(12, "Beige chino trousers", "trousers", "beige", 1599, "Acme", "pants-3", material="cotton"),
    _sold(13, "Green cotton kurta", "kurta", "green", 1299, "Loom", "shirts-1", material="cotton"),
    _sold(14, "White sneakers", "sneakers", "white", 3999, "Acme", "pants-2"),
)


def stock_shop(uow: UnitOfWork) -> None:
    """Put the shop beside the samples, whose pictures it has: a product's `picture` is the id of its sample."""
    uow.products.put(PRODUCTS)
    for product in PRODUCTS:
        uow.products.set_pictures(product.id, uow.products.pictures([product.picture])[product.picture])
