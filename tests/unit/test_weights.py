"""Weights come whole or not at all, go on where they broke off, and nobody is told a token who should not be."""

from __future__ import annotations

import fcntl
import hashlib
import json
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.weights import licence
from bot.weights.errors import Refused, WeightsError
from bot.weights.hub import Hub
from bot.weights.licence import LICENCE, accept, accepted
from bot.weights.local import Folder
from bot.weights.pull import Puller, convert, lacking, verify
from bot.weights.store import Record, Store
from pipeline.engines.idm.layout import AROUND, COMPONENTS, needed_files
from tests.fakes.hub import COMMIT, REPOSITORY, FakeHub, fake_hub

UNET = "unet/diffusion_pytorch_model.bin"
VAE = "vae/diffusion_pytorch_model.safetensors"
PARSER = "humanparsing/parsing_atr.onnx"


def published() -> dict[str, bytes]:
    """The published layout with other bytes in it."""
    chance = random.Random(7)  # noqa: S311 # a steady one
    large = {
        UNET: 50_000,
        "unet_encoder/diffusion_pytorch_model.safetensors": 30_000,
        "text_encoder/model.safetensors": 3_000,
        "text_encoder_2/model.safetensors": 4_000,
        "image_encoder/model.safetensors": 5_000,
        VAE: 6_000,
        PARSER: 2_500,
        "densepose/model_final_162be9.pkl": 2_500,
        "openpose/ckpts/body_pose_model.pth": 2_500,
    }
    small = [f"{name}/config.json" for name in ("unet", "unet_encoder", "text_encoder", "image_encoder", "vae")]
    small += ["tokenizer/vocab.json", "tokenizer_2/merges.txt", "scheduler/scheduler_config.json", "README.md"]
    return {path: chance.randbytes(size) for path, size in large.items()} | {
        path: f"{{}} {path}".encode() for path in small
    }


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with fake_hub(published()) as serving:
        yield serving


def silent(_what: str, _fraction: float | None, _count: int) -> None:
    """A bar that nobody sees."""


class Pulls:
    """Pulls into a folder; what was said and waited is kept."""

    def __init__(self, hub: FakeHub, folder: Path) -> None:
        self.hub, self.folder = hub, folder
        self.said: list[str] = []
        self.waited: list[float] = []

    def __call__(
        self, token: str | None = None, components: Sequence[str] = COMPONENTS, around: Sequence[str] = AROUND
    ) -> Record:
        self.hub.asked.clear()
        with closing(Hub(REPOSITORY, endpoint=self.hub.url, token=token, wait=self.waited.append)) as source:
            return Puller(source, self.folder, self.said.append, silent).run(components, around)

    def bytes_of(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()


@pytest.fixture
def pull(hub: FakeHub, tmp_path: Path) -> Pulls:
    return Pulls(hub, tmp_path / "weights")


def test_all_that_is_needed_comes_and_nothing_else(hub: FakeHub, pull: Pulls) -> None:
    record = pull()
    not_needed = {"densepose/model_final_162be9.pkl", "openpose/ckpts/body_pose_model.pth", "README.md"}
    assert record.files.keys() == hub.files.keys() - not_needed
    assert all(pull.bytes_of(path) == hub.files[path] for path in record.files)
    assert record.revision == COMMIT
    assert record.files[UNET].sha256 == hashlib.sha256(hub.files[UNET]).hexdigest()
    assert lacking(pull.folder) == []
    assert [path for path, wrong in verify(pull.folder, silent) if wrong] == []
    assert sorted(path.name for path in pull.folder.glob(".*")) == [".lock"], "no parts are left"


def test_what_is_whole_is_not_fetched_again(hub: FakeHub, pull: Pulls) -> None:
    pull()
    pull()
    assert not [each for each in hub.asked if each.method == "GET" and "/api/" not in each.path]
    (pull.folder / "weights.json").unlink()
    pull()
    assert not hub.fetched(UNET), "also without the record: the checksum says what a file is"


def test_a_connection_that_breaks_off_goes_on_where_it_was(hub: FakeHub, pull: Pulls) -> None:
    hub.breaks[UNET] = [20_000, 0, 10_000]
    pull()
    assert [each.range for each in hub.fetched(UNET)] == [None, "bytes=20000-", "bytes=20000-", "bytes=30000-"]
    assert pull.waited == [1.0, 2.0, 1.0], "who brings something is asked again sooner"
    assert pull.bytes_of(UNET) == hub.files[UNET]


def test_what_a_stopped_pull_fetched_is_kept_for_the_next(hub: FakeHub, pull: Pulls) -> None:
    hub.breaks[UNET] = [20_000] + [0] * 6
    with pytest.raises(WeightsError, match=r"cannot be reached.*goes on where it was"):
        pull()
    assert lacking(pull.folder), "nothing that is not whole passes for weights"
    pull()
    assert [each.range for each in hub.fetched(UNET)] == ["bytes=20000-"]
    assert pull.bytes_of(UNET) == hub.files[UNET]


def test_the_beginning_of_another_revision_is_not_gone_on_with(hub: FakeHub, pull: Pulls) -> None:
    hub.breaks[UNET] = [20_000] + [0] * 6
    with pytest.raises(WeightsError):
        pull()
    hub.files[UNET] = hub.files[UNET][::-1]
    pull()
    assert [each.range for each in hub.fetched(UNET)] == [None]
    assert pull.bytes_of(UNET) == hub.files[UNET]


def test_files_that_a_new_revision_no_longer_has_go(hub: FakeHub, pull: Pulls) -> None:
    pull()
    hub.files["vae/diffusion_pytorch_model.bin"] = hub.files.pop(VAE)[::-1]
    pull()
    assert not (pull.folder / VAE).exists(), "it would be taken before the pickle"
    assert lacking(pull.folder) == []


def test_a_server_without_ranges_sends_all_of_it_again(hub: FakeHub, pull: Pulls) -> None:
    hub.ranges = False
    hub.breaks[UNET] = [20_000]
    pull()
    assert pull.bytes_of(UNET) == hub.files[UNET]


def test_a_part_longer_than_its_file_is_begun_anew(hub: FakeHub, pull: Pulls) -> None:
    part = pull.folder / ".parts" / hashlib.sha256(hub.files[UNET]).hexdigest()
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 60_000)
    pull()
    assert pull.bytes_of(UNET) == hub.files[UNET]


