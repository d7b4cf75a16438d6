"""Where a person's clock stands: cities and countries in the languages spoken here, and the time zones they mean.

Names and zones are those of CLDR. What browsers report is one of its zones, too, or an older name of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from bot.dialogue.language import LANGUAGES, in_locale
from bot.dialogue.understanding.text import bag, tokenise

MAX_NAME = 4
"""Words of the longest name that is looked for."""

_MAIN = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Perth Australia/Hobart",
    "BR": "America/Sao_Paulo America/Manaus America/Cuiaba America/Rio_Branco America/Noronha",
    "CA": "America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/St_Johns",
    "CD": "Africa/Kinshasa Africa/Lubumbashi", "CL": "America/Santiago Pacific/Easter", "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia", "DE": "Europe/Berlin", "EC": "America/Guayaquil Pacific/Galapagos",
    "ES": "Europe/Madrid Atlantic/Canary", "GB": "Europe/London", "ID": "Asia/Jakarta Asia/Makassar Asia/Jayapura",
    "IN": "Asia/Kolkata", "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar Asia/Hovd",
    "MX": "America/Mexico_City America/Cancun America/Tijuana America/Hermosillo America/Mazatlan",
    "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland", "PS": "Asia/Gaza", "PT": "Europe/Lisbon Atlantic/Azores",
    "RU": "Europe/Moscow Asia/Yekaterinburg Asia/Novosibirsk Asia/Krasnoyarsk Asia/Vladivostok Europe/Kaliningrad",
    "UA": "Europe/Kyiv", "UZ": "Asia/Tashkent",
    "US": "America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage "
    "Pacific/Honolulu",
}  # fmt: skip
"""Of countries with several zones those that most people live in."""

_CITIES = """
Asia/Kolkata: mumbai, bombay, delhi, new delhi, bangalore, bengaluru, chennai, madras, hyderabad, pune, ahmedabad
Asia/Kolkata: jaipur, surat, lucknow, kochi, goa, ist, bharat
Asia/Kolkata: मुंबई, दिल्ली, नई दिल्ली, बेंगलुरु, चेन्नई, हैदराबाद, पुणे
Asia/Kolkata: कोलकाता, जयपुर, लखनऊ, भारत, مومباي, دلهي
Europe/Berlin: munich, muenchen, münchen, hamburg
Europe/Berlin: cologne, koeln, köln, frankfurt, stuttgart, leipzig, dresden, cet, mez
Europe/Vienna: wien, viena, vienne
Europe/Zurich: geneva, genf, geneve, basel, bern
Europe/Paris: lyon, marseille, toulouse, nantes, bordeaux, lille, nice
Europe/Madrid: barcelona, valencia, sevilla, seville, bilbao, malaga
Europe/London: england, scotland, wales, great britain, manchester, birmingham
Europe/London: leeds, edinburgh, glasgow, uk, londres
Europe/Rome: milan, milano, mailand, naples, turin, roma
Europe/Lisbon: porto, lisboa
America/Sao_Paulo: rio, rio de janeiro, brasilia, belo horizonte, curitiba, porto alegre, salvador
America/New_York: nyc, boston, miami, washington, atlanta, philadelphia, est, nueva york, nova york, nova iorque
America/Chicago: houston, dallas, austin
America/Los_Angeles: la, san francisco, seattle, san diego, las vegas, portland, california, pst
America/Toronto: montreal, ottawa
America/Mexico_City: mexico df, cdmx, guadalajara
America/Bogota: medellin, cali
Asia/Dubai: abu dhabi, sharjah, uae, emirates, ابوظبي, الشارقه, الامارات
Asia/Riyadh: jeddah, mecca, saudi arabia, جده, مكه, السعوديه
Africa/Cairo: alexandria, الاسكندريه
Africa/Casablanca: rabat, marrakech, الرباط, مراكش
Asia/Karachi: lahore, islamabad
Australia/Sydney: melbourne, canberra
UTC: utc, gmt
"""
"""Cities and names that CLDR does not have, by their zone."""

_LIKELY = {
    "en": "Europe/London America/New_York America/Los_Angeles Asia/Kolkata Australia/Sydney",
    "hi": "Asia/Kolkata", "hi-Latn": "Asia/Kolkata",
    "es": "Europe/Madrid America/Mexico_City America/Bogota America/Argentina/Buenos_Aires",
    "fr": "Europe/Paris Europe/Brussels Europe/Zurich America/Toronto",
    "de": "Europe/Berlin Europe/Vienna Europe/Zurich",
    "pt": "America/Sao_Paulo Europe/Lisbon", "ar": "Africa/Cairo Asia/Riyadh Asia/Dubai Africa/Casablanca",
}  # fmt: skip
"""Offered to whoever speaks the language."""

_CLOCK = bag(
    """
    zone timezone zeitzone ortszeit zeit time horario heure fuseau fuso horaire samay samaya समय ज़ोन जोन टाइमजोन
    توقيت بتوقيت المنطقه
    """
)


def known(name: str) -> str | None:
    """The zone of that IANA name as CLDR calls it; None when there is none."""
    name = get_global("zone_aliases").get(name, name)
    if name in ("UTC", "Etc/UTC", "Etc/GMT"):
        return "UTC"
    # The others of "Etc" are offsets, which know no summer.
    return name if name in get_global("zone_territories") and not name.startswith("Etc/") else None


def likely(language: str) -> tuple[str, ...]:
    """Zones to offer to somebody who speaks this language."""
    return tuple(_LIKELY.get(language, _LIKELY["en"]).split())


def city(zone: str) -> str:
    """What its place is called in the language spoken now."""
    return "UTC" if zone == "UTC" else str(get_timezone_location(zone, locale=in_locale(), return_city=True))


def speaks_of_clocks(text: str) -> bool:
    """Whether the message says something of time zones, so that a place in it is meant as one."""
    return any(token.text in _CLOCK for token in tokenise(text))


def zones_in(text: str) -> tuple[str, ...]:
    """The zones that a message names: one, or those of a country that has several, or none."""
    for part in text.replace(",", " ").split():
        if "/" in part and (named := known(part.strip(".!?"))):
            return (named,)
    row = [token.text for token in tokenise(text) if token.kind == "word"]
    for length in range(min(MAX_NAME, len(row)), 0, -1):
        for start in range(len(row) - length + 1):
            found = _places().get(tuple(row[start : start + length]))
            # A word of two letters is a place only where nothing else is said.
            if found is not None and (length > 1 or len(row[start]) > 2 or len(row) == 1):
                return found
    return ()


@cache
def _places() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Zones by the folded words of a name; a city goes before a country of its name."""
    territories = _territories()
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for zone in _zones(territories):
        found.setdefault(_words(zone.rpartition("/")[2].replace("_", " ")), (zone,))
    for line in _CITIES.strip().splitlines():
        zone, _, names = line.partition(": ")
        found.update({_words(name): (zone,) for name in names.split(",")})
    for code in LANGUAGES:
        locale = Locale.parse(code, sep="-")
        for zone in _zones(territories):
            name = locale.time_zones[zone].get("city") if zone in locale.time_zones else None
            found.setdefault(_words(name or ""), (zone,))
        for territory, zones in territories.items():
            found.setdefault(_words(locale.territories.get(territory, "")), zones)
    found.update({(name,): territories["US"] for name in ("usa", "us", "america", "eeuu")})
    found.pop((), None)
    return found


def _territories() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for zone, territory in get_global("zone_territories").items():
        if territory.isalpha() and territory != "ZZ" and known(zone) == zone:
            found[territory].append(zone)
    return {code: tuple(_MAIN[code].split()) if code in _MAIN else tuple(zones) for code, zones in found.items()}


def _zones(territories: dict[str, tuple[str, ...]]) -> Iterable[str]:
    """The main zones before the rest, so that a name of both is that of the main one."""
    main = [zone for zones in territories.values() for zone in zones]
    return dict.fromkeys([*main, *(zone for zone in get_global("zone_territories") if known(zone) == zone)])


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenise(name) if token.kind == "word")
