"""
Memory of a worker that goes on answering: `python -m tests.benchmarks.resident DATA [QUESTIONS]`.

One worker of the panel as `deploy/` serves it answers pages, callbacks, files and the API, of which
a fifth are a warm-up. Of each quarter of the rest its resident memory is printed, the most of what
it held after each 250 questions, and the most of any moment, as the system has noted it; Chromium
is another process, and not counted. Exits 1 where a question failed, where the worker held 400 MB
or more, or in the last quarter 5 % more than in the second.
"""

import random
import sys
import tempfile
from pathlib import Path

from etl.catalogue.pointer import read_pointer
from tests.benchmarks.addresses import Town, drawn
from tests.benchmarks.load import Question
from tests.benchmarks.panels import loaded, served
from tests.benchmarks.peak import MEGABYTE, peak
from tests.benchmarks.test_serving import visits

QUESTIONS, STEP = 25_000, 250
MOST, GROWTH = 400 * MEGABYTE, 1.05
ELSEWHERE = 8  # of a hundred questions so many are for files and the API, the others for pages
PLACES = (
    "/api/v1/observations?indicator={id}&region={code}",
    "/api/v1/observations?indicator={id}&region={code}&format=csv",
    "/api/v1/highlights?region={code}",
    "/ladda-ner/{id}.csv?region={code}",
    "/ladda-ner/{id}.xlsx?region={code}",
    "/ladda-ner/{id}.parquet?omfang=allt",
)


def questions(town: Town, count: int) -> list[Question]:
    """Pages, callbacks, files and the API in the order in which they are asked for."""
    source, asked = random.Random(15), visits(town.addresses(), drawn(count))
    codes = [*town.municipalities, *town.counties]
    for turn in range(count):
        if source.randrange(100) < ELSEWHERE:
            place = source.choice(PLACES)
            address = place.format(id=source.choice(town.indicators), code=source.choice(codes))
            asked[turn] = ("GET", address, "")
    return asked


def main(data: Path, count: int = QUESTIONS) -> None:
    """Ask, and print what was held."""
    current = read_pointer(data)
    if current is None:
        sys.exit(f"{data} holds no version; python -m etl demo makes one")
    asked = questions(Town(data / current.file), count)
    sizes: list[tuple[int, int]] = []
    with tempfile.TemporaryDirectory() as cache:
        given = {"INTEGRATION_DATA": str(data), "INTEGRATION_CACHE": cache}
        with served("dashboard.wsgi:server", "--workers", "1", **given) as panel:
            panel.settle()
            (worker,) = panel.process.children()
            before, failures = worker.memory_info().rss, 0
            for start in range(0, len(asked), STEP):
                Path(f"/proc/{worker.pid}/clear_refs").write_text("5", encoding="ascii")  # the peak
                some = asked[start : start + STEP]
                heard = loaded(panel.port, some, clients=1, seconds=0)
                failures += heard["failures"] + heard["refused"]
                sizes.append((worker.memory_info().rss, peak(worker.pid)))
    print(f"before anybody asks {before / MEGABYTE:.0f} MB; {failures} of {count:,} failed")
    sizes = sizes[len(sizes) // 5 :]
    quarter = -(-len(sizes) // 4)
    parts = [sizes[start:][:quarter] for start in range(0, len(sizes), quarter)]
    held = [max(size for size, _ in part) for part in parts]
    for number, part in enumerate(parts):
        most = max(size for _, size in part)
        print(
            f"quarter {number + 1}: {held[number] / MEGABYTE:.0f} MB, "
            f"at one moment {most / MEGABYTE:.0f} MB"
        )
    if failures or max(held) >= MOST or held[-1] > GROWTH * held[1]:
        sys.exit(f"asked for: none failed, under {MOST / MEGABYTE:.0f} MB, at most {GROWTH} x")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
