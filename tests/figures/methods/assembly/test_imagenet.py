"""The names of ImageNet's classes: those of torchvision, without importing it."""

from __future__ import annotations

import subprocess
import sys

from torchvision.models import ResNet18_Weights

from figures.methods.assembly import imagenet


def test_they_are_those_that_torchvision_gives():
    assert imagenet.classes(1000) == tuple(ResNet18_Weights.DEFAULT.meta["categories"])
    assert imagenet.classes(1000) == imagenet._asked()
    assert imagenet.classes(10) == ()


def test_a_list_under_another_name_is_not_taken():
    assert imagenet._written("_IMAGENET_CATEGORIES = ['tench', 'goldfish']\n") == ("tench", "goldfish")
    assert imagenet._written("_OTHERS = ['tench']\n") == ()


def test_torchvision_is_not_imported():
    code = "import sys; from figures.methods.assembly import imagenet; assert imagenet.classes(1000)[0] == 'tench'; "
    subprocess.run([sys.executable, "-c", f"{code}assert 'torchvision' not in sys.modules"], check=True)
