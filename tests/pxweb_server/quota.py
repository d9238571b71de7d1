"""The call quota: a fixed window per client address over all endpoints. Refused calls are free."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True)
class Admission:
    """Whether a call is admitted, how many remain, and when (in seconds) the window ends."""

    admitted: bool
    remaining: int
    ends_in: float

    @property
    def retry_after(self) -> int:
        """Whole seconds to wait, at least one."""
        return max(1, math.ceil(self.ends_in))


@dataclass
class Quota:
    """At most `calls` per `window` seconds and address; a window opens with its first call."""

    calls: int
    window: float
    _opened: dict[str, tuple[float, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def admission(self, address: str, now: float) -> Admission:
        """Counts one call of an address at a monotonic time and says whether it is admitted."""
        with self._lock:
            start, used = self._opened.get(address, (now, 0))
            if now - start >= self.window:
                start, used = now, 0
            ends_in = start + self.window - now
            if used >= self.calls:
                return Admission(False, 0, ends_in)
            self._opened[address] = (start, used + 1)
            return Admission(True, self.calls - used - 1, ends_in)

    def refusal(self) -> str:
        """The text of a 429."""
        return f"API calls quota exceeded! maximum admitted {self.calls} per {self.window:g}s."


def busiest_window(times: Iterable[float], window: float) -> int:
    """The most calls in any half-open window of so many seconds; `times` in seconds."""
    ordered = sorted(times)
    most = first = 0
    for last, at in enumerate(ordered):
        while at - ordered[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most
