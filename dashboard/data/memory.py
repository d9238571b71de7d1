"""
Answers that are pure functions of their keys, up to a number of them or of bytes.

Knows keys and a bound. It never decides what may be remembered.
"""

from collections.abc import Callable, Hashable
from heapq import heapify, heappop, heappush
from math import sqrt
from threading import Condition, Lock
from typing import Any, Generic, TypeVar

from cachetools import LRUCache, cached

Answer = TypeVar("Answer")
_SPAN = 50_000


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


class ByteMemory(Generic[Answer]):
    """
    Answers up to a number of bytes, safe between threads: those asked for most.

    Of two that are asked for alike the smaller is kept. How often something was asked for is known
    of what is not kept, too, so that a new answer takes the place of those only that are worth
    less. Every `_SPAN` questions the counts halve: what all asked for last month gives way.
    """

    def __init__(self, most: int) -> None:
        """Keep answers of at most `most` bytes together."""
        self.most = most
        self._bytes = 0
        self._kept: dict[bytes, tuple[Answer, int]] = {}
        self._asked: dict[bytes, int] = {}
        self._questions = 0
        # (worth, key), the least first; what was asked for since stands too low.
        self._worth: list[tuple[float, bytes]] = []
        self._lock = Lock()

    def get(self, key: bytes) -> Answer | None:
        """The answer under a key; None when it is not kept. Counts as asking for it."""
        with self._lock:
            self._asked[key] = self._asked.get(key, 0) + 1
            self._questions += 1
            if self._questions >= _SPAN:
                self._halve()
            kept = self._kept.get(key)
        return kept[0] if kept else None

    def keep(self, key: bytes, answer: Answer, size: int) -> None:
        """Keep an answer of so many bytes in place of those that are worth less, if there are."""
        with self._lock:
            self._forget(key)
            self._kept[key] = (answer, size)
            self._bytes += size
            heappush(self._worth, (self._worth_now(key), key))
            while self._bytes > self.most:
                self._forget_the_least()

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return self._bytes

    def _worth_now(self, key: bytes) -> float:
        # A small answer for one reader is not worth more than a page for many.
        return self._asked.get(key, 0) / sqrt(self._kept[key][1])

    def _forget(self, key: bytes) -> None:
        _, size = self._kept.pop(key, (None, 0))
        self._bytes -= size

    def _forget_the_least(self) -> None:
        worth, key = heappop(self._worth)
        if key not in self._kept:
            return
        now = self._worth_now(key)
        if now > worth:
            heappush(self._worth, (now, key))
        else:
            self._forget(key)

    def _halve(self) -> None:
        self._questions = 0
        self._asked = {key: asked // 2 for key, asked in self._asked.items() if asked > 1}
        self._worth = [(self._worth_now(key), key) for key in self._kept]
        heapify(self._worth)


def _key(key: Hashable, _answer: Callable[[], Any]) -> Hashable:
    return key


def _computed(_key: Hashable, answer: Callable[[], Any]) -> Any:
    return answer()
