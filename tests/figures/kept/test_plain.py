"""Numbers of arrays become Python's own, and the same content the same JSON."""

import json
import math

import numpy as np
import pytest
import torch

from figures.kept import plain


@pytest.mark.parametrize("scalar", [np.float32(0.5), np.int64(3), np.array(2.5), torch.tensor(4), np.bool_(True)])
def test_scalars_become_python_s_own(scalar: object) -> None:
    number = plain.value(scalar)
    assert type(number) in (float, int, bool)
    assert number == scalar
    assert plain.item(scalar) == number


@pytest.mark.parametrize("given", ["text", 3, None, [1.0]])
def test_what_is_no_scalar_of_an_array_stays(given: object) -> None:
    assert plain.value(given) is given
    assert plain.known(given) is given


def test_only_nan_is_unknown() -> None:
    assert plain.known(np.float32("nan")) is None
    assert plain.known(math.nan) is None
    assert plain.known(math.inf) == math.inf
    assert plain.known(np.float64(0)) == 0


def test_what_json_cannot_hold_is_named() -> None:
    with pytest.raises(TypeError, match="a set is neither a number nor text"):
        plain.encoded({"a": {1}})
    with pytest.raises(TypeError, match="a ndarray is neither a number nor text"):
        plain.encoded({"a": np.ones(2)})


def test_the_order_of_keys_and_the_kind_of_numbers_do_not_count() -> None:
    one = plain.encoded({"a": np.int64(1), "b": {"d": np.float64(0.5), "c": "é"}})
    assert one == plain.encoded({"b": {"c": "é", "d": 0.5}, "a": 1})
    assert json.loads(one) == {"a": 1, "b": {"c": "é", "d": 0.5}}
