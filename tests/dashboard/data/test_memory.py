"""What is remembered between questions, and who computes it when several ask at once."""

from collections import Counter
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event, Lock
from typing import TypeVar

import pytest

from dashboard.data.context import Context
from dashboard.data.memory import ByteMemory, Memory
from dashboard.server.app import create_app
from tests.dashboard.rendered import shown

READERS = 8
SOON = 30  # seconds after which a test that hangs has failed
Answer = TypeVar("Answer")


class CountingMemory(Memory):
    """A memory that counts how often each answer is computed."""

    def __init__(self, size: int) -> None:
        """Keep at most `size` answers."""
        super().__init__(size)
        self.computed: Counter[Hashable] = Counter()
        self._counting = Lock()

    def recall(self, key: Hashable, answer: Callable[[], Answer]) -> Answer:
        """The answer under `key`, counted when it is computed."""

        def counted() -> Answer:
            with self._counting:
                self.computed[key] += 1
            return answer()

        return super().recall(key, counted)


def at_once(question: Callable[[], Answer]) -> list[Future[Answer]]:
    """A question asked by as many threads as there are readers, all at the same time."""
    together = Barrier(READERS)

    def asked() -> Answer:
        together.wait(SOON)
        return question()

    with ThreadPoolExecutor(READERS) as pool:
        return [pool.submit(asked) for _ in range(READERS)]


def test_memory_is_bounded_and_forgets_the_least_used() -> None:
    """However many views are asked for, only so many answers are kept."""
    memory = CountingMemory(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert memory.recall(key, key.upper) == key.upper()

    assert memory.computed == {"a": 1, "b": 2, "c": 1}
    assert len(memory) == 2


def test_what_eight_readers_ask_at_once_is_computed_once() -> None:
    """The first computes; the others wait for it and get the same object."""
    memory, begun = CountingMemory(4), Event()

    def slow() -> object:
        begun.wait(0.2)  # long enough for all the others to come
        return object()

    answers = {id(asked.result(SOON)) for asked in at_once(lambda: memory.recall("key", slow))}

    assert memory.computed == {"key": 1}
    assert len(answers) == 1


def test_a_question_waits_for_no_other_question() -> None:
    """Whoever asks something else gets it while a slow answer is computed."""
    memory, asked, answered = Memory(4), Event(), Event()

    def slow() -> bool:
        asked.set()
        return answered.wait(SOON)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(memory.recall, "slow", slow)
        assert asked.wait(SOON)
        assert memory.recall("quick", lambda: 1) == 1
        answered.set()
        assert first.result(SOON)


def test_an_answer_may_ask_for_others() -> None:
    """A page asks for its panel, and the panel for its rows, in one thread."""
    memory = Memory(4)

    def panel() -> int:
        return memory.recall("rows", lambda: 2) + 1

    assert memory.recall("page", lambda: memory.recall("panel", panel) * 10) == 30


def test_a_failure_is_told_to_who_computes_and_never_remembered() -> None:
    """The readers who waited compute again: of eight, seven get the answer."""
    memory, failing = CountingMemory(4), iter([True])

    def answer() -> str:
        if next(failing, False):
            raise ValueError("no rows")
        return "rows"

    asked = at_once(lambda: memory.recall("key", answer))
    failures = [one.exception(SOON) for one in asked if one.exception(SOON)]

    assert [str(failure) for failure in failures] == ["no rows"]
    assert {one.result() for one in asked if not one.exception()} == {"rows"}
    assert memory.computed == {"key": 2}


@pytest.mark.parametrize(
    ("path", "search"),
    [
        ("/jamfor", "?region=0127"),
        ("/data", ""),
        ("/", "?region=0127"),
        ("/indikator/employment_rate", "?region=0127&vy=jamfor"),
    ],
)
def test_a_cold_page_that_eight_readers_ask_for_is_made_once(
    context: Context, path: str, search: str
) -> None:
    """After a new version everybody asks the same; the panel answers it once."""
    memories = [CountingMemory(512) for _ in range(3)]
    memory, recent, answers = memories
    counting = replace(context, memory=memory, recent=recent, answers=answers)
    server = create_app(counting).server

    pages = {str(asked.result(SOON)) for asked in
             at_once(lambda: shown(server.test_client(), path, search))}  # fmt: skip

    assert len(pages) == 1
    computed = {key: count for each in memories for key, count in each.computed.items()}
    assert computed
    assert {key: count for key, count in computed.items() if count > 1} == {}


def asked(memory: ByteMemory[str], key: str, size: int = 10) -> bool:
    """Whether an answer was there when it was asked for; kept after it was not."""
    if memory.get(key.encode()) is not None:
        return True
    memory.keep(key.encode(), key, size)
    return False


def test_sent_answers_never_take_more_bytes_than_they_may() -> None:
    """Of any sizes, in any order, also when one of them becomes another."""
    memory: ByteMemory[str] = ByteMemory(1000)
    for number in range(500):
        memory.keep(str(number % 70).encode(), "answer", 1 + number * 37 % 300)
        assert 0 < memory.size <= 1000

    memory.keep(b"too large", "answer", 1001)
    assert memory.get(b"too large") is None


def test_what_is_asked_for_most_is_kept_whatever_is_asked_once() -> None:
    """A program that asks for everything drives out nothing that people read."""
    memory: ByteMemory[str] = ByteMemory(100)
    for _ in range(3):
        for name in "abcde":
            asked(memory, name)
    for number in range(1000):
        asked(memory, f"once {number}")

    assert [asked(memory, name) for name in "abcde"] == [True] * 5


def test_of_two_asked_for_alike_the_smaller_is_kept() -> None:
    """As many readers as possible get an answer from the same number of bytes."""
    memory: ByteMemory[str] = ByteMemory(100)
    for _ in range(2):
        asked(memory, "large", 90)
        asked(memory, "small", 20)

    assert (asked(memory, "small", 20), asked(memory, "large", 90)) == (True, False)


def test_what_nobody_asks_for_any_more_gives_way() -> None:
    """After some time of other questions, yesterday's most asked is worth no more than they."""
    memory: ByteMemory[str] = ByteMemory(100)
    for _ in range(20):
        asked(memory, "yesterday", 100)
    for number in range(400_000):
        asked(memory, f"today {number % 30}", 100)

    assert not asked(memory, "yesterday", 100)


def test_a_new_answer_takes_the_place_of_the_old_one() -> None:
    """One question has one answer, the newest."""
    memory: ByteMemory[str] = ByteMemory(100)
    memory.keep(b"key", "old", 60)
    memory.keep(b"key", "new", 50)

    assert (memory.get(b"key"), memory.size) == ("new", 50)
