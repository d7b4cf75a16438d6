"""Who wears what: garments, fabrics and their order, with the confusions that real clothes bring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.person.parts import Part
from pipeline.training.fabric import Fabric, Plain, pick_colour
from pipeline.training.geometry import SIDES, Dice
from pipeline.training.person.anatomy import Anatomy
from pipeline.training.person.canvas import Look
from pipeline.training.person.clothes import Clothes, Top, pick_top

LOWERS = {"trousers": 0.56, "shorts": 0.17, "skirt": 0.27}


@dataclass
class Layer:
    """One top with its cloth."""

    cut: Top
    fabric: Fabric
    look: Look
    part: Part
    open_by: float | None = None


@dataclass
class Outfit:
    """Everything chosen; the methods draw it in the order the renderer asks for."""

    dice: Dice
    layers: list[Layer]
    one_piece: str | None
    lower: str
    lower_fabric: Fabric
    shoe_fabric: Fabric
    look: Look
    waist: float
    length: float
    tucked: bool
    barefoot: bool
    shaft: float
    boots_over: bool
    legwear: Fabric | None
    hood: Fabric | None
    printed: bool
    seamless: bool
    blocked: Fabric | None
    raglan: bool

    def tights(self, clothes: Clothes) -> None:
        if self.legwear is not None:
            clothes.trousers(Part.LOWER, self.legwear, Look(0.03, 0.35, 0.12, 0, 0), 0.95, 1.98)

    def shoes(self, clothes: Clothes) -> None:
        if not self.barefoot:
            for side in SIDES:
                clothes.shoe(side, self.shoe_fabric, Look(0.06, 0.4, 0.06, 0.2, 0.2), self.shaft)

    def below(self, clothes: Clothes) -> None:
        """Lower clothes, after the top that is tucked into them."""
        if self.seamless:
            return
        if self.tucked and self.one_piece is None:
            first = self.layers[0]
            clothes.body(
                first.cut, first.part, first.fabric, first.look, hem=max(first.cut.hem, self.waist + 0.12)
            )
        self._lower(clothes)

    def _lower(self, clothes: Clothes) -> None:
        part = Part.DRESS if self.one_piece else Part.LOWER
        if self.lower == "skirt":
            clothes.skirt(part, self.lower_fabric, self.look, self.waist, self.length)
        else:
            clothes.trousers(part, self.lower_fabric, self.look, self.waist, self.length)

    def above(self, clothes: Clothes) -> None:
        """Trunks of the tops, inner first."""
        for k, layer in enumerate(self.layers):
            if k == 0 and self.seamless:
                clothes.dress(layer.cut, layer.fabric, layer.look, self.waist, self.length)
                continue
            if layer.open_by is not None:
                clothes.panels(layer.cut, layer.fabric, layer.look, layer.open_by)
                continue
            if k or not self.tucked or self.one_piece:
                hem = self.waist + 0.06 if self.one_piece and k == 0 else None
                clothes.body(layer.cut, layer.part, layer.fabric, layer.look, hem=hem)
            if k == 0 and self.blocked is not None:
                clothes.block(layer.part, self.blocked, layer.look)
            if k == 0 and self.printed and not self.one_piece:
                clothes.print_on(Fabric(self.dice), (layer.part,))
            if layer.cut.neck in ("shirt", "polo") and not clothes.figure.back and self.dice.chance(0.8):
                clothes.front_line(layer.cut, layer.part, layer.fabric)

    def sleeves(self, clothes: Clothes, side: int) -> None:
        for layer in self.layers:
            cloth = self.blocked if self.blocked is not None and self.raglan else layer.fabric
            clothes.sleeve(layer.cut, side, layer.part, cloth, layer.look)

    def neck(self, clothes: Clothes) -> None:
        for layer in self.layers:
            clothes.collar(layer.cut, layer.part, layer.fabric, layer.look)


def _cloth(dice: Dice, anatomy: Anatomy) -> Fabric:
    """A fabric; one in seven has the colour of the wearer's own skin or hair."""
    roll = dice.between(0, 1)
    if roll < 0.1:
        return _coloured(
            dice, np.clip(anatomy.skin.tone * (1 + dice.rng.normal(0, 0.06, 3)), 0, 1).astype(np.float32)
        )
    if roll < 0.15:
        return _coloured(
            dice, np.clip(anatomy.hair.tone * (1 + dice.rng.normal(0, 0.1, 3)), 0, 1).astype(np.float32)
        )
    return Fabric(dice)


