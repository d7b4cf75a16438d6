"""Products for tests, with everything that a test does not care about filled in."""

from __future__ import annotations

from typing import Any

from catalog.taxonomy import part_of
from catalog.types import Product


def product(product_id: str, title: str, category: str, **fields: Any) -> Product:  # any field of Product
    """A product of source "shop"; `color="red"` is short for a tuple of one."""
    for name in ("color", "material", "sizes"):
        if isinstance(fields.get(name), str):
            fields[name] = (fields[name],)
    values: dict[str, Any] = {"source": "shop", "picture": f"{product_id}.jpg", "part": part_of(category)}
    return Product(id=product_id, title=title, category=category, **(values | fields))