def test_a_wrong_checksum_is_fetched_once_more_and_then_refused(hub: FakeHub, pull: Pulls) -> None:
    hub.lies[UNET] = 1
    pull()
    assert any("wrong checksum" in line for line in pull.said)
    assert pull.bytes_of(UNET) == hub.files[UNET]
    (pull.folder / UNET).unlink()
    hub.lies[UNET] = 2
    with pytest.raises(WeightsError, match=r"sent unet/diffusion_pytorch_model.bin twice with other bytes"):
        pull()
    assert not (pull.folder / UNET).exists()


def test_a_small_file_is_held_against_gits_name_of_it(hub: FakeHub, pull: Pulls) -> None:
    hub.pretends["unet/config.json"] = "0" * 40
    with pytest.raises(WeightsError, match=r"sent unet/config.json twice"):
        pull()


def test_a_server_that_sends_more_than_it_announced_is_cut_short(hub: FakeHub, pull: Pulls) -> None:
    hub.claims[UNET] = 40_000
    with pytest.raises(WeightsError, match="sends more of"):
        pull()


def test_a_busy_server_is_asked_again_when_it_says(hub: FakeHub, pull: Pulls) -> None:
    hub.busy = 2
    pull()
    assert pull.waited == [7.0, 7.0]


def test_without_a_token_it_says_which_one_and_where_from(hub: FakeHub, pull: Pulls) -> None:
    hub.token = "hf_right"
    with pytest.raises(WeightsError, match=f"{hub.url}/settings/tokens, and set HF_TOKEN"):
        pull()
    with pytest.raises(WeightsError, match=r"does not take the token.*accept the terms at") as caught:
        pull("hf_wrong")
    assert "hf_wrong" not in str(caught.value)
    assert pull.waited == [], "asking again would not help"


def test_the_token_goes_to_the_hub_and_to_nobody_else(hub: FakeHub, pull: Pulls) -> None:
    hub.token = "hf_right"
    pull("hf_right")
    assert {each.token for each in hub.asked if not each.elsewhere} == {"hf_right"}
    assert {each.token for each in hub.asked if each.elsewhere} == {None}
    assert hub.fetched(UNET), "which is where the large files come from"


