"""Equal arrays are drawn once; others, and the same in another way, anew."""

import numpy as np

from figures.charts import once


def test_equal_arrays_are_drawn_once(monkeypatch) -> None:
    drawn = []

    @once.once
    def written(array: np.ndarray, *, times: int = 1) -> str:
        drawn.append(array)
        return f"{array.dtype} {(array * times).tolist()}"

    same = np.arange(6).reshape(2, 3)
    assert written(same) == written(same.copy()) == written(np.asfortranarray(same))
    assert len(drawn) == 1
    others = [same.T, same + 1, same.reshape(3, 2), same.astype(np.int32)]
    assert len({written(one) for one in others} | {written(same, times=2)}) == 5
    monkeypatch.setattr(once, "MOST", 1)
    assert written(same + 7) == written.__wrapped__(same + 7)
