"""Letters in a real Chromium: whole on every screen, in light and dark. Screenshots: build/screenshots/mail."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image as PillowImage

from bot.dialogue.language import speaking
from bot.mail.preview import as_page
from bot.mail.writing import Writer
from tests import letters
from tests.letters import CHROMIUM, HOUSE, SCENES

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)"),
]

SHOWN = ("digest", "digest-ar", "confirm")

MEASURES = """() => {
  const luminance = (css) => {
    const [r, g, b] = css.match(/[0-9.]+/g).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!colour.endsWith(", 0)")) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const dim = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    const box = element.getBoundingClientRect();
    if (!walk.currentNode.data.trim() || box.width < 2 || getComputedStyle(element).fontSize === "1px") continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
    if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) dim.push(walk.currentNode.data.trim());
  }
  return {
    dim,
    wider: document.documentElement.scrollWidth - innerWidth,
    empty: [...document.images].filter((image) => !image.naturalWidth).length,
    small: [...document.querySelectorAll("a:not(.plain)")].filter((a) => a.textContent.trim())
      .filter((a) => a.getBoundingClientRect().height < 44).map((a) => a.textContent.trim()),
  };
}"""


def grey(_: str) -> bytes:
    """A picture; what the engine makes is looked at with python -m tests.letters."""
    out = io.BytesIO()
    PillowImage.new("RGB", (300, 400), (150, 150, 160)).save(out, "JPEG")
    return out.getvalue()


def test_letters_fit_every_screen_and_can_be_read_in_light_and_dark_with_and_without_pictures() -> None:
    with letters.browser() as chromium:
        for scene in (scene for scene in SCENES if scene.name in SHOWN):
            with speaking(scene.language):
                made = letters.letter(scene.page(Writer(HOUSE)), grey)
            for colours in letters.COLOURS:
                with letters.opened(chromium, as_page(made), 1280, colours) as page:
                    for width in (1280, 320):
                        page.set_viewport_size({"width": width, "height": 900})
                        seen: dict[str, Any] = page.evaluate(MEASURES)
                        assert seen == {"dim": [], "wider": 0, "empty": 0, "small": []}, (
                            scene.name,
                            width,
                            colours,
                        )
            if scene.name == "digest":
                letters.shoot(chromium, scene.name, made)
