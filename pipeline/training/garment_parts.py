"""Command: render garments, train the part model on them, write it as ONNX, score it.

python -m pipeline.training.garment_parts render SHEET.png     a sheet of samples with their truth
python -m pipeline.training.garment_parts train OUT.onnx       needs torch and onnx (docs/models/garment_parts.md)
python -m pipeline.training.garment_parts kind WEIGHTS.pt OUT.onnx   the category alone, from all kinds' weights
python -m pipeline.training.garment_parts score MODEL.onnx     on rendered garments it never saw
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.garment.parts import CATEGORIES, GarmentParts, Part
from pipeline.training.renderer import Sample, render
from pipeline.training.samples import load_or_render, render_set
from pipeline.training.score import as_text, evaluate
from pipeline.types import Category

HELD_OUT_SEED = 900_000_000
"""Garments from here on are never trained on."""

PALETTE = np.array(
    [
        (255, 255, 255), (70, 130, 230), (235, 70, 50), (40, 180, 80), (30, 30, 30), (250, 205, 30),
        (180, 70, 210), (255, 140, 60), (0, 200, 200), (240, 130, 190), (120, 80, 40),
    ],
    np.float32,
)  # fmt: skip
"""Colour of each Part on sheets."""


def _tile(sample: Sample) -> NDArray[np.uint8]:
    colour = 0.4 * sample.rgb + 0.6 * PALETTE[sample.parts]
    over = np.where(sample.parts[..., None] != Part.BACKGROUND, colour, sample.rgb).astype(np.uint8)
    for x, y in sample.landmarks[np.isfinite(sample.landmarks[:, 0])].round().astype(int):
        over[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2] = 0
    return np.hstack([sample.rgb, over])


def _render(options: argparse.Namespace) -> None:
    category = Category(options.category) if options.category else None
    tiles = [_tile(render(seed, category)) for seed in range(options.seed, options.seed + 24)]
    rows = [np.hstack(tiles[i : i + 4]) for i in range(0, 24, 4)]
    Image.fromarray(np.vstack(rows)).save(options.sheet)


def _train(options: argparse.Namespace) -> None:
    try:
        import torch  # noqa: PLC0415  (only this command needs it)

        from pipeline.training.fit import train  # noqa: PLC0415
        from pipeline.training.network import PART_OUTPUTS, export  # noqa: PLC0415
    except ImportError as missing:
        sys.exit(
            f"training needs {missing.name}: python -m pip install torch==2.13.0 onnx "
            "(in an environment of its own)"
        )
    torch.set_num_threads(options.threads)
    samples = load_or_render(options.cache, options.samples, options.seed, options.threads)
    if options.only is not None:
        samples = samples.of(CATEGORIES.index(Category(options.only)))
    _say(f"{len(samples)} rendered garments, {options.steps} steps")
    network = train(
        samples, options.steps, options.seed, small_share=options.small_share, start=options.start, say=_say
    )
    torch.save(network.state_dict(), options.model.with_suffix(".pt"))
    export(network, options.model, PART_OUTPUTS)
    _score(options)


def _kind(options: argparse.Namespace) -> None:
    import torch  # noqa: PLC0415  (only the training commands need it)

    from pipeline.training.network import KindNetwork, PartNetwork, export  # noqa: PLC0415

    network = PartNetwork()
    network.load_state_dict(torch.load(options.weights, weights_only=True))
    export(KindNetwork(network), options.model, ["category"])


def _score(options: argparse.Namespace) -> None:
    parts = GarmentParts(model=options.model.read_bytes())
    _say(as_text(evaluate(parts, render_set(options.held_out, HELD_OUT_SEED))))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.training.garment_parts")
    commands = parser.add_subparsers(required=True)
    sheet = commands.add_parser("render", help="a sheet of 24 samples with their truth")
    sheet.add_argument("sheet", type=Path)
    sheet.add_argument("--seed", type=int, default=0)
    sheet.add_argument("--category", choices=[category.value for category in Category])
    sheet.set_defaults(run=_render)
    train = commands.add_parser("train", help="render, train, export, score")
    train.add_argument("model", type=Path)
    train.add_argument("--samples", type=int, default=12_000)
    train.add_argument("--steps", type=int, default=4_000)
    train.add_argument("--seed", type=int, default=0)
    train.add_argument(
        "--small-share", type=float, default=0.5, help="share of steps at 128 instead of 192 pixels"
    )
    train.add_argument("--only", choices=[category.value for category in Category], help="leave the others out")
    train.add_argument("--start", type=Path, help="weights (.pt) to go on from")
    train.add_argument(
        "--cache", type=Path, default=Path("build/garment_parts"), help="folder of rendered garments"
    )
    train.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    train.set_defaults(run=_train)
    kind = commands.add_parser("kind", help="write the network that only tells the category")
    kind.add_argument("weights", type=Path, help="weights (.pt) of a training on all categories")
    kind.add_argument("model", type=Path)
    kind.set_defaults(run=_kind)
    score = commands.add_parser("score", help="score a model")
    score.add_argument("model", type=Path)
    score.set_defaults(run=_score)
    for command in (train, score):
        command.add_argument("--held-out", type=int, default=300, help="rendered garments to score on")
    options = parser.parse_args(arguments)
    options.run(options)


if __name__ == "__main__":
    main()
