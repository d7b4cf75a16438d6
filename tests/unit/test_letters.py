"""Letters as mail programs get them: whole without pictures, short enough, and nobody else's words are markup."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as PillowImage

from bot.dialogue.language import LANGUAGES, speaking
from bot.dialogue.types import ProductCard
from bot.mail.content import Digest, OutfitIdea, Rules, SavedNews, Suggestion
from bot.mail.letter import Letter
from bot.mail.page import Page
from bot.mail.pictures import MAX_BYTES, shrunk
from bot.mail.readers import TriedOn
from bot.mail.render import MAX_HTML, WIDTH, render
from bot.mail.words import MAX_URL, address, tidied, tidy
from bot.mail.writing import House, Writer
from bot.shop_links import is_amazon
from catalog.types import Money
from tests.letters import FOOT, HOUSE, NOW, SCENES, Scene, card, digest, letter

HOSTILE = (
    "Dress {{ 7*7 }} {% raw %} </mj-text><script>alert(1)</script> <img src=x onerror=alert(1)> \"quoted\" 'too' "
    "& &amp; <!-- --> ]]> \r\nBcc: everybody@example.org\x00\u202e"
)


CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Read(HTMLParser):
    """What is in an HTML page: elements with their attributes, and the words that are shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._unseen = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._unseen += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)

    def all(self, tag: str, attribute: str) -> list[str]:
        """That attribute of every such element; "" where it lacks."""
        return [attributes.get(attribute) or "" for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """All that is shown, in one line."""
        return " ".join(" ".join(self.words).split())


def drawn(page: Page) -> Letter:
    """The letter, with a grey picture for each that it wants."""
    out = io.BytesIO()
    PillowImage.new("RGB", (60, 80), "grey").save(out, "PNG")
    return letter(page, lambda _: out.getvalue())


def of_digest(news: Digest, house: House = HOUSE) -> Letter:
    return drawn(Writer(house).digest(news, NOW, FOOT))


def only(found: ProductCard) -> Digest:
    """A digest about one saved product that costs less."""
    return Digest(NOW - timedelta(days=7), saved=(SavedNews(tidied(found), Money(99_900, "INR")),))


# --- whole -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_whole_in_every_language(language: str) -> None:
    for scene in SCENES:
        with speaking(language):
            made = drawn(scene.page(Writer(HOUSE)))
        page = Read(made.html)
        assert page.all("html", "lang") == [language]
        assert page.all("html", "dir") == ["rtl" if language == "ar" else "ltr"]
        assert not re.search(r"\{\w+\}|\{\{|\{%", made.subject + made.text + page.text), scene.name
        assert made.subject == made.subject.strip() != ""
        assert not CONTROLS.search(made.subject), scene.name


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_the_html_says_the_plain_text_says_and_both_lead_to_the_same_places(scene: Scene) -> None:
    page = scene.page(Writer(HOUSE))
    made = drawn(page)
    html, text = Read(made.html), " ".join(made.text.split())
    for piece in (piece for section in page.sections for piece in section.pieces):
        for words in filter(None, (piece.title, piece.news, piece.price, piece.was, *piece.lines)):
            assert words in html.text
            assert words in text
    for url in set(html.all("a", "href")) - {HOUSE.home}:
        assert f"{url}\n" in made.text


def test_every_picture_is_attached_has_words_in_its_place_and_none_is_fetched_from_elsewhere() -> None:
    made = of_digest(digest())
    page = Read(made.html)
    assert sorted(set(page.all("img", "src"))) == sorted(f"cid:{picture.cid}" for picture in made.pictures)
    assert all(page.all("img", "alt"))
    assert not re.search(r"@import|@font-face|url\(", made.html), "nothing is loaded that tells who reads"
    assert {picture.type for picture in made.pictures} == {"image/jpeg"}


def test_a_picture_that_is_gone_leaves_no_gap() -> None:
    page = Writer(HOUSE).digest(digest(), NOW, FOOT)
    made = render(page, {}, brand="fashionCORE", home="")
    read = Read(made.html)
    assert read.all("img", "src") == []
    assert all(piece.title in read.text for section in page.sections for piece in section.pieces)
    assert "Before" not in read.text, "what names a picture goes with it"


def test_the_plain_text_is_short_lines_with_each_address_on_a_line_of_its_own() -> None:
    for line in of_digest(digest()).text.splitlines():
        assert len(line) <= WIDTH or line.strip().startswith("https://"), line


def test_the_subject_says_what_is_new_and_never_that_there_is_a_newsletter() -> None:
    writer = Writer(HOUSE)

    def subject(**parts: object) -> str:
        return writer.digest(replace(Digest(NOW), **parts), NOW, FOOT).subject  # type: ignore[arg-type] # by name

    shirt = card("shirts-1", 799)
    one, less = (TriedOn((shirt,), "worn"),), (SavedNews(shirt, Money(99_900, "INR")),)
    assert subject(tried=one) == "You in Light blue button-down shirt"
    assert subject(tried=one, more_tried=2) == "3 new pictures of you"
    assert subject(saved=less) == "Light blue button-down shirt now costs ₹799"
    assert (
        subject(saved=(SavedNews(shirt, back=True, size="M"),))
        == "Light blue button-down shirt is there again in M"
    )
    assert subject(tried=one, saved=less) == "You in Light blue button-down shirt, and more"
    assert subject(suggestions=(Suggestion(shirt, ("It suits you.",), new=True),)).startswith("New for you")


def test_a_confirmation_tells_a_stranger_nothing_about_anybody() -> None:
    made = drawn(Writer(HOUSE).confirm("https://stylist.example.org/mail/confirm/x", "every Friday at 9:00"))
    assert "every Friday at 9:00" in " ".join(made.text.split())
    assert Read(made.html).all("a", "href") == [HOUSE.home, "https://stylist.example.org/mail/confirm/x"]
    assert made.pictures == ()


# --- hostile ---------------------------------------------------------------------------------------------


def test_markup_and_template_variables_in_a_product_stay_words() -> None:
    shirt = replace(card("shirts-1", 799), title=HOSTILE, brand=HOSTILE, source=HOSTILE, credit=HOSTILE)
    made = of_digest(only(shirt))
    page = Read(made.html)
    assert "script" not in [tag for tag, _ in page.elements]
    assert page.all("img", "onerror") == [""] * len(page.all("img", "src"))
    assert "{{ 7*7 }}" in page.text
    assert "{{ 7*7 }}" in made.text
    assert "49" not in made.subject
    assert not CONTROLS.search(made.subject)


@given(st.text(max_size=60), st.text(max_size=30))
def test_whatever_a_product_is_called_the_letter_can_be_drawn_and_has_no_new_element(
    title: str, brand: str
) -> None:
    plain = Read(of_digest(only(card("shirts-1", 799))).html)
    made = of_digest(only(replace(card("shirts-1", 799), title=title, source=brand)))
    assert [tag for tag, _ in Read(made.html).elements] == [tag for tag, _ in plain.elements]
    assert made.subject.splitlines() == [made.subject]
    made.html.encode()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//shop.example/x", "https:///x", "https://shop.example/a b",
     "https://shop.example/\r\nX: y", "http://[bad", "", "https://shop.example/?" + "&" * MAX_URL],
)  # fmt: skip
def test_an_address_that_is_none_is_no_link(url: str) -> None:
    assert address(url) == ""
    assert "To the shop" not in of_digest(only(replace(card("shirts-1", 799), url=url, source="own"))).text


