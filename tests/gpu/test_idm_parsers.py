"""The readers of SCHP and DensePose, on tiny networks with the published inputs and outputs that know colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from pipeline.engines.idm import agnostic as atr
from pipeline.engines.idm.body_map import FRONT, PALETTE, RIGHT_HEAD, coloured
from pipeline.engines.idm.engine import IdmEngine
from pipeline.engines.idm.parsers import LIP_FACE, BodyMapper, HumanParser
from pipeline.types import Image, no_progress
from tests.gpu.onnx_files import model, node, tensor
from tests.gpu.test_idm_engine import CHECKPOINT, OPTIONS, tee

pytestmark = pytest.mark.filterwarnings("default")

GREY, RED, ORANGE, BLUE, GREEN = (124, 116, 104), (255, 0, 0), (255, 128, 0), (0, 0, 255), (0, 255, 0)
Scores = dict[int, tuple[float, float, float, float]]
"""Of a label: how much blue, green and red, in ImageNet's deviations, count for it, and what it has anyway."""


def schp(side: int, labels: int, scores: Scores) -> bytes:
    """(1, 3, side, side) to scores of two stages at a quarter of the size, the first misleading, and edges."""
    weights, given = np.zeros((labels, 3, 1, 1), np.float32), np.full(labels, -9.0, np.float32)
    for label, (blue, green, red, anyway) in scores.items():
        weights[label, :, 0, 0], given[label] = (blue, green, red), anyway
    small = -(-side // 4)
    return model(
        [
            node("AveragePool", ["image"], "small", kernel_shape=[4, 4], strides=[4, 4], ceil_mode=1),
            node("Conv", ["small", "weights", "given"], "second", kernel_shape=[1, 1]),
            node("Neg", ["second"], "first"),
            node("Neg", ["small"], "edges"),
        ],
        [tensor("weights", weights), tensor("given", given)],
        {"image": (1, 3, side, side)},
        {name: (1, labels, small, small) for name in ("first", "second")} | {"edges": (1, 3, small, small)},
    )


@pytest.fixture(scope="module")
def parsing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Blue is a top, red and orange a head, green an arm; only red is a face."""
    folder = tmp_path_factory.mktemp("humanparsing")
    blue_green_red: Scores = {
        0: (0, 0, 0, 1.0),
        atr.UPPER: (1.0, -0.5, -0.5, 0),
        atr.HEAD: (-1.0, 0, 1.0, 0),
        atr.RIGHT_ARM: (0, 1.0, -1.0, 0),
    }
    (folder / "parsing_atr.onnx").write_bytes(schp(512, 18, blue_green_red))
    (folder / "parsing_lip.onnx").write_bytes(schp(473, 20, {0: (0, 0, 0, 3.0), LIP_FACE: (0, -2.0, 1.0, 0)}))
    return folder


@pytest.fixture
def figure() -> Image:
    """384 x 512: a face and a neck over a blue top with a hole in it, and an arm at the picture's left edge."""
    picture = np.full((512, 384, 3), GREY, np.uint8)
    picture[40:120, 160:240] = RED
    picture[120:160, 180:220] = ORANGE
    picture[160:400, 120:280] = BLUE
    picture[240:280, 180:220] = GREY
    picture[160:400, 0:60] = GREEN
    return picture


def at(labels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], box: Sequence[int]) -> set[int]:
    """The labels within a rectangle, its edges left to rounding."""
    left, top, right, bottom = box
    return set(np.unique(labels[top + 6 : bottom - 6, left + 6 : right - 6]).tolist())


