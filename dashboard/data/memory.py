"""
Answers that are pure functions of their keys, the least recently used forgotten first.

Knows keys and a bound. It never decides what may be remembered.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Memory:
    """A bounded store of answers, safe between threads; nobody may change what it returns."""

    def __init__(self, size: int) -> None:
        """Keep at most `size` answers."""
        self._size = size
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def recall(self, key: Hashable, answer: Callable[[], Answer]) -> Answer:
        """The answer under `key`; computed, outside the lock, when it is not known."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: Answer = self._answers[key]
                return found
        computed = answer()
        with self._lock:
            self._answers[key] = computed
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
        return computed

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._answers)
