"""How an operator describes a server, and what of a description is refused at the start."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storage.remote_description import at, filled, read_description
from tests.programs import ROOT

BODY = 'body = { person = "{person}", garment = "{garment}" }\n'
WHOLE = f"""
[request]
path = "/v1/run"
{BODY}
[answer]
picture = "output.0"
[poll]
path = "/v1/status/{{id}}"
done = ["completed"]
failed = ["failed"]
"""


def described(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "endpoint.toml"
    file.write_text(text)
    return file


def test_a_whole_one_is_read(tmp_path: Path) -> None:
    read = read_description(described(tmp_path, WHOLE))
    assert read.request.method == "POST"
    assert read.poll is not None
    assert len(read.categories) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[request", "no TOML"),
        ("", "request"),
        ("[request]\nbody = { person = '{person}' }", "must have {person} and {garment}"),
        (WHOLE.replace("{person}", "{person} {key}"), "body has {key}"),
        (WHOLE.replace('"/v1/run"', '"https://elsewhere.example"'), "request.path"),
        (WHOLE.replace("/v1/status/{id}", "/v1/status"), "poll.path"),
        (WHOLE.replace('picture = "output.0"', ""), "answer.picture must say"),
        (WHOLE + "every = 2", "poll.every"),
        (WHOLE + '[categories]\nshoes = "shoes"', "categories.shoes"),
        ('[cancel]\npath = "/{id}"\n[request]\n' + BODY, "cancel needs poll"),
        ('[request]\npictures = "files"\nbody = {a = ["{person}", "{garment}"]}', "fields of a form"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_description(described(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_description(tmp_path / "none.toml")


def test_what_is_put_in_is_not_read_again() -> None:
    given = {"person": "P", "words": "a tee {person} {key}"}
    assert filled({"a": ["{person}", "{words}!"], "b": 3}, given) == {"a": ["P", "a tee {person} {key}!"], "b": 3}


def test_a_place_leads_through_objects_and_lists() -> None:
    document = {"output": [{"url": "x"}], "n": {"0": 1}}
    assert at(document, "output.0.url") == "x"
    assert at(document, "n.0") == 1
    for nowhere in ("output.1.url", "output.url", "x", "output.0.url.z"):
        assert at(document, nowhere) is None


def test_the_examples_of_the_page_are_whole(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "remote.md").read_text()
    examples = [part.partition("```")[0] for part in page.split("```toml\n")[1:]]
    assert examples
    for example in examples:
        assert read_description(described(tmp_path, example))
