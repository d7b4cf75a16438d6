"""Command: render close-ups of necks, train the model that finds their opening, write it as ONNX, score it.

python -m pipeline.training.garment_neck render SHEET.png     a sheet of samples with their truth
python -m pipeline.training.garment_neck train OUT.onnx       needs torch and onnx (docs/models/garment_parts.md)
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.training.necks import FRONT, OPENING, CloseUp, load_or_render_necks, render_neck

HELD_OUT_SEED = 900_000_000
"""Necks from here on are never trained on."""


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _render(options: argparse.Namespace) -> None:
    tiles = []
    for seed in range(options.seed, options.seed + 48):
        neck = render_neck(seed)
        tint = np.zeros((*neck.labels.shape, 3), np.float32)
        tint[neck.labels == OPENING] = (255, 0, 0)
        tint[neck.labels == FRONT] = (0, 160, 0)
        tiles.append(np.hstack([neck.planes[..., :3], (0.6 * neck.planes[..., :3] + 0.4 * tint).astype(np.uint8)]))
    rows = [np.hstack(tiles[i : i + 6]) for i in range(0, 48, 6)]
    Image.fromarray(np.vstack(rows)).save(options.sheet)


def _train(options: argparse.Namespace) -> None:
    try:
        import torch  # noqa: PLC0415  (only this command needs it)

        from pipeline.training.neck_fit import export, train  # noqa: PLC0415
    except ImportError as missing:
        sys.exit(
            f"training needs {missing.name}: python -m pip install torch==2.13.0 onnx "
            "(in an environment of its own)"
        )
    torch.set_num_threads(options.threads)
    necks = load_or_render_necks(options.cache, options.samples, options.seed, options.threads)
    _say(f"{len(necks.planes)} rendered necks, {options.steps} steps")
    network = train(necks, options.steps, options.seed, start=options.start, say=_say)
    torch.save(network.state_dict(), options.model.with_suffix(".pt"))
    export(network, options.model)
    held_out = load_or_render_necks(options.cache, options.held_out, HELD_OUT_SEED, options.threads)
    with torch.no_grad():
        planes = torch.from_numpy(held_out.planes).permute(0, 3, 1, 2).float() / 255
        found = torch.cat([network(part) for part in planes.split(50)])[:, 0].numpy() > 0
    _say(f"IoU of the opening, median of {len(found)} necks: {overlap(found, held_out):.3f}")


def overlap(found: NDArray[np.bool_], necks: CloseUp) -> float:
    """Median intersection over union of `found` (N, 128, 128) with the openings there are."""
    scores = []
    for opening, labels in zip(found, necks.labels, strict=True):
        truth, own = labels == OPENING, opening & (labels <= OPENING)
        if truth.sum() >= 20:
            scores.append(float((truth & own).sum()) / float((truth | own).sum()))
    return float(np.median(scores))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.training.garment_neck")
    commands = parser.add_subparsers(required=True)
    sheet = commands.add_parser("render", help="a sheet of 48 samples with their truth")
    sheet.add_argument("sheet", type=Path)
    sheet.add_argument("--seed", type=int, default=0)
    sheet.set_defaults(run=_render)
    train = commands.add_parser("train", help="render, train, export, score")
    train.add_argument("model", type=Path)
    train.add_argument("--samples", type=int, default=6_000)
    train.add_argument("--steps", type=int, default=2_500)
    train.add_argument("--seed", type=int, default=0)
    train.add_argument("--start", type=Path, help="weights (.pt) to go on from")
    train.add_argument("--cache", type=Path, default=Path("build/garment_neck"), help="folder of rendered necks")
    train.add_argument("--held-out", type=int, default=500)
    train.add_argument("--threads", type=int, default=2)
    train.set_defaults(run=_train)
    options = parser.parse_args(arguments)
    options.run(options)


if __name__ == "__main__":
    main()
