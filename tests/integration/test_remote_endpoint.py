"""Any server that draws, asked as its description says: what it is sent, how it answers, where that leads."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow
from pydantic import SecretStr
from starlette.responses import JSONResponse, PlainTextResponse, Response

from pipeline.errors import EngineUnavailable, PersonError, TryOnCancelled, TryOnRefused
from pipeline.types import Category, Image, Piece, TryOnRequest, no_progress
from storage.remote_description import Description
from storage.remote_settings import RemoteIdentity
from storage.s3 import BucketMediaStore
from tests.buckets import NewBucket
from tests.data import TEST_DATA, needs_test_data
from tests.fakes.atelier import KEY, MIDDLE, Atelier
from tests.samples import sample_person
from tests.serving import served
from workers.remote.endpoint import FarEndpoint
from workers.remote.engine import RemoteEngine
from workers.remote.http import Caller
from workers.remote.lending import BucketLender

BODY = {"input": {"human": "{person}", "cloth": "{garment}", "kind": "{category}", "text": "a {words}"}}
POLL = {
    "path": "/v1/jobs/{id}",
    "id": "job",
    "done": ["COMPLETED"],
    "failed": ["FAILED"],
    "every_s": 0.05,
    "fraction": "percent",
}


@pytest.fixture(scope="module")
def person() -> Image:
    with Pillow.open(sample_person()) as photo:
        photo.thumbnail((480, 480))
        return np.asarray(photo.convert("RGB"), np.uint8)


@pytest.fixture
def request_for_a_tee(person: Image) -> TryOnRequest:
    return TryOnRequest(
        person, np.full((90, 80, 3), (250, 20, 220), np.uint8), category=Category.UPPER, words="tee"
    )


@pytest.fixture
def atelier() -> Atelier:
    return Atelier()


@pytest.fixture
def address(atelier: Atelier) -> Iterator[str]:
    with served(atelier.app()) as url:
        yield url


def engine(url: str, key: str = KEY, lender: BucketLender | None = None, **tables: Any) -> RemoteEngine:
    request = {"path": "/v1/run", "headers": {"Authorization": "Bearer {key}"}, "body": BODY}
    tables["request"] = {**request, **tables.get("request", {})}
    described = Description.model_validate(tables)
    return RemoteEngine(
        FarEndpoint(Caller(url, pause_s=0.0), SecretStr(key), described, lender), RemoteIdentity("1"), 60.0
    )


def as_base64(picture: bytes) -> Response:
    return JSONResponse({"output": [{"image": base64.b64encode(picture).decode()}]})


def test_a_picture_comes_back_onto_the_photo_whose_other_pixels_stay(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    before = request_for_a_tee.person.copy()
    result = engine(address, categories={"upper": "tops"}).render(request_for_a_tee, no_progress)
    assert atelier.asked == [{"kind": "tops", "text": "a tee"}]
    assert result.image.shape == before.shape
    assert np.array_equal(result.image[result.mask == 0], before[result.mask == 0])
    assert np.array_equal(request_for_a_tee.person, before)
    height, width = before.shape[:2]
    left, right, top, bottom = MIDDLE
    where = (
        slice(round(top * height) + 9, round(bottom * height) - 9),
        slice(round(left * width) + 9, round(right * width) - 9),
    )
    assert np.abs(result.image[where].astype(int) - (250, 20, 220)).max() < 12
    assert 0.05 < (result.mask > 0).mean() < 0.15, "the rest of what was packed anew is the photo's own"
    assert (result.category, result.people_found, result.engine) == (Category.UPPER, 1, "remote")
    assert result.facts == {"generated": True, "drawn_by": address.removeprefix("http://")}


@pytest.mark.parametrize("pictures", ["data-uri", "base64", "files"])
def test_pictures_go_out_and_come_back_inside(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest, pictures: str
) -> None:
    body = BODY["input"] if pictures == "files" else BODY
    tables: dict[str, Any] = {"request": {"pictures": pictures, "body": body}}
    if pictures != "files":
        atelier.answer = as_base64
        tables["answer"] = {"picture": "output.0.image"}
    result = engine(address, **tables).render(request_for_a_tee, no_progress)
    assert result.mask.any()
    assert atelier.asked == [{"kind": "upper", "text": "a tee"}]


def test_pictures_are_lent_by_links_that_lead_nowhere_afterwards(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest, new_bucket: NewBucket
) -> None:
    bucket = BucketMediaStore(new_bucket())
    bucket.prepare()
    far = engine(address, lender=BucketLender(bucket, 60), request={"pictures": "links"})
    assert far.render(request_for_a_tee, no_progress).mask.any()
    assert len(set(atelier.fetched)) == 2
    assert all("/lent/" in link and "Signature=" in link and "Expires=60" in link for link in atelier.fetched)
    listed = bucket._client.list_objects_v2(Bucket=bucket._bucket.name)  # nobody else lists those
    assert "Contents" not in listed


def test_a_job_is_asked_for_until_it_is_done_and_its_picture_fetched(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    atelier.answer = lambda _picture: JSONResponse({"job": "j-1"}, 202)
    link = f"{address}/files/picture.jpg"
    atelier.states = [
        {"status": "QUEUED"},
        {"status": "RUNNING", "percent": 50},
        {"status": "COMPLETED", "url": link},
    ]
    fractions: list[float] = []

    def hear(_stage: str, fraction: float, _picture: Image | None = None, /) -> None:
        fractions.append(fraction)

    assert engine(address, answer={"picture": "url"}, poll=POLL).render(request_for_a_tee, hear).mask.any()
    assert 0.5 in [round(fraction, 9) for fraction in fractions]
    assert fractions == sorted(fractions)
    assert atelier.keys == ["run", *["status"] * 3], "the file was fetched without the key"


def test_a_job_may_keep_its_picture_at_another_path(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    atelier.answer = lambda _picture: JSONResponse({"job": 7})
    atelier.states = [{"status": "COMPLETED"}]
    poll = {**POLL, "result": "/v1/jobs/{id}/result"}
    far = engine(address, answer={"picture": "images.0.data"}, poll=poll)
    assert far.render(request_for_a_tee, no_progress).mask.any()


def test_an_outfit_is_put_on_piece_by_piece(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    tee = request_for_a_tee
    green = np.full((50, 50, 3), (10, 240, 20), np.uint8)
    outfit = TryOnRequest(
        tee.person, tee.garment, category=Category.UPPER, more=(Piece(green, category=Category.LOWER),)
    )
    result = engine(address).render(outfit, no_progress)
    assert [asked["kind"] for asked in atelier.asked] == ["upper", "lower"]
    height, width = result.image.shape[:2]
    assert np.abs(result.image[int(0.42 * height), width // 2].astype(int) - (10, 240, 20)).max() < 12


def test_who_stops_has_the_job_stopped_there(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    atelier.answer = lambda _picture: JSONResponse({"job": "j-1"})
    atelier.states = [{"status": "RUNNING", "percent": 40}]

    def stop(_stage: str, fraction: float, _picture: Image | None = None, /) -> None:
        if fraction > 0.4:
            raise TryOnCancelled

    cancel = {"path": "/v1/jobs/{id}/cancel"}
    with pytest.raises(TryOnCancelled):
        engine(address, answer={"picture": "url"}, poll=POLL, cancel=cancel).render(request_for_a_tee, stop)
    assert atelier.cancelled == ["j-1"]


def test_who_is_not_in_the_photo_is_told_before_anybody_is_asked(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    garment = request_for_a_tee.garment
    with pytest.raises(PersonError):
        engine(address).render(TryOnRequest(garment, garment, category=Category.UPPER), no_progress)
    assert atelier.asked == []


def test_a_reason_that_the_file_names_is_a_sentence_for_the_person(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    failure = {"reason": "error.name", "refused": ["PoseError"]}
    atelier.answer = lambda _picture: JSONResponse({"error": {"name": "PoseError"}}, 422)
    with pytest.raises(TryOnRefused) as refused:
        engine(address, failure=failure).render(request_for_a_tee, no_progress)
    assert refused.value.user_message == TryOnRefused.UNSUITABLE
    atelier.answer = lambda _picture: JSONResponse({"job": "j"})
    atelier.states = [{"status": "FAILED", "error": {"name": "PoseError"}}]
    with pytest.raises(TryOnRefused):
        engine(address, failure=failure, answer={"picture": "url"}, poll=POLL).render(
            request_for_a_tee, no_progress
        )
    atelier.states = [{"status": "FAILED", "error": {"name": "OutOfMemory"}}]
    with pytest.raises(EngineUnavailable) as broken:
        engine(address, failure=failure, answer={"picture": "url"}, poll=POLL).render(
            request_for_a_tee, no_progress
        )
    assert broken.value.code == "remote_failed"


IN_JSON = {"answer": {"picture": "url"}}
LISTED = {"answer": {"picture": "url", "hosts": ["cdn.example.org"]}}


def leading_to(link: str) -> Response:
    return JSONResponse({"url": link})


NOTHING = [
    (PlainTextResponse("", 302, {"Location": "http://127.0.0.1:1/"}), {}, "remote_address"),
    (PlainTextResponse("", 500), {}, "remote_answer"),
    (PlainTextResponse("no picture"), {}, "remote_answer"),
    (PlainTextResponse("no json"), IN_JSON, "remote_answer"),
    (JSONResponse({"other": 1}), IN_JSON, "remote_answer"),
    (leading_to("http://169.254.169.254/latest/meta-data"), IN_JSON, "remote_host"),
    (leading_to("http://127.0.0.1:1/x"), IN_JSON, "remote_host"),
    (leading_to("http://cdn.example.org/x"), LISTED, "remote_host"),
    (leading_to("https://a:b@cdn.example.org/x"), LISTED, "remote_host"),
    (leading_to("https://cdn.example.org@127.0.0.1:1/x"), LISTED, "remote_host"),
    (leading_to("https://cdn.example.org.evil.example/x"), LISTED, "remote_host"),
    (JSONResponse({"job": "../../admin"}), {**IN_JSON, "poll": POLL}, "remote_answer"),
    (JSONResponse({"job": "a?b"}), {**IN_JSON, "poll": POLL}, "remote_answer"),
]


@pytest.mark.parametrize("nothing", NOTHING)
def test_an_answer_that_is_no_picture_ends_it_and_leads_nowhere(
    address: str,
    atelier: Atelier,
    request_for_a_tee: TryOnRequest,
    nothing: tuple[Response, dict[str, Any], str],
) -> None:
    answer, tables, code = nothing
    atelier.answer = lambda _picture: answer
    with pytest.raises(EngineUnavailable) as end:
        engine(address, **tables).render(request_for_a_tee, no_progress)
    assert end.value.code == code
    assert len(atelier.asked) == 1


def test_a_wrong_key_is_told_to_the_operator(address: str, request_for_a_tee: TryOnRequest) -> None:
    with pytest.raises(EngineUnavailable) as end:
        engine(address, key="sk-wrong").render(request_for_a_tee, no_progress)
    assert end.value.code == "remote_key"
    assert "sk-wrong" not in end.value.detail


def test_a_busy_server_is_asked_again_and_one_that_may_have_begun_is_not(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    answers = iter([PlainTextResponse("", 429), PlainTextResponse("", 503)])
    atelier.answer = lambda picture: next(answers, None) or Response(picture)
    assert engine(address).render(request_for_a_tee, no_progress).mask.any()
    assert len(atelier.asked) == 3
    # Less than it says: the connection ends in the middle.
    atelier.answer = lambda picture: Response(picture[:1000], headers={"Content-Length": str(len(picture))})
    with pytest.raises(EngineUnavailable) as end:
        engine(address).render(request_for_a_tee, no_progress)
    assert end.value.code == "remote_away"
    assert len(atelier.asked) == 4, "somebody may be paid for each"


def test_what_the_server_cannot_dress_is_not_sent(
    address: str, atelier: Atelier, request_for_a_tee: TryOnRequest
) -> None:
    with pytest.raises(EngineUnavailable):
        engine(address, categories={"dress": "one-piece"}).render(request_for_a_tee, no_progress)
    assert atelier.asked == []


@needs_test_data
def test_of_several_people_the_chosen_one_alone_is_sent(address: str, request_for_a_tee: TryOnRequest) -> None:
    with Pillow.open(TEST_DATA / "tryon/multi_person/schp_four_men.jpg") as picture:
        group = np.asarray(picture.convert("RGB"), np.uint8)
    garment = request_for_a_tee.garment
    with pytest.raises(PersonError):
        engine(address).render(TryOnRequest(group, garment, category=Category.UPPER), no_progress)
    asked = TryOnRequest(group, garment, category=Category.UPPER, person_index=1)
    result = engine(address).render(asked, no_progress)
    assert result.people_found == 4
    assert result.box.right - result.box.left < group.shape[1] / 4
