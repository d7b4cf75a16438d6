"""`python -m tests.gpu.bench`: pictures by ours and by the plain way, on random networks; a Markdown table.

Seconds are of the processor, so that other programs count less. The first line counts the arithmetic of one step
of the published networks: more than its ratio comes of keeping the machine busier.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

from pipeline.engines.idm.diffusion import STEPS, IdmVton, Inputs, seeded
from pipeline.engines.idm.networks import GarmentNet, ResamplerSizes, SeenGarment, TryonNet
from pipeline.engines.idm.weights import load_garment_net
from tests.data import TEST_DATA
from tests.gpu.plain import PlainGarmentNet, PlainPipeline, PlainTryonNet

CHECKPOINT = TEST_DATA / "idm" / "golden" / "ckpt"
SEEING = {
    "layers_per_block": 2,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    "transformer_layers_per_block": (1, 2, 10),
    "use_linear_projection": True,
}
SDXL: dict[str, Any] = {
    **SEEING,
    "block_out_channels": (320, 640, 1280),
    "attention_head_dim": (5, 10, 20),
    "cross_attention_dim": 2048,
}
HALF: dict[str, Any] = {**SEEING, "block_out_channels": (160, 320, 640), "attention_head_dim": (5, 5, 10)}
SHELF_BYTES = 2**33


def golden() -> tuple[IdmVton, GarmentNet]:
    """The tiny checkpoint, and its GarmentNet with its tail."""
    return IdmVton(CHECKPOINT, shelf_bytes=SHELF_BYTES), load_garment_net(CHECKPOINT / "unet_encoder", tail=True)


def half_size() -> tuple[IdmVton, GarmentNet]:
    """UNets of half of SDXL's widths with random weights, behind the tiny checkpoint's encoders."""
    torch.manual_seed(1)
    idm = IdmVton(CHECKPOINT, shelf_bytes=SHELF_BYTES)
    tiny = idm.tryon_net.config
    common = {**HALF, "cross_attention_dim": tiny.cross_attention_dim}
    tryon = {
        "in_channels": 13,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": tiny.addition_time_embed_dim,
        "projection_class_embeddings_input_dim": tiny.projection_class_embeddings_input_dim,
    }
    shapes = {name: tuple(each.shape) for name, each in idm.tryon_net.state_dict().items()}
    whole = GarmentNet(common).eval()
    idm.tryon_net = TryonNet({**common, **tryon}, ResamplerSizes.of(shapes)).eval()
    with torch.device("meta"):
        idm.garment_net = GarmentNet(common).eval()
    idm.garment_net.load_state_dict(whole.state_dict(), assign=True)
    idm.garment_net.drop_tail()
    return idm, whole


def somebody(number: int, width: int, height: int) -> Inputs:
    """Another person each time, the same garment."""
    person, garment = seeded(number), seeded(99)
    picture = person((1, 3, height, width)).clamp(-1, 1)
    return Inputs(
        person=picture,
        mask=(picture[:, :1] > 0).float(),
        pose=-picture,
        garment=garment((1, 3, height, width)).clamp(-1, 1),
        garment_view=garment((1, 3, 224, 224)),
        words=["model is wearing a shirt"],
        garment_words=["a photo of a shirt"],
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def measure(
    make: Callable[[], tuple[IdmVton, GarmentNet]], size: tuple[int, int], steps: tuple[int, int]
) -> dict[str, tuple[float, float]]:
    """Seconds a step, and a picture of the second number of `steps` with encoding and decoding, by each of `WAYS`.
    A step is what the second number takes longer."""
    idm, whole = make()
    book, plain = (PlainPipeline(idm, whole, by_the_book=written_out) for written_out in (True, False))
    garment = 100

    def ours(person: int, count: int, *, known: bool) -> torch.Tensor:
        nonlocal garment
        asked = somebody(person, *size)
        if not known:
            garment += 1
            asked = replace(asked, garment=seeded(garment)((1, 3, size[1], size[0])).clamp(-1, 1))
        return idm.decode(idm.denoise(asked, seeded(5), steps=count))

    first = ours(0, 1, known=True)
    for other in (book, plain):
        apart = (first - other.draw(somebody(0, *size), seeded(5), 1)).abs().max()
        if not float(apart) < 2e-3:  # as verify-idm allows
            raise AssertionError(f"the two ways do not draw the same: {float(apart)}")
    for count in steps:
        ours(1, count, known=True)
    ways: dict[str, Callable[[int], object]] = {
        "book": lambda count: book.draw(somebody(2, *size), seeded(5), count),
        "plain": lambda count: plain.draw(somebody(2, *size), seeded(5), count),
        "ours": lambda count: ours(3, count, known=False),
        "known": lambda count: ours(4, count, known=True),
        "both": lambda count: ours(1, count, known=True),
    }
    found = {}
    for name, way in ways.items():
        few, many = (_seconds(partial(way, count)) for count in steps)
        found[name] = ((many - few) / (steps[1] - steps[0]), many)
    return found


@torch.inference_mode()  # type: ignore[untyped-decorator, unused-ignore]
def counted() -> dict[str, float]:
    """Billions of operations of one guided step of the published networks at 768 x 1024."""
    tryon = {**SDXL, "in_channels": 13, "addition_embed_type": "text_time", "addition_time_embed_dim": 256}
    tryon["projection_class_embeddings_input_dim"] = 2816
    with torch.device("meta"):
        net, garment_net = TryonNet(tryon, ResamplerSizes()), GarmentNet(SDXL)
        plain, plain_garment = PlainTryonNet(tryon, net, 16), PlainGarmentNet(SDXL, garment_net)
        garment_net.drop_tail()
        at, text, pooled, picture = (
            torch.tensor(1),
            torch.ones(2, 77, 2048),
            torch.ones(2, 1280),
            torch.ones(2, 16, 2048),
        )
        garment, sample, ids = torch.ones(1, 4, 128, 96), torch.ones(2, 13, 128, 96), torch.ones(2, 6)
        context = net.read_context(text, picture)
        with FlopCounterMode(display=False) as plainly:
            seen = plain_garment.read(garment, at, text[:1])
            plain.features = [torch.cat([torch.zeros_like(each), each]) for each in seen]
            plain.predict(sample, at, text, picture, {"text_embeds": pooled, "time_ids": ids})
        with FlopCounterMode(display=False) as reading:
            features, _ = garment_net.read(garment, at, text[:1])
        with FlopCounterMode(display=False) as drawing:
            net.predict(
                sample,
                at,
                text=text,
                picture_tokens=picture,
                pooled_text=pooled,
                sizes=ids,
                garment=SeenGarment(features, 1, context),
            )
    known = drawing.get_total_flops() / 1e9
    plain_sum = plainly.get_total_flops() / 1e9
    return {
        "book": plain_sum,
        "plain": plain_sum,
        "ours": known + reading.get_total_flops() / 1e9,
        "known": known,
        "both": known,
    }


WAYS = {
    "book": "by the book",
    "plain": "plain",
    "ours": "ours",
    "known": "garment known",
    "both": "person known too",
}


def main() -> None:
    """Print the table: what each way takes, and how many times as long the two slow ways take."""
    torch.set_num_threads(1)
    print(f"| networks | | {' | '.join(WAYS.values())} |\n|{'---|' * (2 + len(WAYS))}")

    def line(name: str, what: str, values: dict[str, float], unit: str) -> None:
        figures = []
        for way in WAYS:
            figure = f"{values[way]:.3g} {unit}"
            if way not in {"book", "plain"}:
                figure += f" ({values['book'] / values[way]:.2f}, {values['plain'] / values[way]:.2f})"
            figures.append(figure)
        print(f"| {name} | {what} | {' | '.join(figures)} |", flush=True)

    sums = counted()
    line("the published ones, 768 x 1024", "a step, counted", sums, "Gflop")
    for name, make, size, steps in (
        ("the tiny checkpoint, 192 x 256", golden, (192, 256), (3, STEPS)),
        ("half of SDXL's widths, 128 x 192", half_size, (128, 192), (1, 4)),
    ):
        found = measure(make, size, steps)
        for place, what in enumerate(("a step", f"a picture of {steps[1]} steps")):
            line(name, what, {way: seconds[place] for way, seconds in found.items()}, "s")


if __name__ == "__main__":
    main()
