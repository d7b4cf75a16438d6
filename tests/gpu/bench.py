"""`python -m tests.gpu.bench`: one step of ours against the plain way, on random networks; a Markdown table.

Seconds are of the processor, so that other programs count less.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import torch

from pipeline.engines.idm.networks import GarmentNet, ResamplerSizes, SeenGarment, TryonNet
from tests.gpu.plain import PlainGarmentNet, PlainTryonNet

SIZES: dict[str, tuple[dict[str, Any], tuple[int, int]]] = {
    "the tiny checkpoint's kind": (
        {
            "block_out_channels": (32, 64, 128),
            "transformer_layers_per_block": (1, 2, 3),
            "attention_head_dim": (2, 2, 4),
        },
        (32, 24),
    ),
    "a quarter of SDXL's widths": (
        {
            "block_out_channels": (80, 160, 320),
            "transformer_layers_per_block": (1, 2, 10),
            "attention_head_dim": (2, 4, 5),
        },
        (64, 48),
    ),
}
_COMMON: dict[str, Any] = {
    "layers_per_block": 2,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    "norm_num_groups": 8,
    "cross_attention_dim": 256,
    "use_linear_projection": True,
}
ROUNDS = 3


def _seconds(work: Callable[[], object]) -> float:
    work()
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


@torch.inference_mode()  # type: ignore[untyped-decorator, unused-ignore]
def measure(sizes: dict[str, Any], latents: tuple[int, int]) -> tuple[float, float, float]:
    """Seconds of one guided step: the plain way, ours, and ours with a garment that was read before."""
    torch.manual_seed(1)
    common = {**_COMMON, **sizes}
    tryon = {**common, "in_channels": 13, "addition_embed_type": "text_time", "addition_time_embed_dim": 8}
    tryon["projection_class_embeddings_input_dim"] = 64
    resampler = ResamplerSizes(64, 64, 64, 1, 16, 64, 256)
    net, garment_net = TryonNet(tryon, resampler).eval(), GarmentNet(common).eval()
    plain, plain_garment = PlainTryonNet(tryon, net, 16), PlainGarmentNet(common, garment_net)
    garment_net.drop_tail()
    at, text, pooled = torch.tensor(501), torch.randn(2, 77, 256), torch.randn(2, 16)
    garment, sample, picture = torch.randn(1, 4, *latents), torch.randn(2, 13, *latents), torch.randn(2, 16, 256)
    ids = torch.tensor([[512.0, 384.0, 0.0, 0.0, 512.0, 384.0]]).expand(2, -1)

    def plain_step() -> torch.Tensor:
        found = plain_garment.read(garment, at, text[:1])
        plain.features = [torch.cat([torch.zeros_like(each), each]) for each in found]
        return plain.predict(sample, at, text, picture, {"text_embeds": pooled, "time_ids": ids})

    def ours(features: Any) -> torch.Tensor:
        return net.predict(
            sample,
            at,
            text=text,
            picture_tokens=picture,
            pooled_text=pooled,
            sizes=ids,
            garment=SeenGarment(features, blind=1),
        )

    known, _ = garment_net.read(garment, at, text[:1])
    if not torch.allclose(ours(known), plain_step(), atol=1e-3):
        raise AssertionError("the two ways do not compute the same")
    return (
        _seconds(plain_step),
        _seconds(lambda: ours(garment_net.read(garment, at, text[:1])[0])),
        _seconds(lambda: ours(known)),
    )


def main() -> None:
    """Print the table."""
    print("| networks | plain step | ours | ratio | garment known | ratio |\n|---|---|---|---|---|---|")
    for name, (sizes, latents) in SIZES.items():
        plain, ours, again = measure(sizes, latents)
        figures = (
            f"{plain:.2f} s",
            f"{ours:.2f} s",
            f"{plain / ours:.2f}",
            f"{again:.2f} s",
            f"{plain / again:.2f}",
        )
        print(f"| {name} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    main()
