"""IDM-VTON (Choi et al. 2024, arXiv 2403.05139): a garment drawn onto a person by diffusion.

`networks` are the two UNets of the paper, `weights` reads the published files, `diffusion` is the way from
pictures to a picture, `agnostic` says what is repainted, `verify` compares all of it with stored results of the
reference.
Only this package, under `pipeline.engines`, needs torch; see requirements/gpu.in.
"""
