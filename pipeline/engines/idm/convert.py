"""Published weights into half precision, once: half the space, half the time to load, the same numbers on a GPU.

Rounding here or when the networks are loaded in float16 gives the same values.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from pipeline.engines.idm.weights import broken, read_tensors, weight_files

_METADATA = {"format": "pt"}
_FULL = (torch.float32, torch.float64)
_FULL_NAMES = {"F32", "F64"}


def halve(folder: Path, begins: Callable[[], None] = lambda: None) -> Path | None:
    """Write the weights of a component in half precision beside those it has, as one safetensors file.

    Returns that file; None where they are halves in safetensors already, else `begins` is called before the work.
    Raises EngineUnavailable when they cannot be read or hold a number which half precision does not,
    OSError when the disk does not take them.
    """
    sources = weight_files(folder)
    if all(source.suffix == ".safetensors" and _is_half(source) for source in sources):
        return None
    begins()
    tensors = read_tensors(folder)
    stem = "diffusion_pytorch_model" if sources[0].name.startswith("diffusion") else "model"
    target = folder / f"{stem}.fp16.safetensors"
    writing = folder / f".{target.name}"
    try:
        save_file({name: _half(name, tensors.pop(name), folder) for name in sorted(tensors)}, writing, _METADATA)
        writing.chmod(0o644)  # it was written for nobody else
        with writing.open("rb") as written:
            os.fsync(written.fileno())
        writing.replace(target)
    except SafetensorError as error:
        # It tells of a full disk in its own words.
        told = re.search(r"os error (\d+)", str(error))
        number = int(told[1]) if told else errno.EIO
        raise OSError(number, os.strerror(number), str(target)) from error
    finally:
        writing.unlink(missing_ok=True)
    return target


def _is_half(file: Path) -> bool:
    try:
        with safe_open(file, "pt") as opened:
            return not any(opened.get_slice(name).get_dtype() in _FULL_NAMES for name in opened.keys())  # noqa: SIM118
    except SafetensorError as error:
        raise broken(f"{file} holds no readable weights: {error}") from error


def _half(name: str, tensor: Tensor, folder: Path) -> Tensor:
    if tensor.dtype not in _FULL:
        return tensor.clone().contiguous()
    half = tensor.half()
    if bool(half.isinf().any()) and not bool(tensor.isinf().any()):
        raise broken(f"{name} of {folder} holds numbers too large for half precision.")
    return half.contiguous()
