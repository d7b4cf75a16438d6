"""A second tiny checkpoint in the published layout, unlike the first in every size that a file may tell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL
from safetensors.torch import save_file
from torch import Tensor
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from pipeline.engines.idm.networks import GarmentNet, ResamplerSizes, TryonNet

TEXT, TEXT_2, POOLED, VIEW = 12, 20, 16, 30
"""Widths of both text encoders, of the pooled text, and of CLIP's vision."""

QUERIES = 5
TIME = 6

UNET: dict[str, Any] = {
    "block_out_channels": (8, 24, 16, 40),
    "layers_per_block": 1,
    "transformer_layers_per_block": (1, 2, 1, 3),
    "attention_head_dim": (1, 3, 2, 5),
    "down_block_types": ("DownBlock2D", *["CrossAttnDownBlock2D"] * 3),
    "up_block_types": (*["CrossAttnUpBlock2D"] * 3, "UpBlock2D"),
    "cross_attention_dim": TEXT + TEXT_2,
    "norm_num_groups": 4,
    "use_linear_projection": False,
    "sample_size": 24,
}
SEES_SIZES = {
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": TIME,
    "projection_class_embeddings_input_dim": POOLED + 6 * TIME,
}
AVERAGED = {"decay": 0.999, "optimization_step": 4, "use_ema_warmup": True}
RESAMPLER = ResamplerSizes(
    picture_width=VIEW,
    width=18,
    inner_width=64,
    depth=3,
    queries=QUERIES,
    hidden_width=36,
    out_width=TEXT + TEXT_2,
)


def _text(width: int, layers: int, act: str) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=578,
        hidden_size=width,
        intermediate_size=3 * width,
        num_hidden_layers=layers,
        num_attention_heads=2,
        projection_dim=POOLED,
        hidden_act=act,
        bos_token_id=0,
        eos_token_id=2,
    )


def _lively(network: torch.nn.Module) -> torch.nn.Module:
    """Biases and norms that do something: as they are made, half of them are zeros and ones."""
    for tensor in network.parameters():
        tensor.data += 0.1 * torch.randn_like(tensor)
    return network.eval()


def _unet(folder: Path, network: torch.nn.Module, config: dict[str, Any], more: dict[str, Tensor]) -> None:
    folder.mkdir()
    tensors = {name: tensor.contiguous() for name, tensor in _lively(network).state_dict().items()}
    save_file({**tensors, **more}, folder / "diffusion_pytorch_model.safetensors", {"format": "pt"})
    (folder / "config.json").write_text(json.dumps({"_class_name": "UNet2DConditionModel", **config}))


def make_checkpoint(folder: Path, beside: Path, seed: int = 7) -> Path:
    """Write it into `folder`, tokenizers and scheduler taken from the checkpoint `beside`."""
    torch.manual_seed(seed)
    folder.mkdir(parents=True)
    for name in ("tokenizer", "tokenizer_2", "scheduler"):
        shutil.copytree(beside / name, folder / name, copy_function=shutil.copyfile)
    tryon = {**UNET, **SEES_SIZES, "in_channels": 13, **AVERAGED}
    _unet(
        folder / "unet",
        TryonNet(tryon, RESAMPLER),
        {**tryon, "encoder_hid_dim": VIEW, "encoder_hid_dim_type": "ip_image_proj"},
        {},
    )
    extra = {f"add_embedding.linear_{n}.{what}": torch.ones(3) for n in (1, 2) for what in ("weight", "bias")}
    _unet(folder / "unet_encoder", GarmentNet(UNET), UNET, extra)
    _lively(CLIPTextModel(_text(TEXT, 2, "quick_gelu"))).save_pretrained(folder / "text_encoder")
    _lively(CLIPTextModelWithProjection(_text(TEXT_2, 3, "gelu"))).save_pretrained(folder / "text_encoder_2")
    vision = CLIPVisionConfig(
        hidden_size=VIEW,
        intermediate_size=40,
        num_hidden_layers=2,
        num_attention_heads=3,
        image_size=112,
        patch_size=16,
        projection_dim=8,
        hidden_act="gelu",
    )
    _lively(CLIPVisionModelWithProjection(vision)).save_pretrained(folder / "image_encoder")
    vae = AutoencoderKL(
        block_out_channels=(8, 12, 16),
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        layers_per_block=2,
        norm_num_groups=4,
        latent_channels=4,
        scaling_factor=0.21,
        force_upcast=True,
    )
    _lively(vae).save_pretrained(folder / "vae")
    return folder
