"""What the name of a conflict image says: `cat1-truck3.png` is the first cat in the texture of the third truck.

The published names (Geirhos et al., 2019) are `trial_experiment_subject_condition_category_00_STIMULUS.png` in tables
of responses, and the stimulus alone in folders of pictures. A third field, as in `airplane1-bicycle2-108`, is the
angle that the texture is turned by. Some files have underscores where others have hyphens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

EXPECTED = "expected SHAPE1-TEXTURE2.png, as cat1-truck3.png"
#: Two or three fields with underscores between: a number ends both exemplars, as it does not end other parts of a name.
_UNDERSCORED = re.compile(r"(?:.*_)?([^\W\d_]+\d+)_([^\W\d_]+\d+)((?:_\d+)?)")


@dataclass(frozen=True)
class StimulusName:
    """The exemplars of a conflict image, `cat1` and `truck3`; `stimulus` is the same for every observer and trial."""

    stimulus: str
    shape_exemplar: str
    texture_exemplar: str

    @property
    def shape(self) -> str:
        return self.shape_exemplar.rstrip("0123456789")

    @property
    def texture(self) -> str:
        return self.texture_exemplar.rstrip("0123456789")


def read(imagename: str) -> StimulusName:
    """Read the name or the path of a conflict image; raises ValueError for one without a shape or a texture."""
    stimulus = stimulus_of(imagename)
    fields = stimulus.split("-")
    name = StimulusName(stimulus, fields[0], fields[1] if len(fields) > 1 else "")
    for what in ("texture", "shape"):
        if not getattr(name, what):
            raise ValueError(f"image name {imagename!r} has no {what}; {EXPECTED}")
    return name


def stimulus_of(imagename: str) -> str:
    """Return the part of an image's name that is the same for every observer and trial."""
    stem = PurePosixPath(imagename).stem
    last = stem.rsplit("_", 1)[-1]
    written = re.fullmatch(_UNDERSCORED, stem) if "-" not in last else None
    return f"{written[1]}-{written[2]}{written[3].replace('_', '-')}" if written else last
