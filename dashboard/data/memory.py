"""
Answers that are pure functions of their keys, the least recently used forgotten first.

Knows keys and a bound. It never decides what may be remembered.
"""

from collections.abc import Callable, Hashable
from threading import Condition
from typing import Any, TypeVar

from cachetools import LRUCache, cached

Answer = TypeVar("Answer")


class Memory:
    """
    A bounded store of answers, safe between threads; nobody may change what it returns.

    While one thread computes an answer, those that ask the same wait for it, and those that ask
    something else do not. An answer may ask for others; one that fails is not remembered.
    """

    def __init__(self, size: int) -> None:
        """Keep at most `size` answers."""
        self._answers: LRUCache[Hashable, Any] = LRUCache(size)
        self._recall = cached(self._answers, key=_key, condition=Condition())(_computed)

    def recall(self, key: Hashable, answer: Callable[[], Answer]) -> Answer:
        """The answer under `key`; computed once when it is not known."""
        remembered: Answer = self._recall(key, answer)
        return remembered

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._answers)


def _key(key: Hashable, _answer: Callable[[], Any]) -> Hashable:
    return key


def _computed(_key: Hashable, answer: Callable[[], Any]) -> Any:
    return answer()
