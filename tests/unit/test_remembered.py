"""What is found in a tuple is found once; another tuple, or a list, is looked through."""

from collections.abc import Sequence

from service.answering import remembered as module
from service.answering.remembered import remembered


def test_a_tuple_is_looked_through_once_and_a_list_each_time() -> None:
    looked: list[Sequence[int]] = []

    @remembered
    def total(held: Sequence[int]) -> int:
        looked.append(held)
        return sum(held)

    first, twin, changing = (1, 2), tuple([1, 2]), [1, 2]
    assert [total(first), total(first), total(twin), total(changing)] == [3, 3, 3, 3]
    changing.append(3)
    assert total(changing) == 6
    assert len(looked) == 4


def test_only_so_many_are_remembered() -> None:
    looked = []

    @remembered
    def size(held: Sequence[int]) -> int:
        looked.append(held)
        return len(held)

    every = [(n, n) for n in range(module.MOST + 1)]
    for held in every:
        size(held)
    size(every[0])
    size(every[-1])
    assert len(looked) == module.MOST + 2
