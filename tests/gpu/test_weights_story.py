"""What somebody with a new machine types, in processes of their own, against a hub with the tiny checkpoint."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from bot.weights.licence import LICENCE
from tests.data import TEST_DATA
from tests.fakes.hub import REPOSITORY, FakeHub, fake_hub, files_of
from tests.programs import ROOT, stage, until

CHECKPOINT = TEST_DATA / "idm" / "golden" / "ckpt"
UNET = "unet/diffusion_pytorch_model.bin"
TOKEN = "hf_story"
DATA = "data of ours"

# Torch is loaded six times in a row: minutes, where the machine has other work.
pytestmark = [pytest.mark.timeout(900), pytest.mark.filterwarnings("default")]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[FakeHub]:
    """The checkpoint as it is published: TryonNet as a pickle, for people with a token."""
    files = files_of(CHECKPOINT)
    del files[UNET.replace(".bin", ".safetensors")]
    torch.save(load_file(CHECKPOINT / UNET.replace(".bin", ".safetensors")), tmp_path / "unet.bin")
    files[UNET] = (tmp_path / "unet.bin").read_bytes()
    with fake_hub(files) as serving:
        serving.token = TOKEN
        yield serving


def settings(hub: FakeHub, folder: Path) -> dict[str, str]:
    secret = folder / "token"
    secret.write_text(f"{TOKEN}\n")
    return {
        "HF_ENDPOINT": hub.url,
        "HF_TOKEN_FILE": str(secret),
        "FASHIONCORE_IDM_REPOSITORY": REPOSITORY,
        "FASHIONCORE_DATA": str(folder / DATA),
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }


def weights(*arguments: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "weights", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(program: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = program.communicate(timeout=120)
    return program.returncode, said


def test_a_pull_that_was_killed_goes_on_and_ends_verified(hub: FakeHub, tmp_path: Path) -> None:
    environment = settings(hub, tmp_path)
    code, said = ended(weights("pull", environment=environment))
    assert code == 3, said
    assert "legalcode" in said
    assert hub.asked == [], "before the terms are accepted nobody is asked for anything"

    hub.stalls[UNET] = 1_000_000
    killed = weights("pull", "--accept-licence", LICENCE, environment=environment)
    assert hub.stalled.wait(120)
    parts = tmp_path / DATA / "weights" / "idm-vton" / ".parts"
    until(lambda: [part for part in parts.glob("*") if part.stat().st_size > 900_000], 30, "no part came")
    killed.kill()
    ended(killed)
    hub.go.set()

    hub.asked.clear()
    code, said = ended(weights("pull", environment=environment))
    assert code == 0, said
    assert "legalcode" not in said, "accepted once"
    assert "Next: FASHIONCORE_ENGINE=idm ./fashioncore up" in said
    (again,) = hub.fetched(UNET)
    assert again.range is not None
    assert int(again.range.removeprefix("bytes=").removesuffix("-")) > 900_000
    code, said = ended(weights("verify", environment=environment))
    assert code == 0, said
    assert "ok  unet/diffusion_pytorch_model.fp16.safetensors" in said
    assert TOKEN not in said


def test_one_command_fetches_the_weights_and_runs_the_worker(
    hub: FakeHub, tmp_path: Path, database_url: str, redis_url: str
) -> None:
    with stage(database_url, redis_url, tmp_path) as opened:
        opened.environment |= settings(hub, tmp_path)
        opened.environment |= {"FASHIONCORE_ENGINE": "idm", "FASHIONCORE_ACCEPT_LICENCE": LICENCE}
        worker = opened.start("bot", "worker")
        until(lambda: "worker ready" in worker.output() or worker.process.poll() is not None, 180, worker.output)
        assert "worker ready" in worker.output(), worker.output()
        assert worker.stop() == 0
        hub.asked.clear()
        again = opened.start("bot", "worker")
        until(lambda: "worker ready" in again.output() or again.process.poll() is not None, 180, again.output)
        assert hub.asked == [], "a worker whose weights are there needs no network"
        assert again.stop() == 0
