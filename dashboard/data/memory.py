"""
Answers that are pure functions of their keys, the least recently used forgotten first.

Knows keys and a bound. It never decides what may be remembered.
"""

from collections.abc import Callable, Hashable
from threading import Condition, Lock
from typing import Any, Generic, TypeVar

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


class ByteMemory(Generic[Answer]):
    """Answers up to a number of bytes, safe between threads."""

    def __init__(self, most: int) -> None:
        """Keep answers of at most `most` bytes together."""
        self._answers: LRUCache[bytes, tuple[Answer, int]] = LRUCache(most, lambda kept: kept[1])
        self._lock = Lock()

    def get(self, key: bytes) -> Answer | None:
        """The answer under a key; None when it is not kept."""
        with self._lock:
            kept = self._answers.get(key)
        return kept[0] if kept else None

    def keep(self, key: bytes, answer: Answer, size: int) -> None:
        """Keep an answer of so many bytes, as far as it deserves its place."""
        if size < self._answers.maxsize:
            with self._lock:
                self._answers[key] = (answer, size)


def _key(key: Hashable, _answer: Callable[[], Any]) -> Hashable:
    return key


def _computed(_key: Hashable, answer: Callable[[], Any]) -> Any:
    return answer()