@pytest.mark.parametrize("scale", [1, 2])
def test_schp_is_read_upright_in_its_colours_and_the_neck_is_no_face(
    parsing: Path, figure: Image, scale: int
) -> None:
    labels = HumanParser(parsing).parse(figure.repeat(scale, axis=0).repeat(scale, axis=1))
    assert labels.shape == (512 * scale, 384 * scale)
    labels = labels[::scale, ::scale]
    assert at(labels, (160, 40, 240, 120)) == {atr.HEAD}
    assert at(labels, (180, 120, 220, 160)) == {atr.NECK}
    assert at(labels, (120, 160, 280, 400)) == {atr.UPPER}, "the hole too"
    assert at(labels, (0, 160, 60, 400)) == {atr.RIGHT_ARM}
    assert at(labels, (120, 410, 280, 512)) == {0}
    edge = [int(np.flatnonzero(labels[350] == atr.UPPER)[end]) for end in (0, -1)]
    assert np.abs(np.array(edge) - [120, 279]).max() <= 3


class Painted(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """DensePose's way of answering: two people, of whom the second is the red one and the larger."""

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        found = torch.nonzero((image[2] > 200) & (image[0] < 50))
        low, high = found.min(dim=0).values.float(), found.max(dim=0).values.float() + 1
        box = torch.stack([low[1], low[0], high[1], high[0]])
        boxes = torch.stack([torch.tensor([0.0, 0.0, 9.0, 9.0]), box])
        coarse, fine = torch.zeros(2, 2, 112, 112), torch.zeros(2, 25, 112, 112)
        coarse[:, 1] = 1.0
        coarse[:, 0, :, :28] = 2.0
        fine[:, 23, :56] = 1.0
        fine[:, 2, 56:] = 1.0
        return boxes, coarse, fine, torch.zeros(2, 25, 112, 112), torch.zeros(2, 25, 112, 112)


class Nobody(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    def forward(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        del image
        none = torch.zeros(0, 25, 112, 112)
        return torch.zeros(0, 4), torch.zeros(0, 2, 112, 112), none, none, none


def as_torchscript(network: torch.nn.Module, file: Path) -> Path:
    file.parent.mkdir(exist_ok=True)
    torch.jit.script(network).save(str(file))
    return file


def test_densepose_is_read_for_the_largest_person_within_their_box(tmp_path: Path, figure: Image) -> None:
    parts = BodyMapper(as_torchscript(Painted(), tmp_path / "densepose.torchscript"), "cpu").parts(figure)
    assert parts.shape == figure.shape[:2]
    # Red and orange are one person here: 160..240 by 40..160, a quarter of which on the left is ground.
    assert at(parts, (180, 40, 240, 100)) == {RIGHT_HEAD}
    assert at(parts, (180, 100, 240, 160)) == {FRONT}
    outside = parts.copy()
    outside[40:160, 180:240] = 0
    assert not outside.any()
    assert set(map(tuple, coloured(parts)[45:155, 190:230].reshape(-1, 3).tolist())) == {
        tuple(PALETTE[label].tolist()) for label in (RIGHT_HEAD, FRONT)
    }


def test_nobody_found_is_an_empty_map(tmp_path: Path, figure: Image) -> None:
    assert not BodyMapper(as_torchscript(Nobody(), tmp_path / "nobody.ts"), "cpu").parts(figure).any()


def test_the_record_says_which_networks_a_picture_was_drawn_by(parsing: Path, tmp_path: Path) -> None:
    request = tee()
    assert IdmEngine(OPTIONS).render(request, no_progress).facts["conditions"] == {
        "parse": "preview",
        "joints": "mediapipe",
        "body map": "drawn",
    }
    for each in CHECKPOINT.iterdir():
        (tmp_path / each.name).symlink_to(each)
    (tmp_path / "humanparsing").symlink_to(parsing)
    for network, said in ((Painted(), "densepose"), (Nobody(), "drawn")):
        as_torchscript(network, tmp_path / "densepose" / "densepose.ts")
        painted = replace(request, person=request.person.copy())
        painted.person[20:60, 20:60] = RED
        result = IdmEngine(replace(OPTIONS, weights=tmp_path)).render(painted, no_progress)
        assert result.facts["conditions"] == {"parse": "schp", "joints": "mediapipe", "body map": said}
        assert result.mask.any()
