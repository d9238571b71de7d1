"""Two small tables of invented figures, a catalogue of both, and runs against them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
import yaml

from tests.etl.running import Run, etl, rows
from tests.pxweb_server import Pack, Server, serving
from tests.pxweb_server.editions import updated_at
from tests.pxweb_server.routes import Answer, Request
from tests.pxweb_server.small import small_pack

FIRST = "2024-02-22T07:00:00Z"
SECOND = "2025-02-22T07:00:00Z"
THIRD = "2026-02-22T07:00:00Z"
PEOPLE, OTHERS = "TAB1", "TAB2"
SMALL = 60
INDICATOR = {PEOPLE: "people", OTHERS: "others"}
TITLE = {PEOPLE: "Folkmängd", OTHERS: "Hushåll"}
FOLDER = {PEOPLE: "BE", OTHERS: "HE"}


@dataclass(frozen=True)
class World:
    """A server with two tables, a catalogue of them, and a data folder."""

    server: Server
    data: Path
    catalogue: Path

    def run(self, *options: str) -> Run:
        """Resolve, fetch and build."""
        return self.etl("run", "--api", self.server.url, *options)

    def etl(self, command: str, *options: str | Path) -> Run:
        """Run any command on the data folder; a traceback fails the test."""
        common = ("--data", self.data, "--catalogue", self.catalogue)
        return etl(command, *options, *common)

    def values(self, table: str) -> dict[str, float | None]:
        """The published figures of a table's indicator in the country, by year."""
        found = rows(
            self.data,
            """
            SELECT period::VARCHAR, value FROM observation
            WHERE indicator::VARCHAR = $indicator AND region::VARCHAR = '00'
            """,
            indicator=INDICATOR[table],
        )
        return dict(found)

    def problems(self) -> dict[str, str]:
        """Why figures are stale or missing, by indicator."""
        return dict(rows(self.data, "SELECT indicator, reason FROM source_problem"))

    def asked(self, table: str) -> int:
        """How often cells of a table have been asked for."""
        return sum(
            call.method == "POST" and f"/{table}/" in call.path for call in self.server.calls
        )

    def publish(self, table: str, moment: str, shift: float = 0) -> None:
        """Publish a table anew, with every number so much higher."""
        self.server.publish(edition(table, moment, shift))

    def answer(self, path: str, change: Callable[[Any], Any]) -> None:
        """From now on change the JSON of every answer to a path (`/tables/TAB1/metadata`)."""
        self.server.change = changing(path, change)

    def send(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """From now on answer a path with these bytes."""
        self.server.change = lambda request, served: (
            replace(served, status=200, body=body, headers=headers or {})
            if is_for(request, path)
            else served
        )


def edition(table: str, moment: str = FIRST, shift: float = 0) -> Pack:
    """One of the two tables, as published at a moment."""
    pack = updated_at(small_pack(table), moment)
    title = f"{TITLE[table]} efter region och kön. År 2021-2023"
    folders = [[{"id": FOLDER[table], "label": "x"}, {"id": f"{FOLDER[table]}0101A", "label": "y"}]]
    cells = pack.cells()
    values = cells.values.copy()
    for at, value in enumerate(values):
        # Of small figures it would be a revision that waits for a person.
        values[at] = value if value is None or value < SMALL else value + shift
    moved = replace(cells, values=values)
    return replace(
        pack,
        metadata={**pack.metadata, "label": title},
        table={**pack.table, "label": title, "paths": folders},
        cells=lambda: moved,
    )


def is_for(request: Request, path: str) -> bool:
    """Whether a request is for a path of the API."""
    return request.target.partition("?")[0].endswith(path)


def changing(path: str, change: Callable[[Any], Any]) -> Callable[[Request, Answer], Answer]:
    """What the server sends when the JSON of a path is changed."""

    def changed(request: Request, served: Answer) -> Answer:
        if not is_for(request, path) or served.status != 200:
            return served
        return replace(served, body=orjson.dumps(change(orjson.loads(served.body))))

    return changed


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Serve both tables, none of them fetched yet."""
    file = folder / "two.yaml"
    file.write_text(yaml.safe_dump(catalogue(), allow_unicode=True), encoding="utf-8")
    packs = [edition(PEOPLE), edition(OTHERS)]
    with serving(packs, calls=100_000) as server:
        yield World(server, folder / "data", file)


def catalogue() -> dict[str, Any]:
    """A catalogue of both tables, one indicator of each."""
    text = {"sv": "Antal", "en": "Number"}
    total = {"code": "_T", "kind": "total", "label": {"sv": "Samtliga", "en": "All"}}
    return {
        "themes": [{"id": "population", "title": text, "line": text}],
        "categories": [{"dimension": name, **total} for name in ("sex", "background", "education")],
        "tables": [
            {
                "key": INDICATOR[table],
                "id": table,
                "label": [TITLE[table]],
                "path": FOLDER[table],
                "levels": ["country", "county", "municipality"],
                "years": {"from": 2021},
                "variables": [
                    {"code": "Region", "role": "region"},
                    {"code": "Kon", "role": "sex", "total": ["1", "2"]},
                ],
            }
            for table in (PEOPLE, OTHERS)
        ],
        "indicators": [
            {
                "id": INDICATOR[table],
                "theme": "population",
                **dict.fromkeys(
                    ("title", "definition", "population", "not_captured", "unit"), text
                ),
                "decimals": 0,
                "measure": "count",
                "better": "none",
                "union": "none",
                "chart": {"kind": "line"},
                "segments": [
                    {
                        "id": "only",
                        "title": text,
                        "years": {"from": 2021},
                        "sources": [
                            {
                                "table": INDICATOR[table],
                                "levels": ["country", "county", "municipality"],
                                "contents": {"text": "Folkmängd", "unit": "antal", "decimals": 0},
                            }
                        ],
                    }
                ],
            }
            for table in (PEOPLE, OTHERS)
        ],
    }
