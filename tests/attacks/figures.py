"""
An invented source of three contents, served by the real stand-in, and runs of the real command.

A share and a count by municipality, sex, origin and year (`TAB101`), and a net by municipality and
year (`TAB102`). Figures are arrays that a test changes and serves as a new answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from etl.catalogue.pointer import available_versions, read_pointer
from tests.etl.documents import document
from tests.etl.running import Run, etl, rows
from tests.pxweb_server import Pack, Server, cells_of, serving

CATALOGUE = Path(__file__).parent / "figures.yaml"
REGIONS = (
    *("0114", "0115", "0117", "0120", "0123", "0125", "0126", "0127", "0128", "0136"),
    *("0138", "0139", "0140", "0160", "0162", "0163", "0180", "0181", "0182", "0183"),
)
SEXES, ORIGINS = ("1", "2", "1+2"), ("TOT", "SE", "SAMUTF")
YEARS = tuple(str(year) for year in range(2014, 2024))
SHARE, COUNT = 0, 1  # the contents of TAB101, by their place on the fourth axis
Figures = NDArray[np.float64]
Change = Callable[[Figures], Figures]
OURS = {"1+2": "_T", "TOT": "_T"}


def people(years: tuple[str, ...] = YEARS) -> Figures:
    """Shares and counts by region, sex, origin, content and year, as calm as real ones are."""
    chance = np.random.default_rng(15)
    shape = len(REGIONS), len(SEXES), len(ORIGINS)
    level = 60 + chance.normal(0, 6, shape) + np.array([4.0, -4.0, 0.0])[:, None]
    level = level + np.array([0.0, 6.0, -12.0])
    persons = np.exp(chance.normal(8, 0.8, shape))
    time = np.arange(len(years))
    wobble = chance.normal(0, 0.4, (2, *shape, len(years)))
    share = level[..., None] + 0.3 * time + wobble[0]
    count = persons[..., None] * (1 + 0.01 * time + 0.005 * wobble[1])
    return np.stack([np.round(share, 1), np.round(count)], axis=3)


def moves(years: tuple[str, ...] = YEARS) -> Figures:
    """Nets by region and year, some of them zero."""
    chance = np.random.default_rng(16)
    return np.round(chance.normal(0, 40, (len(REGIONS), 1, len(years))))


def people_pack(
    figures: Figures,
    updated: str,
    years: tuple[str, ...] = YEARS,
    *,
    table: str = "TAB101",
    title: str = "Arbete",
) -> Pack:
    """TAB101, or another one like it, with these figures; NaN is "..", hidden."""
    axes = {
        "Region": REGIONS,
        "Kon": SEXES,
        "Bakgrund": ORIGINS,
        "ContentsCode": {"A": "Andel i arbete", "N": "Personer i arbete"},
        "Tid": years,
    }
    units = {"A": ("procent", 1), "N": ("antal", 0)}
    title = f"{title} efter region, kön och bakgrund. År {years[0]}-{years[-1]}"
    return _pack(table, axes, figures, (units, title, "AA0003"), updated)


def moves_pack(figures: Figures, updated: str, years: tuple[str, ...] = YEARS) -> Pack:
    """TAB102 with these figures."""
    axes = {"Region": REGIONS, "ContentsCode": {"F": "Flyttningsnetto"}, "Tid": years}
    title = f"Flyttningar efter region. År {years[0]}-{years[-1]}"
    return _pack("TAB102", axes, figures, ({"F": ("antal", 0)}, title, "BE0101"), updated)


def _pack(
    table: str, axes: Any, figures: Figures, words: tuple[Any, str, str], updated: str
) -> Pack:
    units, title, path = words
    metadata = document(axes, [], units=units, title=title) | {"updated": updated}
    metadata["extension"] = {"px": {"tableid": table, "language": "sv"}}
    flat = figures.ravel()
    values = [None if np.isnan(one) else float(one) for one in flat]
    cells = cells_of(values, {str(at): ".." for at in np.flatnonzero(np.isnan(flat))})
    listed = {
        "id": table,
        "label": title,
        "description": "",
        "updated": updated,
        "firstPeriod": axes["Tid"][0],
        "lastPeriod": axes["Tid"][-1],
        "category": "public",
        "variableNames": [name.lower() for name in axes],
        "discontinued": False,
        "source": "SCB",
        "timeUnit": "Annual",
        "paths": [[{"id": path[:2], "label": path[:2]}, {"id": path, "label": path}]],
        "links": [],
    }
    return Pack(metadata=metadata, table=listed, cells=lambda: cells)


@dataclass
class Source:
    """The served tables, and the data folder that is filled from them."""

    server: Server
    data: Path
    catalogue: Path = CATALOGUE
    day: int = field(default=0)

    def answers(self, figures: Figures, years: tuple[str, ...] = YEARS) -> None:
        """Serve these figures of TAB101 from now on, as updated a day later than before."""
        self.day += 1
        self.server.publish(people_pack(figures, f"2026-10-{self.day:02d}T07:00:00Z", years))

    def run(self, *options: str | Path) -> Run:
        """The whole way: resolve, fetch, build."""
        return self.etl("run", "--api", self.server.url, *options)

    def etl(self, command: str, *options: str | Path) -> Run:
        """One command on the data folder with the catalogue."""
        named = () if command in {"use", "path", "prune"} else ("--catalogue", self.catalogue)
        return etl(command, *options, "--data", self.data, *named)

    def status(self) -> dict[str, Any]:
        """What `etl status --json` says."""
        run = self.etl("status", "--json")
        assert run.code == 0, run.output
        told: dict[str, Any] = orjson.loads(run.output)
        return told

    def held(self) -> set[str]:
        """The indicators of which an answer is held back."""
        return {one["indicator"] for one in self.status()["held"]}

    @property
    def version(self) -> str:
        """The current version."""
        pointer = read_pointer(self.data)
        assert pointer is not None
        return pointer.version

    @property
    def versions(self) -> list[str]:
        """The versions that are kept."""
        return available_versions(self.data)

    def published(self) -> dict[tuple[str, ...], float | None]:
        """Every published figure by indicator, region, year, sex and origin."""
        found = rows(
            self.data,
            """
            SELECT indicator::VARCHAR, region::VARCHAR, period::VARCHAR, sex::VARCHAR,
                   background::VARCHAR, value
            FROM observation
            """,
        )
        return {tuple(key): value for *key, value in found}


def expected(
    figures: Figures, *contents: int, years: tuple[str, ...] = YEARS
) -> dict[tuple[str, ...], float | None]:
    """The figures of TAB101 under the keys of `Source.published`."""
    names = {SHARE: "working_share", COUNT: "working"}
    found: dict[tuple[str, ...], float | None] = {}
    for (region, sex, origin, content, year), value in np.ndenumerate(figures):
        if content in contents:
            key = (names[content], REGIONS[region], years[year])
            groups = OURS.get(SEXES[sex], SEXES[sex]), OURS.get(ORIGINS[origin], ORIGINS[origin])
            found[*key, *groups] = None if np.isnan(value) else float(value)
    return found


def of_people(
    published: dict[tuple[str, ...], float | None],
) -> dict[tuple[str, ...], float | None]:
    """Those of TAB101."""
    return {key: value for key, value in published.items() if key[0] != "net_moves"}


@contextmanager
def source(data: Path, figures: Figures, years: tuple[str, ...] = YEARS) -> Iterator[Source]:
    """The source with these figures of TAB101, before anything is fetched."""
    packs = [
        people_pack(figures, "2026-09-01T07:00:00Z", years),
        moves_pack(moves(), "2026-09-01T07:00:00Z"),
    ]
    with serving(packs, calls=100_000, window=1.0) as server:
        yield Source(server, data)
