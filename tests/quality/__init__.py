"""How good the preview is, measured with masks of our own; `./fashioncore bench --quality` runs all of it."""
