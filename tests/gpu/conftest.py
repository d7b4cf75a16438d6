"""What all tests of the diffusion engine have in common."""

from __future__ import annotations

import torch

# Threads of torch wait for each other in loops: on a machine that has other work, nets as small as the tests' take
# several times as long with two as with one, and the longest test then ran out of its time.
torch.set_num_threads(1)