def test_a_place_that_is_no_hub_or_not_there_is_said(hub: FakeHub, pull: Pulls) -> None:
    with (
        closing(Hub("test/other", endpoint=hub.url)) as other,
        pytest.raises(WeightsError, match="has no test/other"),
    ):
        other.list()
    waited: list[float] = []
    nowhere = Hub(REPOSITORY, endpoint="http://127.0.0.1:1", wait=waited.append)
    with closing(nowhere), pytest.raises(WeightsError, match=r"cannot be reached.*HF_ENDPOINT"):
        nowhere.list()
    assert sum(waited) < 5, "who mistyped an address need not wait long"
    hub.pretends[UNET] = "no digest"
    with pytest.raises(WeightsError, match="does not answer as a hub does"):
        pull()


def test_a_repository_of_something_else_is_refused(hub: FakeHub, pull: Pulls) -> None:
    del hub.files["tokenizer/vocab.json"], hub.files[UNET], hub.files["unet/config.json"]
    with pytest.raises(WeightsError, match="holds no IDM-VTON: it has no unet, tokenizer"):
        pull()


def test_the_second_unet_comes_alone(pull: Pulls) -> None:
    record = pull(components=("unet",), around=())
    assert record.files.keys() == {UNET, "unet/config.json"}


def test_a_path_that_leads_out_of_the_folder_is_never_needed() -> None:
    paths = [
        "unet/../../.bashrc.json",
        "/unet/config.json",
        "unet/sub/config.json",
        "../unet/x.json",
        "unet/.x.json",
    ]
    assert needed_files([*paths, "unet/config.json"], ["unet"]) == {"unet": ["unet/config.json"]}


def test_of_several_formats_only_the_one_that_is_read_comes() -> None:
    shards = [f"diffusion_pytorch_model-0000{i}-of-00002.safetensors" for i in (1, 2)]
    index = "diffusion_pytorch_model.safetensors.index.json"
    names = [
        "config.json",
        "diffusion_pytorch_model.bin",
        "diffusion_pytorch_model.fp16.safetensors",
        index,
        *shards,
    ]
    (chosen,) = needed_files([f"unet/{name}" for name in names], ["unet"]).values()
    assert sorted(chosen) == sorted(f"unet/{name}" for name in ["config.json", index, *shards])


# -- the disk


def test_a_disk_that_is_too_small_is_said_before_the_first_byte(hub: FakeHub, pull: Pulls) -> None:
    hub.claims[UNET] = 10**15
    with pytest.raises(WeightsError, match=r"GB free, and 1000001\.\d GB are needed.*--dir"):
        pull()
    assert not any(each.elsewhere for each in hub.asked)


def test_a_disk_that_gets_full_keeps_what_is_there(hub: FakeHub, pull: Pulls) -> None:
    part = pull.folder / ".parts" / hashlib.sha256(hub.files[UNET]).hexdigest()
    part.parent.mkdir(parents=True)
    part.symlink_to("/dev/full")
    with pytest.raises(WeightsError, match=r"is full. What is there is kept"):
        pull()
    part.unlink()
    pull()
    assert [path for path, wrong in verify(pull.folder, silent) if wrong] == []


def test_a_second_pull_waits_for_the_first(pull: Pulls) -> None:
    pull.folder.mkdir()
    waiting = threading.Event()

    def say(line: str) -> None:
        if "waiting for it" in line:
            waiting.set()

    with closing(Hub(REPOSITORY, endpoint=pull.hub.url)) as source:
        second = threading.Thread(target=Puller(source, pull.folder, say, silent).run)
        with (pull.folder / ".lock").open("w") as first:
            fcntl.flock(first, fcntl.LOCK_EX)
            second.start()
            assert waiting.wait(30)
            assert pull.hub.asked == []
        second.join(30)
    assert lacking(pull.folder) == []


# -- checking