def test_the_longest_digest_ends_before_it_is_cut_off() -> None:
    dear = tidied(
        replace(
            card("jackets-1", 1_234_567),
            title="Überlänge & <Kleid> " * 40,
            url="https://shop.example.org/" + "x" * (MAX_URL - 30),
            source="S" * 200,
            about_minor=1_234_500,
            about_currency="EUR",
        )
    )
    saved = tuple(SavedNews(replace(dear, id=f"s{n}"), Money(9_999_999_900, "INR"), back=True) for n in range(4))
    offered = tuple(Suggestion(replace(dear, id=f"o{n}"), ("w" * 300, "v" * 300), new=True) for n in range(3))
    outfit = OutfitIdea(tuple(replace(dear, id=f"p{n}", title=f"{n}{dear.title}") for n in range(4)), ("y" * 400,))
    tried = tuple(TriedOn((dear, dear), f"worn{n}", f"photo{n}") for n in range(3))
    made = of_digest(replace(digest(), tried=tried, saved=saved, suggestions=offered, outfit=outfit))
    assert len(made.html.encode()) <= MAX_HTML
    assert "News of what you saved" in made.text, "it ends earlier, and has its beginning"
    assert {f"cid:{picture.cid}" for picture in made.pictures} == set(Read(made.html).all("img", "src"))


