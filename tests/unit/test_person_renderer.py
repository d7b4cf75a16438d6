"""Drawn people for training: the same for a seed, and labels that agree with the picture."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.person.parts import MODEL_HEIGHT, MODEL_WIDTH, POSE_PLANES, Part
from pipeline.training.person.renderer import Sample, render


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return [render(seed) for seed in range(24)]


def test_a_seed_always_draws_the_same_person() -> None:
    first, again = render(5), render(5)
    for name in ("rgb", "alpha", "pose", "parts"):
        assert (getattr(first, name) == getattr(again, name)).all()
    assert (first.rgb != render(6).rgb).any()


def test_samples_have_the_models_own_size_and_labels(samples: list[Sample]) -> None:
    for sample in samples:
        assert sample.rgb.shape == (MODEL_HEIGHT, MODEL_WIDTH, 3)
        assert sample.pose.shape == (POSE_PLANES, MODEL_HEIGHT, MODEL_WIDTH)
        assert sample.parts.max() < len(Part)
    seen = set(np.unique(np.stack([sample.parts for sample in samples])).tolist())
    assert len(Part) - len(seen) <= 1


def test_people_lie_inside_their_cutout(samples: list[Sample]) -> None:
    for sample in samples:
        person = sample.parts != Part.BACKGROUND
        assert person.mean() > 0.05
        assert (sample.alpha[person] > 64).mean() > 0.8


def test_arms_are_labelled_where_the_skeleton_has_them() -> None:
    """Pose planes 2 and 3 are the left and the right arm of the picture, as the labels are."""
    near = {2: 0, 3: 0}
    for seed in range(40, 80):
        sample = render(seed)
        for plane, own, other in ((2, Part.LEFT_ARM, Part.RIGHT_ARM), (3, Part.RIGHT_ARM, Part.LEFT_ARM)):
            bone = sample.pose[plane] > 90
            near[plane] += int((sample.parts[bone] == own).sum()) - 3 * int((sample.parts[bone] == other).sum())
    assert min(near.values()) > 0