def test_verify_names_what_is_wrong_and_pull_fetches_that_alone(hub: FakeHub, pull: Pulls) -> None:
    pull()
    (pull.folder / VAE).write_bytes(hub.files[VAE][::-1])
    (pull.folder / PARSER).write_bytes(b"short")
    (pull.folder / "unet/config.json").unlink()
    wrong = {path: said for path, said in verify(pull.folder, silent) if said}
    assert wrong == {
        VAE: "has another checksum",
        PARSER: "has 5 bytes instead of 2,500",
        "unet/config.json": "is missing",
    }
    assert sorted(lacking(pull.folder)) == [PARSER, "unet/config.json"]
    pull()
    assert {each.path for each in hub.asked if each.elsewhere} == {VAE, PARSER}
    assert [path for path, said in verify(pull.folder, silent) if said] == []


def test_a_folder_that_was_not_pulled_is_neither_verified_nor_converted(tmp_path: Path) -> None:
    for name in COMPONENTS:
        (tmp_path / name).mkdir()
    assert lacking(tmp_path) == [], "but an engine may load from it"
    with pytest.raises(WeightsError, match="no record"):
        list(verify(tmp_path, silent))
    with pytest.raises(WeightsError, match="--from"):
        convert(tmp_path, lambda _: None, lambda _folder, _begins: None)


def test_a_broken_record_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "weights.json").write_text('{"files": 7}')
    with pytest.raises(WeightsError, match="Delete it, and pull the weights again"):
        Store(tmp_path).record()


# -- a folder as the source


def test_a_local_folder_serves_as_a_hub_does(hub: FakeHub, tmp_path: Path) -> None:
    for path, data in hub.files.items():
        (tmp_path / "disk" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "disk" / path).write_bytes(data)
    record = Puller(Folder(tmp_path / "disk"), tmp_path / "a", lambda _: None, silent).run()
    assert [path for path, wrong in verify(tmp_path / "a", silent) if wrong] == []
    assert (tmp_path / "disk" / UNET).exists()
    again = Puller(Folder(tmp_path / "a"), tmp_path / "b", lambda _: None, silent).run()
    assert again.files == record.files
    assert again.revision == record.revision, "the record goes along"


def test_a_file_that_spoiled_since_it_was_recorded_is_not_passed_on(pull: Pulls, tmp_path: Path) -> None:
    pull()
    (pull.folder / VAE).write_bytes(bytes(6_000))
    with pytest.raises(WeightsError, match="other bytes than it announces"):
        Puller(Folder(pull.folder), tmp_path / "b", lambda _: None, silent).run()
    with pytest.raises(WeightsError, match="There is no folder"):
        Folder(tmp_path / "nowhere")


# -- the terms


def never(_question: str) -> str:
    raise AssertionError("nobody should be asked")


def test_the_terms_are_shown_and_accepted_once(tmp_path: Path) -> None:
    said: list[str] = []
    folder = tmp_path / "weights"
    accept(folder, None, lambda _question: " i ACCEPT ", said.append)
    assert "NonCommercial" in said[0]
    assert "creativecommons.org/licenses/by-nc-sa/4.0/legalcode" in said[0]
    remembered = accepted(folder)
    assert remembered is not None
    assert (remembered.licence, remembered.by) == (LICENCE, "terminal")
    assert remembered.accepted_at.endswith("+00:00")
    accept(folder, None, never, said.append)
    assert len(said) == 2, "shown once"


def test_terms_that_are_not_accepted_are_not_remembered(tmp_path: Path) -> None:
    answers = iter(["", "no", "yes"])
    for _ in range(3):
        with pytest.raises(Refused, match="nothing was fetched"):
            accept(tmp_path, None, lambda _question: next(answers), lambda _: None)
    assert accepted(tmp_path) is None


def test_where_nobody_sits_the_name_of_the_licence_accepts_it(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=f"--accept-licence {LICENCE}.*FASHIONCORE_ACCEPT_LICENCE"):
        accept(tmp_path, None, None, lambda _: None)
    with pytest.raises(Refused, match=f"give exactly {LICENCE}"):
        accept(tmp_path, "yes", None, lambda _: None)
    accept(tmp_path, LICENCE, None, lambda _: None)
    assert json.loads((tmp_path / "licence.json").read_text())["by"] == "value"


def test_other_terms_are_asked_for_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accept(tmp_path, LICENCE, None, lambda _: None)
    monkeypatch.setattr(licence, "LICENCE", "CC-BY-NC-SA-5.0")
    assert accepted(tmp_path) is None
    with pytest.raises(Refused):
        accept(tmp_path, LICENCE, None, lambda _: None)