# --- what the operator allows ----------------------------------------------------------------------------


def test_amazon_is_in_no_mail_unless_the_operator_says_so() -> None:
    theirs = card(
        "shirts-1", 799, id="amazon-b0d1", source="amazon", picture="shop:amazon-b0d1",
        url="https://www.amazon.in/dp/B0D1?tag=stylist-21", credit="As an Amazon Associate I earn.",
    )  # fmt: skip
    off = drawn(Writer(HOUSE).items([theirs], None, NOW))
    assert "amazon.in" not in off.html + off.text
    assert "799" not in off.text
    assert off.pictures == ()

    on = drawn(Writer(replace(HOUSE, rules=Rules(amazon=True))).items([theirs], None, NOW))
    assert "https://www.amazon.in/dp/B0D1?tag=stylist-21" in on.text
    assert "As an Amazon Associate I earn." in on.text
    assert on.pictures == (), "a mail would keep what only the shop may keep"


@pytest.mark.parametrize(
    ("url", "theirs"),
    [("https://www.amazon.co.uk/dp/1", True), ("https://amzn.to/x", True), ("https://amazon.de/x", True),
     ("https://smile.amazon.com/x", True), ("https://notamazon.com/x", False),
     ("https://amazon.evil.example/", False), ("https://shop.example/amazon.in", False), (None, False)],
)  # fmt: skip
def test_links_of_amazon_are_known_wherever_they_come_from(url: str | None, theirs: bool) -> None:
    assert is_amazon(card("shirts-1", url=url, source="own")) is theirs


# --- pictures --------------------------------------------------------------------------------------------


def encoded(picture: PillowImage.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def test_the_busiest_picture_weighs_no_more_than_a_mail_bears() -> None:
    noise = PillowImage.frombytes("RGB", (1200, 1600), random.Random(1).randbytes(1200 * 1600 * 3))  # noqa: S311 # noise
    small = shrunk(encoded(noise, "PNG"), 540)
    assert len(small) <= MAX_BYTES
    assert PillowImage.open(io.BytesIO(small)).format == "JPEG"


def test_a_tile_has_the_shape_of_all_tiles_and_goes_on_in_the_colour_of_its_edge() -> None:
    square = PillowImage.new("RGB", (400, 400), (239, 239, 237))
    tile = PillowImage.open(io.BytesIO(shrunk(encoded(square, "PNG"), 300, tile=True)))
    assert tile.size == (300, 375)
    assert all(abs(a - b) < 4 for a, b in zip(tile.getpixel((150, 2)), (239, 239, 237), strict=True))  # type: ignore[arg-type]


def test_what_is_transparent_becomes_paper() -> None:
    clear = PillowImage.new("RGBA", (60, 60), (0, 0, 0, 0))
    assert PillowImage.open(io.BytesIO(shrunk(encoded(clear, "PNG"), 60))).getpixel((30, 30)) == (255, 255, 255)


def test_what_is_no_picture_is_an_oserror() -> None:
    with pytest.raises(OSError, match="cannot identify"):
        shrunk(b"no picture", 100)


def test_words_are_cut_at_the_end_and_never_in_two_lines() -> None:
    assert tidy("  a\n b\t c ") == "a b c"
    assert tidy("x" * 200, 10) == "xxxxxxxxx…"
