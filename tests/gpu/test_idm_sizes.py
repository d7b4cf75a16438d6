"""Our networks and the plain ones compute the same, whatever the sizes."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from pipeline.engines.idm.networks import GarmentNet, ResamplerSizes, SeenGarment, TryonNet, standing_for
from tests.gpu.plain import PlainGarmentNet, PlainTryonNet

pytestmark = pytest.mark.filterwarnings("default")

DOWN, DOWN_SEEING = "DownBlock2D", "CrossAttnDownBlock2D"
UP, UP_SEEING = "UpBlock2D", "CrossAttnUpBlock2D"
SHALLOW: dict[str, Any] = {
    "block_out_channels": (16, 48),
    "layers_per_block": 1,
    "transformer_layers_per_block": (1, 3),
    "attention_head_dim": (2, 3),
    "down_block_types": (DOWN, DOWN_SEEING),
    "up_block_types": (UP_SEEING, UP),
}
DEEP: dict[str, Any] = {
    "block_out_channels": (8, 16, 24, 40),
    "layers_per_block": 2,
    "transformer_layers_per_block": (1, 2, 1, 3),
    "attention_head_dim": (1, 2, 3, 5),
    "down_block_types": (DOWN, DOWN_SEEING, DOWN_SEEING, DOWN_SEEING),
    "up_block_types": (UP_SEEING, UP_SEEING, UP_SEEING, UP),
}
SEEING_EVERYWHERE: dict[str, Any] = {
    **SHALLOW,
    "down_block_types": (DOWN_SEEING, DOWN_SEEING),
    "up_block_types": (UP_SEEING, UP_SEEING),
}


@pytest.mark.parametrize("sizes", [SHALLOW, DEEP, SEEING_EVERYWHERE])
@pytest.mark.parametrize("latents", [(16, 8), (18, 13)])
def test_ours_and_the_plain_way_agree(sizes: dict[str, Any], latents: tuple[int, int]) -> None:
    torch.manual_seed(11)
    common = {**sizes, "norm_num_groups": 4, "cross_attention_dim": 20, "use_linear_projection": True}
    tryon = {
        **common,
        "in_channels": 13,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 6,
        "projection_class_embeddings_input_dim": 48,
    }
    resampler = ResamplerSizes(
        picture_width=10, width=14, inner_width=64, depth=1, queries=5, hidden_width=9, out_width=20
    )
    net, garment_net = TryonNet(tryon, resampler).eval(), GarmentNet(common).eval()
    plain = PlainTryonNet(tryon, net, resampler.queries)
    plain_garment = PlainGarmentNet(common, garment_net)
    at = torch.tensor(321)
    garment, garment_text = torch.randn(2, 4, *latents), torch.randn(2, 7, 20)
    sample, text, pooled = torch.randn(2, 13, *latents), torch.randn(2, 7, 20), torch.randn(2, 12)
    ids = torch.tensor([[96.0, 64.0, 0.0, 0.0, 96.0, 64.0]]).expand(2, -1)
    with torch.inference_mode():
        picture = net.resampler(torch.randn(2, 3, 10))
        plain.features = plain_garment.read(garment, at, garment_text)
        expected = plain.predict(sample, at, text, picture, {"text_embeds": pooled, "time_ids": ids})
        garment_net.drop_tail()
        features, _ = garment_net.read(garment, at, garment_text)
        ours = net.predict(
            sample,
            at,
            text=text,
            picture_tokens=picture,
            pooled_text=pooled,
            sizes=ids,
            garment=SeenGarment(features),
        )
    assert sorted(features) == list(range(len(plain.features)))
    for place, feature in features.items():
        assert torch.allclose(feature, plain.features[place], atol=1e-4)
    assert torch.allclose(ours, expected, atol=1e-4)
    assert expected.std() > 0.01


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
@pytest.mark.parametrize("count", [1, 12, 768, 3072, 12288])
def test_few_tokens_count_as_many_in_every_precision(dtype: torch.dtype, count: int) -> None:
    logs = standing_for(count, dtype)
    assert torch.tensor(logs, dtype=dtype).double().tolist() == logs, "no rounding is left to be done"
    assert sum(map(math.exp, logs)) == pytest.approx(count, rel=1e-5)
