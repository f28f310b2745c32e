"""Which images of a data set are meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import torch

Indices: TypeAlias = Sequence[int] | np.ndarray | torch.Tensor
