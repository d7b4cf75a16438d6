"""Every file of the hostile collection through intake: verdict, time, memory, and what is left in the photo."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pipeline.intake import SENTENCES
from tests.data import TEST_DATA, needs_test_data

pytestmark = needs_test_data

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = TEST_DATA / "hostile_images"
SECONDS_A_FILE = 8.0
"""Most take 0.1 s; this bounds them on a machine that is busy with other tests."""
CHILD_PEAK_MB = 160

TRACES = (
    b"Exif\0\0",
    b"<script",
    b"ICC_PROFILE",
    b"http://ns.adobe.com",
    b"<x:xmpmeta",
    b"Photoshop 3.0",
    b"MPF\0",
)
"""What any leftover metadata block would begin with or hold."""

_RUN = """
import base64, json, resource, sys, time
from pathlib import Path
from pipeline.errors import IntakeError
from pipeline.intake import IntakePool
with IntakePool(size=2) as pool:
    for name in json.load(sys.stdin):
        data = Path(name).read_bytes()
        started = time.monotonic()
        try:
            photo = pool.clean(data)
            said = {"verdict": "accept", "code": "ok", "sha256": photo.sha256, "size": [photo.width, photo.height],
                    "photo": base64.b64encode(photo.data).decode()}
        except IntakeError as error:
            said = {"verdict": "reject", "code": error.code}
        said["seconds"] = time.monotonic() - started
        said["peak_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(json.dumps(said), flush=True)
"""


@dataclass(frozen=True)
class Outcome:
    verdict: str
    code: str
    seconds: float
    peak_mb: float
    photo: bytes
    sha256: str
    size: tuple[int, int]

    def opened(self) -> Image.Image:
        picture = Image.open(BytesIO(self.photo))
        picture.load()
        return picture


@cache
def index() -> dict[str, dict[str, str]]:
    path = FOLDER / "index.json"
    return {entry["file"]: entry for entry in json.loads(path.read_text())} if path.is_file() else {}


@cache
def outcomes() -> dict[str, Outcome]:
    """All files in one process of its own, so that what its children used is known from the kernel."""
    names = list(index())
    done = subprocess.run(
        [sys.executable, "-c", _RUN],
        input=json.dumps([str(FOLDER / name) for name in names]),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=250,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return {
        name: Outcome(
            verdict=one["verdict"],
            code=one["code"],
            seconds=one["seconds"],
            peak_mb=one["peak_mb"],
            photo=base64.b64decode(one.get("photo", "")),
            sha256=one.get("sha256", ""),
            size=tuple(one.get("size", (0, 0))),
        )
        for name, one in zip(names, said, strict=True)
    }


def accepted() -> dict[str, Outcome]:
    return {name: outcome for name, outcome in outcomes().items() if outcome.verdict == "accept"}


def test_the_collection_is_whole() -> None:
    assert len(index()) > 70


@pytest.mark.parametrize("name", index())
def test_each_file_gets_the_expected_verdict(name: str) -> None:
    expected, outcome = index()[name]["expect"], outcomes()[name]
    if "size rule may still reject" in index()[name]["reason"] and outcome.code == "too_small":
        return  # of those that say so only the one of a single pixel is that small: see the next test
    assert expected in (outcome.verdict, "either"), f"{outcome.code}: {index()[name]['reason']}"
    if expected == "reject":
        assert outcome.code in SENTENCES


def test_only_the_picture_of_one_pixel_uses_the_way_out_of_the_size_rule() -> None:
    excused = [
        name
        for name, outcome in outcomes().items()
        if index()[name]["expect"] == "accept" and outcome.verdict != "accept"
    ]
    assert excused == ["exif_multiple.jpg"]


@pytest.mark.parametrize("code", ["animated", "bad_aspect", "corrupt", "too_many_pixels", "unsupported_format"])
def test_each_refusal_has_the_code_that_its_reason_names(code: str) -> None:
    named = [
        name
        for name, entry in index().items()
        if entry["expect"] == "reject" and entry["reason"].startswith(code) and " or " not in entry["reason"]
    ]
    assert named
    assert {name: outcomes()[name].code for name in named} == dict.fromkeys(named, code)


def test_no_file_takes_long_or_much_memory() -> None:
    slow = {name: outcome.seconds for name, outcome in outcomes().items() if outcome.seconds > SECONDS_A_FILE}
    assert not slow
    assert max(outcome.peak_mb for outcome in outcomes().values()) < CHILD_PEAK_MB


def test_no_accepted_photo_carries_metadata() -> None:
    assert len(accepted()) > 35
    for name, outcome in accepted().items():
        picture = outcome.opened()
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", outcome.size), name
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}, name
        assert not picture.getexif(), name
        assert not [trace for trace in TRACES if trace in outcome.photo], name
        assert hashlib.sha256(outcome.photo).hexdigest() == outcome.sha256, name


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean of the absolute difference of all values of two pictures, which may differ in size."""
    pairs = zip(
        *(picture.resize((32, 32), Image.Resampling.BOX).tobytes() for picture in (one, other)), strict=True
    )
    total: int = sum(abs(a - b) for a, b in pairs)
    return total / (32 * 32 * len(one.getbands()))


def near(picture: Image.Image, x: int, y: int, colour: tuple[int, int, int]) -> bool:
    seen = picture.getpixel((x, y))
    assert isinstance(seen, tuple)
    return max(abs(a - b) for a, b in zip(seen, colour, strict=True)) < 30


@pytest.mark.parametrize("name", ["ok_plain.jpg", "orient_gen_3.jpg", "orient_gen_8.jpg", "orient_invalid_99.jpg"])
def test_the_scene_stands_upright(name: str) -> None:
    picture = outcomes()[name].opened()
    assert picture.size == (600, 800)
    assert near(picture, 10, 10, (255, 0, 0)), "red is not at the top left"
    assert near(picture, 590, 10, (0, 255, 0)), "lime is not at the top right"


def test_all_turned_copies_of_a_portrait_look_alike() -> None:
    """Eight encodings of one picture, each turned another way: only what JPEG loses may differ."""
    first, *others = [f"orient_jpeg_{number}.jpg" for number in range(2, 9)] + ["orient_webp_6.webp"]
    for name in others:
        assert difference(outcomes()[first].opened(), outcomes()[name].opened()) < 6, name


def test_turns_outside_exif_are_applied_once() -> None:
    assert outcomes()["orient_avif_irot_imir.avif"].size == (640, 427)
    assert outcomes()["orient_photo_portrait_6.jpg"].size == (1200, 1800)
    assert outcomes()["orient_photo_landscape_8.jpg"].size == (1800, 1200)
    with Image.open(FOLDER / "orient_xmp_png.png") as picture:
        stored = picture.convert("RGB")  # in another colour space: the clean photo has other numbers
    clean = outcomes()["orient_xmp_png.png"].opened()
    turned = stored.transpose(Image.Transpose.ROTATE_180)
    assert difference(clean, turned) < difference(clean, stored) / 2


def test_sixteen_bits_look_like_eight() -> None:
    eight, sixteen = (outcomes()[name].opened().convert("L") for name in ("colour_gray.jpg", "colour_gray16.png"))
    assert difference(eight, sixteen) < 4


def test_cmyk_is_red_on_black_and_not_cyan_on_white() -> None:
    picture = outcomes()["colour_cmyk_adobe.jpg"].opened()
    assert near(picture, 50, 90, (0, 0, 0))
    assert near(picture, 5, 2, (255, 0, 0))


def test_the_first_picture_of_several_is_taken() -> None:
    with Image.open(FOLDER / "jpeg_mpo_stereo.mpo") as stereo:
        first = stereo.convert("RGB")
        stereo.seek(1)
        second = stereo.convert("RGB")
    clean = outcomes()["jpeg_mpo_stereo.mpo"].opened()
    assert difference(clean, first) < 3 < difference(clean, second)
    assert outcomes()["heic_example.heic"].size == (1280, 854)
