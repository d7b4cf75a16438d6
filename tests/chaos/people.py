"""People of the chaos rounds: what they do, on the web page and in Telegram, and what they got to see.

They insist as pages and Telegram do: what was not acknowledged is sent again under the same id.
"""

from __future__ import annotations

import io
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, Protocol

import httpx
from PIL import Image

from tests.fakes.telegram import FakeTelegram, Message, Person
from tests.integration.telegram_stage import results
from tests.programs import Browser, until
from tests.samples import sample_person
from tests.telegram import offers, says

PATIENCE_S = 60

PROBES = {
    "help": "Here is what I do",
    "privacy": "What I keep",
    "thanks": "You are welcome",
    "goodbye": "Goodbye",
}
"""What is written, and words that stand in its one answer and in no other."""


WISHES = ("shirt", "jacket", "jeans")
"""What people look for, in our own index and in a shop; each finds something that the one before did not."""

FOUND = "that fit"
"""Words of the one answer to each of them."""


@dataclass(frozen=True)
class Deed:
    """One thing a person did. `event` is its id where the person's side makes it."""

    kind: Literal["text", "press", "photo"]
    said: str
    event: str | None = None


class Somebody(Protocol):
    """A person on some channel."""

    name: str
    dice: random.Random
    deeds: list[Deed]

    @property
    def offered(self) -> list[str]:
        """Actions that try on what was found for them."""
        ...

    def write(self, text: str) -> None:
        """Write something."""
        ...

    def press(self, action: str) -> None:
        """Press a button under what was found."""
        ...

    def send_photo(self) -> None:
        """Send a picture of themselves that was never sent before."""
        ...


def act(somebody: Somebody, tries: list[str]) -> None:
    """Some things that a person does within seconds, in an order of chance: words, and perhaps a try-on."""
    dice = somebody.dice
    for _ in range(dice.randint(2, 4)):
        if tries and dice.random() < 0.4:
            somebody.press(tries.pop())
        elif dice.random() < 0.06:
            somebody.send_photo()
        else:
            # A picture is asked about, and such a word would be the answer.
            asked = sum(deed.kind == "photo" for deed in somebody.deeds) > 1
            somebody.write(dice.choice([*PROBES, *(() if asked else WISHES)]))


def photo(dice: random.Random) -> bytes:
    """The sample person, in bytes of its own: every upload is another picture."""
    out = io.BytesIO()
    with Image.open(sample_person()) as opened:
        picture = opened.convert("RGB")
    picture.putpixel((dice.randrange(40), dice.randrange(40)), tuple(dice.randbytes(3)))
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


@dataclass
class Visitor:
    """Somebody on the web page."""

    name: str
    browser: Browser
    dice: random.Random
    deeds: list[Deed] = field(default_factory=list)
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By action, the turn that offers it."""

    def begin(self) -> None:
        """Agree, send a photo, look for tops."""
        asked = self.browser.wait(
            lambda t: any(c["action"] == "consent:yes" for c in t["choices"]), "the greeting", PATIENCE_S
        )
        self._insist("press", "consent:yes", lambda event: self.browser.press(asked, "consent:yes", event))
        self.send_photo()
        self.browser.wait(lambda t: "ready" in t["text"] and t["author"] == "stylist", "the photo's answer", 120)
        for wish in WISHES:
            self.write(wish)
            self.browser.wait(partial(_offers_more, self.found), f"a {wish}", PATIENCE_S)
            for turn in self.browser.turns.values():
                self.found |= {f"try:{product['id']}": turn for product in turn["products"]}

    @property
    def offered(self) -> list[str]:
        """See Somebody."""
        return sorted(self.found)

    def write(self, text: str) -> None:
        """See Somebody."""
        self._insist("text", text, lambda event: self.browser.say(text, event))

    def press(self, action: str) -> None:
        """See Somebody."""
        self._insist("press", action, lambda event: self.browser.press(self.found[action], action, event))

    def send_photo(self) -> None:
        """See Somebody."""
        data = photo(self.dice)
        self._insist("photo", "", lambda event: self.browser.photo(data, event))

    def _insist(self, kind: Literal["text", "press", "photo"], said: str, send: Callable[[str], object]) -> None:
        event = str(uuid.UUID(bytes=self.dice.randbytes(16), version=4))
        refusals: list[str] = []

        def taken() -> bool:
            try:
                send(event)
                if self.dice.random() < 0.2:
                    send(event)  # the answer was lost on the way
            except (httpx.HTTPError, AssertionError) as error:
                refusals.append(str(error))
                return False
            return True

        until(taken, PATIENCE_S, lambda: f"{self.name}: {said or kind} was never taken: {refusals[-3:]}")
        self.deeds.append(Deed(kind, said, event))

    def catch_up(self, rev: int) -> None:
        """Read along until the page shows this revision."""
        self.browser.wait(lambda _: self.browser.rev >= rev, f"revision {rev}", PATIENCE_S)


@dataclass
class Chatter:
    """Somebody in Telegram."""

    name: str
    fake: FakeTelegram
    person: Person
    dice: random.Random
    deeds: list[Deed] = field(default_factory=list)
    found: dict[str, Message] = field(default_factory=dict)
    """By action, the message that offers it."""

    def begin(self) -> None:
        """Agree, send a photo, look for tops."""
        self._did("text", "/start")
        self.fake.run(self.person.command("/start"))
        asked = self.fake.run(self.person.chat.until(offers("consent:yes"), PATIENCE_S), 70)
        self._did("press", "consent:yes")
        self.fake.run(self.person.press(asked, "consent:yes"))
        self.fake.run(self.person.chat.until(says("Please send me a photo"), PATIENCE_S), 70)
        self.send_photo()
        self.fake.run(self.person.chat.until(says("Your photo is ready"), 120), 130)
        for wish in WISHES:
            self.write(wish)
            message = self.fake.run(self.person.chat.until(partial(_offered_since, self.found), PATIENCE_S), 70)
            self.found |= {str(b.data): message for b in message.buttons if (b.data or "").startswith("try:")}

    @property
    def offered(self) -> list[str]:
        """See Somebody."""
        return sorted(self.found)

    def write(self, text: str) -> None:
        """See Somebody."""
        self._did("text", text)
        self.fake.run(self.person.write(text))

    def press(self, action: str) -> None:
        """See Somebody."""
        self._did("press", action)
        self.fake.run(self.person.press(self.found[action], action))

    def send_photo(self) -> None:
        """See Somebody."""
        self._did("photo", "")
        self.fake.run(self.person.send_photo(photo(self.dice)))

    def _did(self, kind: Literal["text", "press", "photo"], said: str) -> None:
        self.deeds.append(Deed(kind, said))

    @property
    def results(self) -> list[Message]:
        """The messages that show a finished try-on."""
        return [message for message in self.person.chat.from_bot if results([message]) is not None]


def _offers_more(known: dict[str, dict[str, Any]], turn: dict[str, Any]) -> bool:
    return any(f"try:{product['id']}" not in known for product in turn["products"])


def _offered_since(known: dict[str, Message], messages: list[Message]) -> Message | None:
    last = offers("try:")(messages)
    return None if last is None or last in known.values() else last
