"""The whole measurement: every case, the pairs, the controls, determinism; spread over processes by person."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

import cv2

from pipeline.engines.registry import engine
from tests.quality.judge import Outcome, judge, judge_pair
from tests.quality.material import Case, load, material
from tests.quality.painters import Echo, EnginePainter, Flat, Painter, Paste
from tests.quality.sheet import keep_pictures

CONTROL_CASES = (
    "hd-00891+purple-longsleeve",
    "hd-03615+coral-tee",
    "pair-00055+black-lettered-tee",
    "pair-00067+white-figure-tee",
    "studio-014+purple-longsleeve",
)
ANOTHER = ("coral-tee", "purple-longsleeve")
SAME_BYTES_CASES = ("hd-08909+coral-tee", "street-003+black-emblem-tee", "sample-1+denim-jacket")


@dataclass(slots=True)
class Run:
    """Everything that was measured. `controls` by the control's name; `same_bytes` is None when not looked at."""

    cases: list[Outcome] = field(default_factory=list)
    pairs: list[Outcome] = field(default_factory=list)
    controls: dict[str, list[Outcome]] = field(default_factory=dict)
    same_bytes: bool | None = None


def controls() -> dict[str, Painter]:
    """What must not pass."""
    return {
        "input echoed": Echo(),
        "flat colour": Flat(),
        "affine paste": Paste(),
        "another garment": EnginePainter(engine("preview"), ANOTHER),
    }


def named(names: tuple[str, ...]) -> list[Case]:
    """Cases by name, in that order."""
    known = {case.name: case for case in material().cases}
    return [known[name] for name in names]


def measure(folder: Path, only: str, jobs: int) -> Run:
    """Measure the cases whose name contains `only`; pictures for the contact sheet go to `folder`.

    Pairs, controls and determinism are measured when nothing is left out.
    """
    run = Run()
    named(SAME_BYTES_CASES)  # a name that is none shows now, not after all the work
    # One person after the other, so that each photo is new to the engine once.
    order = list(material().people)
    chosen = [case for case in material().cases if only in case.name]
    chosen.sort(key=lambda case: order.index(case.person.name))
    people = [list(group) for _, group in groupby(chosen, key=lambda case: case.person.name)]
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(jobs,)) as pool:
        for outcomes in pool.map(_judge_all, people, [folder] * len(people)):
            run.cases += outcomes
            _say(f"{len(run.cases)} of {len(chosen)}")
        if only:
            run.pairs = list(pool.map(_judge_pair, [case for case in material().pairs if only in case.name]))
            return run
        run.pairs = list(pool.map(_judge_pair, material().pairs))
        names = list(controls())
        run.controls = dict(zip(names, pool.map(_judge_control, names), strict=True))
    run.same_bytes = same_bytes(SAME_BYTES_CASES)
    return run


def same_bytes(names: tuple[str, ...]) -> bool:
    """Do other processes with other thread counts paint the same?"""
    return len({json.dumps(_digests_elsewhere(names, threads)) for threads in (1, 2, 3)}) == 1


def digests(names: tuple[str, ...], threads: int) -> list[str]:
    """SHA-256 of the pixels of each case."""
    cv2.setNumThreads(threads)
    painter = EnginePainter(engine("preview"))
    found = []
    for case in named(names):
        painted = painter.paint(case, load(case.person.file, case.person.sample), None)
        found.append(hashlib.sha256(painted.image.tobytes()).hexdigest())
    return found


def _digests_elsewhere(names: tuple[str, ...], threads: int) -> list[str]:
    count = str(threads)
    done = subprocess.run(
        [sys.executable, "-m", "tests.quality", "--digests", ",".join(names), "--threads", count],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "OPENBLAS_NUM_THREADS": count, "OMP_NUM_THREADS": count},
        cwd=Path(__file__).resolve().parents[2],
        text=True,
    )
    return [str(digest) for digest in json.loads(done.stdout)]


def _start(jobs: int) -> None:
    """In a worker: two at work share the cores, one alone may have them."""
    if jobs > 1:
        cv2.setNumThreads(1)


def _judge_all(cases: list[Case], folder: Path) -> list[Outcome]:
    painter = EnginePainter(engine("preview"))
    outcomes = []
    for case in cases:
        outcome = judge(case, painter)
        keep_pictures(outcome, folder)
        outcomes.append(outcome)
    return outcomes


def _judge_pair(case: Case) -> Outcome:
    outcome = judge_pair(case, EnginePainter(engine("preview")))
    outcome.image = None
    return outcome


def _judge_control(name: str) -> list[Outcome]:
    painter = controls()[name]
    outcomes = [judge(case, painter) for case in named(CONTROL_CASES)]
    if name != "another garment":
        outcomes += [judge_pair(case, painter) for case in material().pairs]
    for outcome in outcomes:
        outcome.image = None
    return outcomes


def _say(words: str) -> None:
    sys.stderr.write(f"\r{words}  ")
    sys.stderr.flush()