def _coloured(dice: Dice, colour: np.ndarray) -> Fabric:  # type: ignore[type-arg]
    fabric = Fabric(dice, dice.pick({"solid": 0.7, "knit": 0.1, "melange": 0.1, "satin": 0.1}))
    fabric.colours[0] = colour
    return fabric


def pick_outfit(dice: Dice, anatomy: Anatomy) -> Outfit:
    """A whole outfit at random."""
    clothes = Clothes(anatomy.figure, anatomy.canvas, dice)
    one_piece = dice.pick({"dress": 0.85, "jumpsuit": 0.15}) if dice.chance(0.32) else None
    lower = {"dress": "skirt", "jumpsuit": "trousers"}[one_piece] if one_piece else dice.pick(LOWERS)
    cut = pick_top(dice)
    fabric, look = _cloth(dice, anatomy), clothes.look()
    part = Part.DRESS if one_piece else Part.UPPER
    layers = [Layer(cut, fabric, look, part)]
    hood: Fabric | None = None
    if dice.chance(0.2):
        open_by = dice.between(0.02, 0.24) if not anatomy.figure.back and dice.chance(0.8) else None
        if part is Part.UPPER and open_by is not None:
            layers[0].part = Part.UNDER
        outer = Layer(pick_top(dice, jacket=True), _cloth(dice, anatomy), clothes.look(), Part.UPPER, open_by)
        outer.cut.hem = max(outer.cut.hem, 0.7)
        layers.append(outer)
        hood = outer.fabric if dice.chance(0.2) else None
    elif cut.sleeve > 1.4 and cut.neck == "crew" and dice.chance(0.3):
        hood = fabric
    lower_fabric = Fabric(dice, "denim") if dice.chance(0.25) else _cloth(dice, anatomy)
    if one_piece or dice.chance(0.13):
        lower_fabric = fabric
    elif dice.chance(0.1):
        lower_fabric = _coloured(
            dice, np.clip(fabric.colours[0] * dice.between(0.85, 1.15), 0, 1).astype(np.float32)
        )
    length = {"trousers": dice.between(1.55, 1.98), "shorts": dice.between(0.3, 1.05),
              "skirt": dice.between(0.3, 1.9)}[lower]  # fmt: skip
    bare = length < 1.4 and dice.chance(0.18)
    shaft = dice.between(0.0, 0.1) if dice.chance(0.75) else dice.between(0.1, 0.75)
    return Outfit(
        dice=dice,
        layers=layers,
        one_piece=one_piece,
        lower=lower,
        lower_fabric=lower_fabric,
        shoe_fabric=Plain(pick_colour(dice)) if dice.chance(0.8) else Fabric(dice),
        look=clothes.look() if not one_piece else look,
        waist=dice.between(0.68, 1.0),
        length=length,
        tucked=dice.chance(0.4),
        barefoot=dice.chance(0.08),
        shaft=shaft,
        boots_over=shaft > 0.2 and dice.chance(0.5),
        legwear=_coloured(dice, pick_colour(dice) * np.float32(dice.between(0.2, 0.7))) if bare else None,
        hood=hood,
        printed=dice.chance(0.25),
        blocked=Fabric(dice) if dice.chance(0.15) else None,
        raglan=dice.chance(0.5),
        seamless=one_piece == "dress" and dice.chance(0.6),
    )
