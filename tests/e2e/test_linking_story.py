"""Two browsers of one person, through the real program: link, use one photo in both, erase both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.programs import Browser, Stage, free_port, stage
from tests.samples import sample_person

pytestmark = pytest.mark.timeout(400)

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@pytest.fixture
def theatre(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Stage]:
    with stage(database_url, redis_url, tmp_path / "stage") as opened:
        migrated = opened.start("bot", "migrate")
        assert migrated.ended(120) == 0, migrated.output()
        yield opened


def _says(words: str) -> Callable[[dict[str, Any]], bool]:
    return lambda turn: turn["author"] == "stylist" and words in turn["text"]


def _picture(browser: Browser, turn: dict[str, Any], role: str) -> int:
    """How the browser is answered when it loads a picture of that turn."""
    url = next(picture["url"] for picture in turn["pictures"] if picture["role"] == role)
    return browser.client.get(url).status_code


def test_one_person_in_two_browsers(theatre: Stage) -> None:  # noqa: PLR0915 # a story has many sentences
    port = free_port()
    theatre.web(port)
    theatre.worker()
    first, second = theatre.visit(port), theatre.visit(port)

    # The first browser agrees, sends the photo, saves something and asks for a code.
    hello = first.wait(lambda turn: bool(turn["choices"]), "the greeting")
    first.press(hello, "consent:yes")
    first.wait(_says("Please send me a photo"), "the request for a photo")
    first.photo(sample_person().read_bytes())
    first.wait(_says("Your photo is ready"), "the photo", 90)
    first.say("white t-shirt")
    found = first.wait(lambda turn: bool(turn["products"]), "products")
    product = found["products"][0]["id"]
    first.press(found, f"save:{product}")
    first.wait(_says("Saved"), "the saved product")
    first.say("what do you keep?")
    about = first.wait(_says("What I keep"), "the privacy text")
    first.press(about, "link")
    made = first.wait(lambda turn: CODE.search(turn["text"]) is not None, "the code")
    code = CODE.findall(made["text"])[0]

    # The second one sends it, is asked, and has photo, agreement and saved things at once.
    second.say(code.lower().replace("-", " "))
    question = second.wait(_says("Link this chat with the person who made the code?"), "the question")
    assert [choice["action"] for choice in question["choices"]] == ["link:yes", "link:no"]
    second.press(question, "link:yes")
    second.wait(_says("Done: this chat is linked"), "the end of linking")
    told = first.wait(_says("Your code was used"), "the news in the first browser")
    assert told["id"] == made["id"], "the code is no longer shown"
    second.say("show saved")
    saved = second.wait(lambda turn: bool(turn["products"]), "what was saved in the first browser")
    assert [one["id"] for one in saved["products"]] == [product]
    second.press(saved, f"try:{product}")
    result = second.wait(lambda turn: any(p["role"] == "result" for p in turn["pictures"]), "the picture", 120)
    assert [_picture(second, result, role) for role in ("before", "result")] == [200, 200]
    assert _picture(first, result, "result") == 200

    # It leaves: the picture stays with the chat that shows it, the photo with the one it was sent in.
    second.say("unlink this chat")
    sure = second.wait(_says("Shall I unlink this chat"), "the question")
    second.press(sure, "unlink:yes")
    second.wait(_says("on its own again"), "the end of unlinking")
    first.wait(_says("was unlinked from this one"), "the news in the first browser")
    assert [_picture(second, result, role) for role in ("before", "result")] == [404, 200]
    assert _picture(first, result, "before") == 200
    assert _picture(first, result, "result") == 404

    # Linked once more, one of them deletes everything for both.
    second.say("link my accounts")
    again = second.wait(lambda turn: CODE.search(turn["text"]) is not None, "another code")
    first.say(f"link code {CODE.findall(again['text'])[0]}")
    question = first.wait(_says("Link this chat with the person who made the code?"), "the question")
    first.press(question, "link:yes")
    first.wait(_says("Done: this chat is linked"), "the end of linking")
    first.say("delete my data")
    sure = first.wait(_says("Shall I delete everything"), "the question")
    first.press(sure, "erase:yes")
    for browser in (first, second):
        browser.wait(_says("All of it is deleted"), "the end", 30)
        assert not any("white t-shirt" in turn["text"] for turn in browser.turns.values()), browser.transcript()
    assert _picture(first, result, "before") == 404
    assert _picture(second, result, "result") == 404
