"""Lays a measured garment on a measured body: maps from photo pixels to garment pixels."""
