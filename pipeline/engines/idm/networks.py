"""The two UNets of IDM-VTON, as SDXL UNets of diffusers whose attention does what the paper adds.

TryonNet denoises the person. In every self-attention it also looks at what GarmentNet's block of the same place
was about to look at (the paper's section 3.3), and in every cross-attention at tokens of the garment's picture
beside those of the text (IP-Adapter, arXiv 2308.06721). Names of parameters are those of the published files.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn
from torch.nn import functional

Shapes = Mapping[str, tuple[int, ...]]
"""Name of a tensor to its shape."""

HEAD_WIDTH = 64
"""Of the resampler; the only size of the networks which neither the configuration nor a tensor's shape tells."""


def _attend(query: Tensor, key: Tensor, value: Tensor, heads: int, weights: Tensor | None = None) -> Tensor:
    """Attention over (B, tokens, width), the width divided among `heads`; `weights` (tokens) are logarithms of how
    often each token counts."""
    asked, keys, values = (each.unflatten(-1, (heads, -1)).transpose(1, 2) for each in (query, key, value))
    mask = None if weights is None else weights.expand(len(query), 1, query.shape[1], -1)
    read: Tensor = functional.scaled_dot_product_attention(asked, keys, values, attn_mask=mask)
    return read.transpose(1, 2).flatten(2)


class _RecordingAttention:
    """Self-attention that writes down its own input: what TryonNet will look at."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __call__(self, attention: Any, hidden_states: Tensor, garment: dict[int, Tensor], **_: Any) -> Tensor:
        garment[self._place] = hidden_states
        key, value = attention.to_k(hidden_states), attention.to_v(hidden_states)
        out: Tensor = attention.to_out[0](_attend(attention.to_q(hidden_states), key, value, attention.heads))
        return out


class _LastRecord(nn.Module):
    """In the place of the last self-attention, after which nothing of GarmentNet is read."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self._place = place

    def forward(self, hidden_states: Tensor, garment: dict[int, Tensor], **_: Any) -> Tensor:
        garment[self._place] = hidden_states
        return hidden_states


Context = tuple[Tensor, ...]
"""Keys and values of what a cross-attention looks at."""


@dataclass(frozen=True)
class SeenGarment:
    """What TryonNet sees of a garment: GarmentNet's features by place, (B, tokens, width) or one for all persons.

    The first `blind` of the batch see none, which is zeros in the place of its tokens: they still take their share
    of the attention. `context` is what `TryonNet.read_context` gave, where text and picture stay the same over
    several predictions.
    """

    features: Mapping[int, Tensor]
    blind: int = 0
    context: Mapping[int, Context] | None = None


STAND_INS = 8
"""Tokens in the place of equal ones. More than one, since no number of half precision is close enough to the
logarithm of thousands; eight, since GPUs like their multiples."""

FEWEST = 1e-6
"""Tokens that make no difference."""


def standing_for(count: int, dtype: torch.dtype) -> list[float]:
    """Logarithms, each a number of `dtype`, of numbers whose sum is `count`."""
    logs: list[float] = []
    left = float(count)
    while len(logs) < STAND_INS:
        log = math.log(max(left, FEWEST))
        # Never rounded up: what is still missing goes to the next one.
        step = math.ldexp(torch.finfo(dtype).eps, math.frexp(log)[1] - 1)
        logs.append(math.floor(log / step) * step)
        left -= math.exp(logs[-1])
    return logs


class _GarmentAttention:
    """Self-attention over the person's tokens and the garment's.

    The reference lets the garment's tokens ask too and throws the answers away; here they only answer. Where it
    shows zeros instead of a garment, all those tokens have the same key and value: a few that count more often
    give the same attention.
    """

    def __init__(self, place: int) -> None:
        self._place = place

    def __call__(self, attention: Any, hidden_states: Tensor, garment: SeenGarment, **_: Any) -> Tensor:
        features, blind = garment.features[self._place], garment.blind
        nothing = features.new_zeros(1, STAND_INS, features.shape[-1])
        query = attention.to_q(hidden_states)
        # Each layer is called once: some plans bring it to the device for every call.
        parts = (hidden_states, features, nothing)
        together = torch.cat([part.flatten(0, 1) for part in parts])
        answers = []
        for layer in (attention.to_k, attention.to_v):
            split = layer(together).split([part.shape[0] * part.shape[1] for part in parts])
            answers.append([each.unflatten(0, part.shape[:2]) for each, part in zip(split, parts, strict=True)])

        def look(persons: slice, others: int, weights: Tensor | None = None) -> Tensor:
            """What these persons read off their own tokens and off one of the other parts."""
            asked = query[persons]
            key, value = (
                torch.cat([answer[0][persons], answer[others].expand(len(asked), -1, -1)], dim=1)
                for answer in answers
            )
            return _attend(asked, key, value, attention.heads, weights)

        read = look(slice(blind, None), 1)
        if blind:
            logs = torch.tensor(standing_for(features.shape[1], query.dtype), dtype=query.dtype)
            weights = torch.cat([query.new_zeros(query.shape[1]), logs.to(query.device)])
            read = torch.cat([look(slice(blind), 2, weights), read])
        out: Tensor = attention.to_out[0](read)
        return out


