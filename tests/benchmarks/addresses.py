"""Addresses of every kind, and how often each is asked for."""

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from urllib.parse import urlencode

import duckdb

VIEWS = ("", "jamfor", "tvaar", "karta", "grupper", "skillnader", "tabell")
KINDS = {"indicator": 60, "overview": 8, "compare": 8, "areas": 8, "briefing": 10,
         "data": 2, "report": 2, "about": 2}  # fmt: skip
POPULATION, EXPONENT, SEED = 20_000, 0.7, 13
# Paths and keys of the other pages, each key with how many in a hundred ask for it.
PAGES: dict[str, tuple[tuple[str, ...], dict[str, tuple[int, tuple[str, ...]]]]] = {
    "overview": (("/",), {"samling": (30, ("unga", "resurser"))}),
    "compare": (("/jamfor",), {"jamfor": (50, ("01,00", "skr", "liknande"))}),
    "data": (("/data",), {"sok": (50, ("arbete", "bostad", "val"))}),
    "report": (("/rapport-2010",), {}),
    "about": (("/om", "/om/tillganglighet"), {}),
}
# What an indicator's page is asked for besides its view.
CHOICES: dict[str, tuple[int, tuple[str, ...]]] = {
    "bakgrund": (35, ("SE,VXEUEES", "SE", "SAMUTF", "SE,NEXS,VXEUEES", "INT010")),
    "kon": (25, ("1", "2", "1,2")),
    "alder": (12, ("femar", "ettar", "20-24", "16-19,20-24")),
    "ar": (20, ("2015", "2010-2020", "2018-2022", "2020M01-2024M06")),
    "niva": (15, ("lan", "kommun", "omrade", "riket")),
    "sortering": (15, ("varde", "forandring", "kod")),
    "antal": (15, ("ja",)),
}
BRIEFINGS: tuple[dict[str, str], ...] = (
    {}, {"samling": "resurser"}, {"samling": "unga"}, {"tema": "labour_market"},
)  # fmt: skip
Address = tuple[str, str]


class Town:
    """What addresses are made of: the ids of indicators, and the codes of regions by kind."""

    def __init__(self, warehouse: Path) -> None:
        """Read ids and codes from a warehouse."""
        with duckdb.connect(warehouse, read_only=True) as connection:
            ids = connection.execute("SELECT DISTINCT indicator::VARCHAR FROM latest ORDER BY 1")
            self.indicators = [id for (id,) in ids.fetchall()]
            regions = connection.execute("SELECT code, level FROM region ORDER BY code").fetchall()
        self.municipalities: list[str] = [
            code for code, level in regions if level == "municipality"
        ]
        self.counties: list[str] = [code for code, level in regions if level == "county"]
        known = {*self.municipalities, *self.counties}
        self.others: list[str] = [code for code, _ in regions if code not in known]

    def addresses(self, count: int = POPULATION, seed: int = SEED) -> list[Address]:
        """So many different addresses, path and search, in the order of how much they are asked."""
        endless, found = self._endless(random.Random(seed)), dict[Address, None]()
        while len(found) < count:
            found[next(endless)] = None
        return list(found)

    def _endless(self, source: random.Random) -> Iterator[Address]:
        while True:
            kind = source.choices(list(KINDS), list(KINDS.values()))[0]
            path, keys = self._asked(kind, source)
            if kind != "about" and "region" not in keys and source.random() < 0.9:
                keys["region"] = self._region(source)
            if source.random() < 0.25:
                keys["lang"] = "en"
            yield path, f"?{urlencode(keys)}" if keys else ""

    def _region(self, source: random.Random) -> str:
        kinds = [self.municipalities] * 3 + [self.counties, self.others]
        return source.choice(source.choice(kinds))

    def _asked(self, kind: str, source: random.Random) -> tuple[str, dict[str, str]]:
        """Path and keys of a page of a kind; the region is left to the caller where it may be."""
        match kind:
            case "indicator":
                return self._indicator(source)
            case "areas":
                return "/omraden", {"region": source.choice(self.municipalities)}
            case "briefing":
                four = {"indikatorer": ",".join(source.sample(self.indicators, 4))}
                return "/briefing", dict(source.choice((*BRIEFINGS, four)))
        paths, choices = PAGES[kind]
        return source.choice(paths), _some(source, choices)

    def _indicator(self, source: random.Random) -> tuple[str, dict[str, str]]:
        view = source.choice(VIEWS)
        beside = ("01,00", "skr", "liknande", "00", "omradena-01", self._region(source))
        keys = _some(source, {"jamfor": (35, beside), **CHOICES})
        place = "/inbaddad" if source.random() < 0.05 else ""
        path = f"{place}/indikator/{source.choice(self.indicators)}"
        return path, ({"vy": view} if view else {}) | keys


def _some(source: random.Random, choices: dict[str, tuple[int, tuple[str, ...]]]) -> dict[str, str]:
    return {
        key: source.choice(values)
        for key, (share, values) in choices.items()
        if 100 * source.random() < share
    }


def drawn(count: int, population: int = POPULATION, seed: int = SEED) -> list[int]:
    """Which of so many addresses is asked for each time: the n-th by a weight of n ** -0.7."""
    weights = list(accumulate((place + 1) ** -EXPONENT for place in range(population)))
    return random.Random(seed).choices(range(population), cum_weights=weights, k=count)
