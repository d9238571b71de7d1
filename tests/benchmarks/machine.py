"""What a measurement was made on, and how it is made: a warm-up, then the best of three."""

import os
import platform
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import psutil

PACKAGES = ("duckdb", "numpy", "orjson", "pandas", "pyarrow", "pxwebpy")
TIMES = 3


class Seconds(NamedTuple):
    """How long a run takes: by the clock, and of the processor on all of its cores."""

    clock: float
    processor: float


def best(*actions: Callable[[], object]) -> list[Seconds]:
    """The shortest of three runs of each, in turns, so that other work slows all of them alike."""
    for action in actions:
        action()
    rounds = [[measured(action) for action in actions] for _ in range(TIMES)]
    return [Seconds(*map(min, zip(*runs, strict=True))) for runs in zip(*rounds, strict=True)]


def measured(action: Callable[[], object]) -> Seconds:
    """How long one run takes."""
    processor = time.process_time()
    return Seconds(seconds(action), time.process_time() - processor)


def seconds(action: Callable[[], object]) -> float:
    """How long one run takes by the clock."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def told(what: str, *lines: str, packages: Sequence[str] = PACKAGES) -> None:
    """Prints figures and, beside them, what they were measured on."""
    load = ", ".join(f"{part:.2f}" for part in os.getloadavg())
    memory = psutil.virtual_memory().total / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    print(f"\n{what}")
    for line in lines:
        print(f"  {line}")
    print(f"  on {os.cpu_count()} cores, {processor()}, {memory:.0f} GiB; load {load}")
    print(f"  Python {platform.python_version()}, {versions}")


def processor() -> str:
    """The model of the processor, as the system names it."""
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