class _TextAttention:
    """Plain cross-attention. diffusers hands `garment` to every attention, and complains where none takes it."""

    def __call__(
        self, attention: Any, hidden_states: Tensor, encoder_hidden_states: Tensor, garment: Any, **_: Any
    ) -> Tensor:
        del garment
        key, value = attention.to_k(encoder_hidden_states), attention.to_v(encoder_hidden_states)
        out: Tensor = attention.to_out[0](_attend(attention.to_q(hidden_states), key, value, attention.heads))
        return out


class _TextAndPictureAttention(nn.Module):
    """Cross-attention that looks at the text and at the garment's picture, each by itself, and adds both."""

    def __init__(self, place: int, context_width: int, width: int, picture_tokens: int) -> None:
        super().__init__()
        self._place = place
        self.to_k_ip = nn.Linear(context_width, width, bias=False)
        self.to_v_ip = nn.Linear(context_width, width, bias=False)
        self._picture_tokens = picture_tokens

    def read(self, attention: Any, tokens: Tensor) -> Context:
        """Keys and values of the text's tokens and of the picture's, which are the last."""
        text, picture = tokens[:, : -self._picture_tokens], tokens[:, -self._picture_tokens :]
        return attention.to_k(text), attention.to_v(text), self.to_k_ip(picture), self.to_v_ip(picture)

    def __call__(
        self, attention: Any, hidden_states: Tensor, encoder_hidden_states: Tensor, garment: SeenGarment, **_: Any
    ) -> Tensor:
        known = None if garment.context is None else garment.context[self._place]
        key, value, picture_key, picture_value = known or self.read(attention, encoder_hidden_states)
        query = attention.to_q(hidden_states)
        read = _attend(query, key, value, attention.heads)
        seen = _attend(query, picture_key, picture_value, attention.heads)
        out: Tensor = attention.to_out[0](read + seen)
        return out


@dataclass(frozen=True, slots=True)
class ResamplerSizes:
    """Sizes of the resampler; the published ones unless read from a file."""

    picture_width: int = 1280
    width: int = 1280
    inner_width: int = 1280
    depth: int = 4
    queries: int = 16
    hidden_width: int = 5120
    out_width: int = 2048

    @classmethod
    def of(cls, shapes: Shapes) -> ResamplerSizes:
        """What the tensors of a TryonNet say; KeyError where it has no resampler."""
        at = "encoder_hid_proj."
        width, picture_width = shapes[f"{at}proj_in.weight"]
        return cls(
            picture_width=picture_width,
            width=width,
            inner_width=shapes[f"{at}layers.0.0.to_q.weight"][0],
            depth=1 + max(int(name.split(".")[2]) for name in shapes if name.startswith(f"{at}layers.")),
            queries=shapes[f"{at}latents"][1],
            hidden_width=shapes[f"{at}layers.0.1.1.weight"][0],
            out_width=shapes[f"{at}proj_out.weight"][0],
        )


