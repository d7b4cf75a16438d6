"""What every try-on engine must do, whichever way it paints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage
from pydantic import SecretStr

from pipeline.engines.idm.engine import IdmEngine
from pipeline.engines.preview import PreviewEngine
from pipeline.errors import PersonError, PipelineError, TryOnCancelled
from pipeline.ports import Engine, EngineOptions
from pipeline.types import Category, Image, TryOnRequest, no_progress
from storage.remote_settings import RemoteIdentity
from tests.data import TEST_DATA, needs_test_data
from tests.programs import Stage, answers, free_port, until
from workers.remote.engine import RemoteEngine
from workers.remote.http import Caller
from workers.remote.worker import FarWorker

pytestmark: pytest.MarkDecorator | list[pytest.MarkDecorator] = needs_test_data

REMOTE_KEY = "0123456789abcdef" * 2
REMOTE_PORT = free_port()


def remote() -> Engine:
    """The engine of `far_worker`."""
    far = FarWorker(Caller(f"http://127.0.0.1:{REMOTE_PORT}"), SecretStr(REMOTE_KEY))
    return RemoteEngine(far, RemoteIdentity("1"), 120.0)


ENGINES: dict[str, Callable[[], Engine]] = {"preview": PreviewEngine, "remote": remote}

if all(map(find_spec, ("torch", "diffusers", "transformers"))):
    TINY = EngineOptions(weights=TEST_DATA / "idm" / "golden" / "ckpt", device="cpu", steps=2, size=(192, 256))
    ENGINES["idm"] = lambda: IdmEngine(TINY)
    pytestmark = [needs_test_data, pytest.mark.filterwarnings("default")]  # torch and diffusers warn as they like


@pytest.fixture(scope="module")
def far_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A worker in a process of its own that draws previews for others, and has no servers at all."""
    far = Stage(
        {"FASHIONCORE_ENGINE": "preview", "FASHIONCORE_REMOTE_KEY": REMOTE_KEY}, tmp_path_factory.mktemp("far")
    )
    program = far.start("workers", "--serve", str(REMOTE_PORT), DATABASE_URL="", REDIS_URL="")
    try:
        until(lambda: answers(REMOTE_PORT), 60, lambda: f"it does not serve:\n{program.output()}")
        yield
    finally:
        far.close()


def photo(path: str) -> Image:
    with PillowImage.open(Path(TEST_DATA) / "tryon" / path) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "remote":
        request.getfixturevalue("far_worker")
    return ENGINES[request.param]()


@pytest.fixture(scope="module")
def request_for_a_tee() -> TryOnRequest:
    return TryOnRequest(
        photo("pairs/HD_00055/person.jpg"), photo("pairs/HD_13987/garment.jpg"), category=Category.UPPER
    )


def test_an_engine_says_who_it_is_and_what_it_dresses(engine: Engine) -> None:
    assert engine.name == engine.name.lower()
    assert engine.version
    assert engine.categories <= frozenset(Category)
    assert engine.categories


def test_the_picture_has_the_photos_size_and_only_the_mask_changes(
    engine: Engine, request_for_a_tee: TryOnRequest
) -> None:
    before = request_for_a_tee.person.copy()
    result = engine.render(request_for_a_tee, no_progress)
    assert result.image.shape == before.shape
    assert result.image.dtype == np.uint8
    assert np.array_equal(request_for_a_tee.person, before), "the engine painted into the caller's photo"
    assert np.array_equal(result.image[result.mask == 0], before[result.mask == 0])
    ys, xs = np.nonzero(result.mask)
    box = (int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    assert (result.box.left, result.box.top, result.box.right, result.box.bottom) == box
    assert result.engine == engine.name
    assert result.category is Category.UPPER
    assert result.people_found == 1


def test_the_same_request_gives_the_same_bytes(engine: Engine, request_for_a_tee: TryOnRequest) -> None:
    first = engine.render(request_for_a_tee, no_progress).image
    again = ENGINES[engine.name]().render(request_for_a_tee, no_progress).image
    assert np.array_equal(first, again)


def test_progress_runs_forward_to_the_end_and_stages_are_timed(
    engine: Engine, request_for_a_tee: TryOnRequest
) -> None:
    heard: list[tuple[str, float]] = []

    def hear(stage: str, share: float, _picture: Image | None = None, /) -> None:
        heard.append((stage, share))

    result = engine.render(request_for_a_tee, hear)
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert set(result.seconds) <= {stage for stage, _ in heard}


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_work_stops_at_the_next_step_when_cancelled(
    engine: Engine, request_for_a_tee: TryOnRequest, after: int
) -> None:
    heard: list[str] = []

    def cancel(stage: str, _share: float, _picture: Image | None = None, /) -> None:
        if len(heard) == after:
            raise TryOnCancelled
        heard.append(stage)

    with pytest.raises(TryOnCancelled):
        engine.render(request_for_a_tee, cancel)
    assert len(heard) == after


def test_a_garment_in_the_persons_place_is_refused(engine: Engine) -> None:
    garment = photo("pairs/HD_13987/garment.jpg")
    with pytest.raises(PersonError) as refusal:
        engine.render(TryOnRequest(garment, garment), no_progress)
    assert refusal.value.code in {"no_person", "not_a_photo_of_a_person"}
    assert refusal.value.user_message.endswith((".", "?"))


def test_noise_is_refused_as_person_and_as_garment(engine: Engine, request_for_a_tee: TryOnRequest) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (800, 600, 3), dtype=np.uint8)
    with pytest.raises(PersonError):
        engine.render(TryOnRequest(noise, request_for_a_tee.garment), no_progress)
    with pytest.raises(PipelineError):
        engine.render(TryOnRequest(request_for_a_tee.person, noise), no_progress)


def test_several_people_need_a_choice_and_only_the_chosen_changes(engine: Engine) -> None:
    group = photo("multi_person/schp_four_men.jpg")
    with PillowImage.open(Path(TEST_DATA) / "tryon/multi_person/schp_four_men_instance_human_mask.png") as picture:
        owners = np.asarray(picture)
    garment = photo("pairs/HD_13987/garment.jpg")
    with pytest.raises(PersonError) as question:
        engine.render(TryOnRequest(group, garment), no_progress)
    assert question.value.code == "several_people"
    result = engine.render(TryOnRequest(group, garment, category=Category.UPPER, person_index=0), no_progress)
    assert result.people_found == 4
    changed = (result.image != group).any(axis=2)
    chosen = max(range(1, int(owners.max()) + 1), key=lambda who: int((changed & (owners == who)).sum()))
    others = (owners != 0) & (owners != chosen)
    assert int((changed & others).sum()) == 0, "somebody else's pixels changed"
