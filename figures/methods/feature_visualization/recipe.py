"""The settings of a feature visualization; equal recipes and seeds make equal pictures."""

from __future__ import annotations

from dataclasses import dataclass

from figures.nearest import nearest

OBJECTIVES = ("neuron", "channel", "logit")
COLOURS = ("natural", "grey")
PARAMETERIZATIONS = ("fourier", "phase")
_FINEST_WAVES = 1.6


@dataclass(frozen=True)
class Recipe:
    """How a picture is made. Lengths are in pixels of the network's input, frequencies in cycles per pixel.

    `size_px` 0 shows as much as the unit sees. `diversity` is how many pictures of a unit are
    pushed apart. `negative` looks for what every unit is most inhibited by. `decay`, `cut` shape
    the spectrum: amplitude falls as frequency**-decay under a Gaussian of width `cut`, or wider
    where a unit sees so little that few waves would fit. With `phase`, amplitudes are those of
    the data instead, and only phases are free. `gain` is the contrast before the sigmoid in
    standard deviations, `noise` what is added to the input at every step. `jitter` is a share of
    what the unit sees. `picture_px` is the side of the finished picture.
    """

    steps: int = 128
    size_px: int = 0
    objective: str = "neuron"
    negative: bool = False
    diversity: int = 1
    alpha: bool = False
    colour: str = "natural"
    parameterization: str = "fourier"
    rate: float = 0.05
    decay: float = 1.15
    cut: float = 0.12
    gain: float = 1.25
    noise: float = 0.35
    jitter: float = 0.07
    rotation_deg: float = 12.0
    scaling: float = 0.08
    redirected_steps: int = 16
    apart: float = 0.5
    picture_px: int = 224

    def __post_init__(self) -> None:
        _check("objective", self.objective, OBJECTIVES)
        _check("colour", self.colour, COLOURS)
        _check("parameterization", self.parameterization, PARAMETERIZATIONS)
        for name in ("steps", "diversity", "picture_px"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} {getattr(self, name)}; expected at least 1")
        if self.size_px and self.size_px < 8:
            raise ValueError(f"size {self.size_px} px; expected at least 8")
        if self.alpha and self.parameterization == "phase":
            raise ValueError("alpha with parameterization phase; expected fourier, where a picture can be transparent")

    def cut_for(self, field_px: float) -> float:
        """Return the width of the spectrum for a unit that sees `field_px`."""
        return max(self.cut, _FINEST_WAVES / field_px)


def _check(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name} {value!r}; expected {' or '.join(known)}{nearest(value, known)}")