class _PictureReader(nn.Module):
    """The queries look at the picture's tokens and at each other."""

    def __init__(self, sizes: ResamplerSizes) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(sizes.width)
        self.norm2 = nn.LayerNorm(sizes.width)
        self.to_q = nn.Linear(sizes.width, sizes.inner_width, bias=False)
        self.to_kv = nn.Linear(sizes.width, 2 * sizes.inner_width, bias=False)
        self.to_out = nn.Linear(sizes.inner_width, sizes.width, bias=False)

    def forward(self, picture: Tensor, queries: Tensor) -> Tensor:
        queries = self.norm2(queries)
        key, value = self.to_kv(torch.cat([self.norm1(picture), queries], dim=1)).chunk(2, dim=-1)
        query = self.to_q(queries)
        out: Tensor = self.to_out(_attend(query, key, value, query.shape[-1] // HEAD_WIDTH))
        return out


class Resampler(nn.Module):
    """Tokens of CLIP (B, patches, picture_width) to tokens for cross-attention (B, queries, out_width)."""

    def __init__(self, sizes: ResamplerSizes) -> None:
        super().__init__()
        self.latents = nn.Parameter(torch.zeros(1, sizes.queries, sizes.width))
        self.proj_in = nn.Linear(sizes.picture_width, sizes.width)
        self.proj_out = nn.Linear(sizes.width, sizes.out_width)
        self.norm_out = nn.LayerNorm(sizes.out_width)
        self.layers = nn.ModuleList(
            nn.ModuleList(
                [
                    _PictureReader(sizes),
                    nn.Sequential(
                        nn.LayerNorm(sizes.width),
                        nn.Linear(sizes.width, sizes.hidden_width, bias=False),
                        nn.GELU(),
                        nn.Linear(sizes.hidden_width, sizes.width, bias=False),
                    ),
                ]
            )
            for _ in range(sizes.depth)
        )

    def forward(self, picture: Tensor) -> Tensor:
        picture = self.proj_in(picture)
        queries = self.latents.expand(len(picture), -1, -1)
        for reader, feed_forward in self.layers:
            queries = queries + reader(picture, queries)
            queries = queries + feed_forward(queries)
        out: Tensor = self.norm_out(self.proj_out(queries))
        return out


def _known(config: Mapping[str, Any]) -> dict[str, Any]:
    """What of a configuration a UNet takes: the published file also tells how its average was kept (EMA)."""
    takes = inspect.signature(UNet2DConditionModel.__init__).parameters
    return {name: value for name, value in config.items() if name in takes}


def transformer_blocks(unet: UNet2DConditionModel) -> Iterator[Any]:
    """In the order in which they run, the order of the garment's features."""
    for block in (*unet.down_blocks, unet.mid_block, *unet.up_blocks):
        for attention in getattr(block, "attentions", ()):
            yield from attention.transformer_blocks


class TryonNet(UNet2DConditionModel):
    """Predicts the noise in the person's latents; `picture_tokens` of the garment come from its `resampler`."""

    def __init__(self, config: Mapping[str, Any], resampler: ResamplerSizes) -> None:
        # diffusers' own IP adapter has other names for its parameters: ours takes its place.
        super().__init__(**{**_known(config), "encoder_hid_dim": None, "encoder_hid_dim_type": None})
        self.encoder_hid_proj = Resampler(resampler)
        for place, block in enumerate(transformer_blocks(self)):
            block.attn1.processor = _GarmentAttention(place)
            cross = block.attn2
            cross.processor = _TextAndPictureAttention(
                place, cross.to_k.in_features, cross.to_q.out_features, resampler.queries
            )

    @property
    def resampler(self) -> Resampler:
        """From CLIP's view of the garment to tokens."""
        return self.encoder_hid_proj

    def read_context(self, text: Tensor, picture_tokens: Tensor) -> dict[int, Context]:
        """What every cross-attention looks at, by place: the same at every step."""
        tokens, blocks = torch.cat([text, picture_tokens], dim=1), transformer_blocks(self)
        return {place: block.attn2.processor.read(block.attn2, tokens) for place, block in enumerate(blocks)}

    def predict(
        self,
        sample: Tensor,
        timestep: Tensor,
        *,
        text: Tensor,
        picture_tokens: Tensor,
        pooled_text: Tensor,
        sizes: Tensor,
        garment: SeenGarment,
    ) -> Tensor:
        """The noise (B, 4, h, w) in the first four channels of `sample` (B, 13, h, w).

        The 13 are noisy latents, mask, latents of the masked person, latents of the pose. `sizes` (B, 6) are
        SDXL's original size, crop and target size.
        """
        out: Tensor = self(
            sample,
            timestep,
            torch.cat([text, picture_tokens], dim=1),
            added_cond_kwargs={"text_embeds": pooled_text, "time_ids": sizes},
            cross_attention_kwargs={"garment": garment},
            return_dict=False,
        )[0]
        return out


class GarmentNet(UNet2DConditionModel):
    """Reads the garment: of its work only the inputs of the self-attentions are used."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__(**_known(config))
        for place, block in enumerate(transformer_blocks(self)):
            block.attn1.processor = _RecordingAttention(place)
            block.attn2.processor = _TextAttention()

    def drop_tail(self) -> None:
        """Give up what comes after the last record, which nobody reads."""
        while len(self.up_blocks) and not hasattr(self.up_blocks[-1], "attentions"):
            del self.up_blocks[-1]
        self.conv_norm_out = self.conv_act = self.conv_out = None
        if not self.up_blocks:
            return
        self.up_blocks[-1].upsamplers = None
        *others, last = transformer_blocks(self)
        last.attn1, last.attn2, last.ff = _LastRecord(len(others)), None, nn.Identity()

    def read(self, latents: Tensor, timestep: Tensor, text: Tensor) -> tuple[dict[int, Tensor], Tensor]:
        """Features of the garment by place, each (B, tokens, width), and what the last block gave (B, C, h, w),
        which means nothing once the tail is dropped."""
        read: tuple[dict[int, Tensor], Tensor] = self(latents, timestep, text)
        return read

    def forward(self, latents: Tensor, timestep: Tensor, text: Tensor) -> tuple[dict[int, Tensor], Tensor]:
        """See `read`."""
        features: dict[int, Tensor] = {}
        looks = {"encoder_hidden_states": text, "cross_attention_kwargs": {"garment": features}}
        times = self.time_embedding(self.get_time_embed(sample=latents, timestep=timestep))
        hidden = self.conv_in(latents)
        skips = [hidden]
        for block in self.down_blocks:
            hidden, more = block(hidden, times, **(looks if hasattr(block, "attentions") else {}))
            skips += more
        hidden = self.mid_block(hidden, times, **looks)
        for block in self.up_blocks:
            if not hasattr(block, "attentions"):
                break
            here = tuple(skips[-len(block.resnets) :])
            del skips[-len(block.resnets) :]
            # Sizes which do not divide by two are found again in what comes next.
            size = skips[-1].shape[2:] if skips else None
            hidden = block(hidden, here, times, upsample_size=size, **looks)
        return features, hidden
