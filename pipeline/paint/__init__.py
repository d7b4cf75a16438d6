"""Paints the laid garment into the photo."""
