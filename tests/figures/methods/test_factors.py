"""Factors of matrices made of known ones, and of a network's activations."""

import numpy as np
import pytest
import torch

from figures.methods import factors


def planted(noise: float = 0.0) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return h (120, 15) made of three factors that each own some positions and channels, S, and D."""
    drawn = torch.Generator().manual_seed(1)
    where = torch.rand(120, 3, generator=drawn, dtype=torch.float64)
    where = where * (torch.rand(120, 3, generator=drawn) < 0.5)
    directions = torch.zeros(3, 15, dtype=torch.float64)
    for row in range(3):
        directions[row, 4 * row : 4 * row + 6] = torch.rand(6, generator=drawn, dtype=torch.float64) + 0.2
    spread = noise * torch.rand(120, 15, generator=drawn, dtype=torch.float64)
    return where @ directions + spread, where, directions


def test_planted_factors_are_found() -> None:
    hidden, where, directions = planted()
    found = factors.factorise(hidden, 3)
    assert found.error < 0.01
    unit = torch.nn.functional.normalize
    alike = unit(found.directions, dim=1) @ unit(directions, dim=1).T
    assert sorted(alike.argmax(dim=1).tolist()) == [0, 1, 2]
    assert float(alike.amax(dim=1).min()) > 0.99
    for row, match in enumerate(alike.argmax(dim=1).tolist()):
        assert float(np.corrcoef(found.where[:, row], where[:, match])[0, 1]) > 0.99


def test_factors_are_not_below_zero_and_in_order() -> None:
    hidden, _, _ = planted(0.3)
    found = factors.factorise(hidden, 4)
    assert float(found.where.min()) >= 0
    assert float(found.directions.min()) >= 0
    np.testing.assert_allclose(found.directions.sum(1), 1)
    share = factors.shares(hidden, found.where, found.directions)
    assert bool((share.diff() <= 0).all())
    assert float(share.sum()) == pytest.approx(1 - found.error**2, abs=1e-4)


@pytest.mark.slow
def test_the_error_falls_with_more_factors() -> None:
    hidden, _, _ = planted(0.5)
    errors = [factors.factorise(hidden, count).error for count in (1, 2, 3, 5, 8)]
    assert all(after < before for before, after in zip(errors, errors[1:], strict=False))


def test_reused_on_what_made_them_they_lie_where_they_lay() -> None:
    hidden, _, _ = planted(0.3)
    found = factors.factorise(hidden, 3)
    again = factors.reuse(found.directions, hidden)
    np.testing.assert_allclose(again, found.where, atol=1e-6 * float(found.where.max()))
    longer = factors.reuse(found.directions, hidden, rounds=20000)
    np.testing.assert_allclose(longer, found.where, atol=1e-2 * float(found.where.max()))


def test_the_same_seed_gives_the_same_factors() -> None:
    hidden, _, _ = planted(0.3)
    one, same = (factors.factorise(hidden, 3, seed=5) for _ in range(2))
    torch.testing.assert_close(one.where, same.where, rtol=0, atol=0)


def test_wrong_numbers_say_so() -> None:
    hidden, _, _ = planted()
    with pytest.raises(ValueError, match="16 factors; expected 1 to 15"):
        factors.factorise(hidden, 16)
    with pytest.raises(ValueError, match="expected none below 0"):
        factors.factorise(hidden - 1, 2)
