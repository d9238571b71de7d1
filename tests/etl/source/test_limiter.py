"""No window of time sees more calls than allowed, however threads and answers fall."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from etl.source.client import Limiter
from tests.pxweb_server import busiest_window

WINDOW = 0.1
HANGING = 30.0  # seconds after which a wait will never end


def calls(limiter: Limiter, number: int, threads: int, longest: float = 0.0) -> list[float]:
    """The moments at which so many calls began; each takes some time below `longest`."""
    began: list[float] = []
    chance = random.Random(7)
    lengths = [chance.uniform(0, longest) for _ in range(number)]
    begun = threading.Lock()

    def call(length: float) -> None:
        with limiter.slot():
            with begun:
                began.append(time.monotonic())
            if length:
                threading.Event().wait(length)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(call, lengths))
    return sorted(began)


@pytest.mark.parametrize("longest", [0.0, 0.06])
def test_no_window_holds_more_calls_than_allowed(longest: float) -> None:
    """40 calls of 10 threads, 5 a window: however a window is laid, it sees 5 at most."""
    began = calls(Limiter(5, WINDOW), 40, 10, longest)
    assert len(began) == 40
    assert busiest_window(began, WINDOW) <= 5


def test_all_that_is_allowed_is_used() -> None:
    """30 calls at 10 a window are made ten at a time: each ends when nine others have begun."""
    limiter, ten = Limiter(10, WINDOW), threading.Barrier(10)

    def call(_: int) -> None:
        with limiter.slot():
            ten.wait(HANGING)

    with ThreadPoolExecutor(30) as pool:
        assert len(list(pool.map(call, range(30)))) == 30


def test_before_the_api_has_said_more_one_call_is_allowed() -> None:
    """Nothing is known of the limits until /config is read."""
    limiter = Limiter(window=0.05)
    began = calls(limiter, 4, 4)
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(began))


def test_a_raised_allowance_lets_waiting_calls_through() -> None:
    """The first answer tells the limits; those who waited with the old one go at once."""
    limiter = Limiter(1, 60.0)
    with limiter.slot():
        pass
    with ThreadPoolExecutor(9) as pool:
        waiting = [pool.submit(calls, limiter, 1, 1) for _ in range(9)]
        limiter.allow(10, 60.0)
        assert sum(len(one.result(timeout=HANGING)) for one in waiting) == 9


def test_a_lowered_allowance_counts_the_calls_already_made() -> None:
    """After 4 calls an allowance of 5 leaves one; the next waits for the window to pass."""
    limiter = Limiter(10, WINDOW)
    began = calls(limiter, 4, 4)
    limiter.allow(5, WINDOW)
    began += calls(limiter, 4, 4)
    assert busiest_window(began, WINDOW) <= 5


def test_a_pause_that_the_server_asked_for_is_kept_by_everybody() -> None:
    """No thread starts a call before the time is over, also where places are free."""
    limiter = Limiter(10, WINDOW)
    asked = time.monotonic()
    limiter.pause(0.2)
    limiter.pause(0.01)
    assert min(calls(limiter, 6, 6)) - asked >= 0.2


def test_a_call_that_fails_holds_its_place_like_any_other() -> None:
    """A refused or cut call was seen by the server too."""
    limiter = Limiter(1, WINDOW)
    began = time.monotonic()
    with pytest.raises(OSError, match="reset"), limiter.slot():
        raise OSError("reset")
    assert calls(limiter, 1, 1)[0] - began >= WINDOW


def test_the_time_spent_waiting_is_known() -> None:
    """Progress tells how long the limit made us wait: the second of 2 calls at 1 a window waits."""
    limiter = Limiter(1, WINDOW)
    calls(limiter, 2, 1)
    assert limiter.waited > 0
