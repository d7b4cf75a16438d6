"""The sample catalogue and sample people: pictures out of the installed `openvto` package (MIT).

Only data files are read. The package is never imported: its code wants libraries that are not installed.
The products are not for sale, so they have no price, size or brand. Labels were written looking at the pictures.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from catalog.errors import CatalogError
from catalog.taxonomy import part_of
from catalog.types import Product

SOURCE = "samples"
CREDIT = "Sample picture from openvto (MIT)"


def sample_products() -> tuple[Product, ...]:
    """The twelve garments, each with a front and a back picture."""
    return _PRODUCTS


def sample_people() -> tuple[str, ...]:
    """References of photos of people: four taken in everyday places, then the same four in a studio."""
    return (*(f"{SOURCE}:person-{n}" for n in range(1, 5)), *(f"{SOURCE}:studio-{n}" for n in range(1, 5)))


def sample_picture(reference: str) -> bytes:
    """The bytes (JPEG or PNG) behind a `samples:NAME` reference of a product or a person.

    Raises CatalogError when the name is unknown or the pictures are not installed.
    """
    path = _FILES.get(reference)
    if path is None:
        raise CatalogError("sample_unknown", "There is no such sample picture. Pick one of those on offer.")
    try:
        return Path(str(distribution("openvto").locate_file(f"openvto/assets/{path}"))).read_bytes()
    except (PackageNotFoundError, OSError) as error:
        raise CatalogError(
            "samples_missing", "The sample pictures are not installed. Run the set-up again to get them back."
        ) from error


def _sample(
    file: str,
    title: str,
    category: str,
    color: str,
    description: str,
    *,
    pattern: str = "solid",
    material: tuple[str, ...] = (),
    gender: str = "unisex",
) -> Product:
    name = file.replace("/", "-")
    return Product(
        id=f"{SOURCE}-{name}",
        source=SOURCE,
        title=title,
        category=category,
        part=part_of(category),
        picture=f"{SOURCE}:{name}-front",
        picture_back=f"{SOURCE}:{name}-back",
        color=(color,),
        pattern=pattern,
        material=material,
        gender=gender,
        description=description,
        credit=CREDIT,
    )


_DENIM, _LEATHER = ("denim",), ("leather",)

_PRODUCTS = (
    _sample(
        "shirts/3",
        "White crew-neck t-shirt",
        "t-shirt",
        "white",
        "Plain short-sleeve t-shirt with a round neck and a straight, slightly boxy cut.",
    ),
    _sample(
        "shirts/4",
        "Black distressed t-shirt",
        "t-shirt",
        "black",
        "Oversized short-sleeve t-shirt in washed black with cut holes and a frayed hem.",
    ),
    _sample(
        "shirts/1",
        "Light blue button-down shirt",
        "shirt",
        "light blue",
        "Long-sleeve shirt with a classic collar, a chest pocket and a curved hem.",
    ),
    _sample(
        "shirts/2",
        "Blue bandana-print camp shirt",
        "shirt",
        "blue",
        "Short-sleeve shirt with an open camp collar and a white and navy paisley print.",
        pattern="paisley",
    ),
    _sample(
        "jackets/1",
        "Light blue denim jacket",
        "jacket",
        "light blue",
        "Classic trucker jacket in light-wash denim with chest pockets and metal buttons.",
        material=_DENIM,
    ),
    _sample(
        "jackets/2",
        "Black studded denim jacket",
        "jacket",
        "black",
        "Ripped punk jacket with spikes, studs, chains and patches; a large embroidered cross on the back.",
        pattern="embroidered",
        material=_DENIM,
    ),
    _sample(
        "jackets/3",
        "Grey quarter-zip sweatshirt",
        "sweatshirt",
        "grey",
        "Heather grey sweatshirt with a stand-up collar, a front pocket and a small print on the chest.",
    ),
    _sample(
        "jackets/4",
        "Brown leather bomber jacket",
        "jacket",
        "brown",
        "Zipped bomber jacket in worn brown leather with flap pockets and ribbed cuffs.",
        material=_LEATHER,
    ),
    _sample(
        "pants/1",
        "Dark blue slim jeans",
        "jeans",
        "dark blue",
        "Slim five-pocket jeans in dark, faded denim.",
        material=_DENIM,
    ),
    _sample(
        "pants/2",
        "Black high-waist leggings",
        "leggings",
        "black",
        "Smooth ankle-length leggings with a wide, high waistband.",
        gender="women",
    ),
    _sample(
        "pants/3",
        "Black wide-leg jeans with chain",
        "jeans",
        "black",
        "Baggy jeans with rips, rivets and a hanging metal chain.",
        material=_DENIM,
    ),
    _sample(
        "pants/4",
        "Light blue denim dungarees",
        "dungarees",
        "light blue",
        "Bib dungarees in light-wash denim with adjustable straps and turned-up legs.",
        material=_DENIM,
    ),
)

_FILES = {
    f"{product.picture.rsplit('-', 1)[0]}-{side}": (
        f"clothes/{product.id.removeprefix(f'{SOURCE}-').replace('-', '/')}_{side}.jpg"
    )
    for product in _PRODUCTS
    for side in ("front", "back")
} | {
    reference: f"people/{n}_posture.jpg" if n <= 4 else f"avatars/{n - 4}.png"
    for n, reference in enumerate(sample_people(), start=1)
}
