"""`doctor` says what a machine can run, and what to do next, before anything large was installed on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.weights.checks import findings
from bot.weights.gpus import find_gpus
from bot.weights.licence import LICENCE, accept
from bot.weights.store import KeptFile, Record, Store
from pipeline.engines.idm.layout import COMPONENTS
from pipeline.engines.idm.plans import cpu_bytes, cpu_seconds
from storage.environment import EngineSettings


class Machine:
    """A machine whose driver says what it is told to say."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._program = folder / "bin" / "nvidia-smi"
        self._program.parent.mkdir()
        self.data = folder / "data"
        monkeypatch.setenv("PATH", str(self._program.parent))

    def has(self, *gpus: str, fails: bool = False) -> None:
        lines = "".join(f"echo '{gpu}'\n" for gpu in gpus)
        self._program.write_text(f"#!/bin/sh\n{lines}exit {int(fails)}\n")
        self._program.chmod(0o755)

    def doctor(self, **settings: object) -> dict[str, tuple[bool, str]]:
        read = EngineSettings(data=self.data, _env_file=None, **settings)  # type: ignore[arg-type]
        return {each.what: (each.well, each.detail) for each in findings(read)}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_without_a_gpu_all_is_well_unless_the_engine_is_wanted(machine: Machine) -> None:
    assert find_gpus() == []
    assert machine.doctor()["GPU"][0]
    assert "weights" not in machine.doctor()
    assert not machine.doctor(engine="idm")["GPU"][0]


def test_without_a_gpu_it_says_what_the_cpu_would_take(machine: Machine) -> None:
    seconds, needed = cpu_seconds(768 * 1024, 30, 100e9), cpu_bytes(768 * 1024, 4)
    assert 1.0 < seconds / 3600 < 1.5, "hours, at a hundred billion operations a second"
    assert 35e9 < needed < 40e9
    assert cpu_seconds(768 * 1024, 15, 100e9) < 0.6 * seconds
    assert cpu_bytes(768 * 1024, 2) == pytest.approx(needed / 2, rel=0.05)
    said = machine.doctor(engine="idm")["GPU"][1]
    assert "a picture (30 steps) or more" in said
    assert "37 GB of memory" in said
    assert "torch" in said
    assert "docs/remote.md" in said
    # Somebody wants to wait, and has the memory for small pictures in half precision.
    small = {"idm_device": "cpu", "idm_dtype": "bfloat16", "idm_width": 64, "idm_height": 64, "idm_steps": 1}
    well, said = machine.doctor(engine="idm", **small)["GPU"]
    assert well == ("too little" not in said)
    assert "14 GB of memory" in said


@pytest.mark.parametrize(
    ("free_mib", "plan"),
    [(24_000, "resident"), (17_000, "model-offload"), (11_500, "8-bit"), (7_000, "sequential-offload")],
)
def test_the_memory_that_is_free_decides_the_plan(machine: Machine, free_mib: int, plan: str) -> None:
    machine.has(f"0, NVIDIA RTX A5000, 24564, {free_mib}")
    well, said = machine.doctor()["GPU"]
    assert well
    assert f"plan {plan}," in said
    assert ("slower than" in said) is (plan != "resident")
    assert ("moving weights" in said) is (plan == "sequential-offload")


def test_too_little_memory_is_said(machine: Machine) -> None:
    machine.has("0, NVIDIA GeForce GTX 1050, 4096, 3900")
    assert machine.doctor()["GPU"][0]
    well, said = machine.doctor(engine="idm")["GPU"]
    assert not well
    assert "too little" in said


def test_the_seconds_follow_the_steps_and_say_whose_figures_they_are(machine: Machine) -> None:
    machine.has("0, NVIDIA GeForce RTX 4090, 24564, 24000")
    assert "8 s a picture (30 steps) on this card, as users of the reference report" in machine.doctor()["GPU"][1]
    assert "4 s a picture (15 steps)" in machine.doctor(idm_steps=15)["GPU"][1]


def test_of_several_the_freest_or_the_named_one_is_looked_at(machine: Machine) -> None:
    machine.has("0, One, 24564, 9000", "1, Two, 24564, 24000", "2, Broken, [N/A], [N/A]")
    assert machine.doctor()["GPU"][1].startswith("Two")
    assert machine.doctor(idm_device="cuda:0")["GPU"][1].startswith("One")
    well, said = machine.doctor(engine="idm", idm_device="cuda:7")["GPU"]
    assert not well
    assert "cuda:7 is not there" in said


def test_a_driver_that_does_not_answer_is_no_gpu(machine: Machine) -> None:
    machine.has("Failed to initialize NVML: Driver/library version mismatch", fails=True)
    assert find_gpus() == []


def test_it_names_the_next_command_until_there_is_none(machine: Machine) -> None:
    machine.has("0, NVIDIA GeForce RTX 4090, 24564, 24000")
    well, said = machine.doctor()["weights"]
    assert well
    assert "Next: ./fashioncore weights pull, then FASHIONCORE_ENGINE=idm ./fashioncore up" in said
    assert not machine.doctor(engine="idm")["weights"][0]

    folder = machine.data / "weights" / "idm-vton"
    files = {}
    for name in COMPONENTS:
        (folder / name).mkdir(parents=True)
        (folder / name / "config.json").write_text("{}")
        files[f"{name}/config.json"] = KeptFile(2, "", ("",))
    well, said = machine.doctor()["weights"]
    assert well
    assert "not checked, their terms were not accepted here" in said

    Store(folder).write(Record("https://hub.example/o/n", "c0ffee00" * 5, "now", files))
    accept(folder, LICENCE, None, lambda _: None)
    well, said = machine.doctor()["weights"]
    assert said.startswith("https://hub.example/o/n at c0ffee00, 0.0 GB, terms accepted 20")
    assert said.endswith("Next: FASHIONCORE_ENGINE=idm ./fashioncore up")
    assert "Next" not in machine.doctor(engine="idm")["weights"][1]
