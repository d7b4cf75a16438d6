"""Command: draw people, train the person part model on them, write it as ONNX, score it.

python -m pipeline.training.person render SHEET.png     a sheet of figures with their truth
python -m pipeline.training.person train OUT.onnx       needs torch and onnx (docs/models/person_parts.md)
python -m pipeline.training.person score MODEL.onnx     on figures it never saw
python -m pipeline.training.person measure FOLDER       the shipped model on real photos with published parses
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.person.parts import Part, PersonParts
from pipeline.training.person.renderer import Sample, render
from pipeline.training.person.samples import load_or_render, render_set

HELD_OUT_SEED = 900_000_000
"""Figures from here on are never trained on."""

PALETTE = np.array(
    [
        (255, 255, 255), (230, 30, 30), (255, 200, 150), (60, 220, 60), (0, 120, 0), (255, 255, 0),
        (255, 150, 60), (60, 90, 240), (0, 230, 255), (150, 40, 180), (255, 90, 190), (20, 20, 20),
    ],
    np.float32,
)  # fmt: skip
"""Colour of each Part on sheets."""


def _tile(sample: Sample) -> NDArray[np.uint8]:
    over = (0.35 * sample.rgb + 0.65 * PALETTE[sample.parts]).astype(np.uint8)
    return np.hstack([sample.rgb, over])


def _render(options: argparse.Namespace) -> None:
    tiles = [_tile(render(seed)) for seed in range(options.seed, options.seed + 24)]
    rows = [np.hstack(tiles[i : i + 6]) for i in range(0, 24, 6)]
    Image.fromarray(np.vstack(rows)).save(options.sheet)


def _train(options: argparse.Namespace) -> None:
    try:
        import torch  # noqa: PLC0415  (only this command needs it)

        from pipeline.training.person.fit import PEAK_RATE, train  # noqa: PLC0415
        from pipeline.training.person.network import export  # noqa: PLC0415
    except ImportError as missing:
        sys.exit(
            f"training needs {missing.name}: python -m pip install torch==2.13.0 onnx "
            "(in an environment of its own)"
        )
    samples = load_or_render(options.cache, options.samples, options.seed, options.threads)
    torch.set_num_threads(options.threads)
    _say(f"{len(samples)} figures, {options.steps} steps")
    network = train(
        samples,
        options.steps,
        options.seed,
        small_share=options.small_share,
        rate=options.rate or PEAK_RATE,
        start=options.start,
        say=_say,
    )
    torch.save(network.state_dict(), options.model.with_suffix(".pt"))
    export(network, options.model)
    _score(options)


def _score(options: argparse.Namespace) -> None:
    """Intersection over union of each part on figures never trained on."""
    parts, samples = PersonParts(options.model.read_bytes()), render_set(options.held_out, HELD_OUT_SEED)
    hits, union = np.zeros(len(Part)), np.zeros(len(Part))
    for i in range(len(samples)):
        found = parts.run(samples.rgb[i], samples.alpha[i], samples.pose[i]).argmax(axis=0)
        for part in Part:
            truth = samples.parts[i] == part
            hits[part] += ((found == part) & truth).sum()
            union[part] += ((found == part) | truth).sum()
    for part in Part:
        _say(f"  IoU {part.name.lower():<12} {hits[part] / max(union[part], 1):.3f}")


def _measure(options: argparse.Namespace) -> None:
    from pipeline.training.person.measure import as_text, measure  # noqa: PLC0415  (needs mediapipe; training not)

    _say(as_text(measure(options.folder)))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.training.person")
    commands = parser.add_subparsers(required=True)
    sheet = commands.add_parser("render", help="a sheet of 24 figures with their truth")
    sheet.add_argument("sheet", type=Path)
    sheet.add_argument("--seed", type=int, default=0)
    sheet.set_defaults(run=_render)
    train = commands.add_parser("train", help="render, train, export, score")
    train.add_argument("model", type=Path)
    train.add_argument("--samples", type=int, default=10_000)
    train.add_argument("--steps", type=int, default=2_500)
    train.add_argument("--seed", type=int, default=0)
    train.add_argument("--small-share", type=float, default=0.6, help="share of steps at half the size")
    train.add_argument("--rate", type=float, help="highest learning rate")
    train.add_argument("--start", type=Path, help="weights (.pt) to go on from")
    train.add_argument("--cache", type=Path, default=Path("build/person_parts"), help="folder of rendered figures")
    train.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    train.set_defaults(run=_train)
    score = commands.add_parser("score", help="score a model")
    score.add_argument("model", type=Path)
    score.set_defaults(run=_score)
    real = commands.add_parser("measure", help="score the shipped model on real photos")
    real.add_argument("folder", type=Path)
    real.set_defaults(run=_measure)
    for command in (train, score):
        command.add_argument("--held-out", type=int, default=200, help="figures to score on")
    options = parser.parse_args(arguments)
    options.run(options)


if __name__ == "__main__":
    main()
