"""Sixteen categories that people name at once, and the classes of ImageNet that belong to each, by number.

The numbers are those of Geirhos et al. (2018, "Generalisation in humans and deep neural networks"), who gathered them
from WordNet. Some classes that would fit are in none, such as eight of the dogs, the ostrich and the peacock.
"""

from __future__ import annotations

from collections.abc import Mapping

CLASSES = 1000

ENTRY_LEVEL: Mapping[str, tuple[int, ...]] = {
    "airplane": (404,),
    "bear": (294, 295, 296, 297),
    "bicycle": (444, 671),
    "bird": (
        8, *range(10, 17), 18, 19, 20, 22, 23, 24, *range(80, 84), *range(87, 97), 98, 99, 100,
        *range(127, 134), *range(135, 146),
    ),
    "boat": (472, 554, 625, 814, 914),
    "bottle": (440, 720, 737, 898, 899, 901, 907),
    "car": (436, 511, 817),
    "cat": (281, 282, 283, 284, 285, 286),
    "chair": (423, 559, 765, 857),
    "clock": (409, 530, 892),
    "dog": tuple(sorted({*range(152, 269)} - {192, 204, 227, 242, 251, 258, 260, 264})),
    "elephant": (385, 386),
    "keyboard": (508, 878),
    "knife": (499,),
    "oven": (766,),
    "truck": (555, 569, 656, 675, 717, 734, 864, 867),
}  # fmt: skip
