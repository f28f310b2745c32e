"""Maps of votes: of the classes that were asked for, or the likeliest."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.evidence import evidence
from tests.figures.methods.evidence.test_tiles import coloured, counting
from tests.figures.methods.evidence.test_votes import bag, picture


def test_without_classes_the_likeliest_is_asked_for():
    strip = evidence.of([counting()], coloured(), "1", ())
    assert [(one.head, one.name) for one in strip.classes] == [("logits", "green")]
    assert not strip.chosen
    (seen,) = strip.seen
    assert seen.evidence[0].fine.shape == (1, 8, 8)
    np.testing.assert_allclose(seen.evidence[0].fine[0], coloured().whole[1, 1].numpy(), atol=1e-5)


def test_classes_go_by_name_with_or_without_their_head():
    strip = evidence.of([counting()], coloured(), "a", ("blue", "logits:red"))
    assert [one.number for one in strip.classes] == [2, 0]
    table = strip.columns()
    assert table["mean of votes"] == pytest.approx(table["logit"], abs=1e-5)


def test_a_class_that_no_network_has_gives_the_nearest():
    with pytest.raises(ValueError, match="counting has no class 'blu'.*did you mean 'blue'"):
        evidence.of([counting()], coloured(), "a", ("blu",))


def test_a_network_of_patches_is_asked_around_every_pixel():
    found = evidence.evidence(bag(), head="shape", numbers=(1,), image=picture().numpy())
    assert bool(found.patches)
    assert found.fine.shape == (1, 64, 64)
    assert found.coarse.mean(dtype=np.float64) == pytest.approx(float(found.logits[0]), abs=1e-5)


def test_full_strength_is_the_99th_percentile():
    assert evidence.scale(np.append(np.ones(99), 50.0)) == pytest.approx(1, abs=0.6)
    assert evidence.scale(np.zeros(4)) == 0
