"""New editions of a pack, as an agency publishes them: later, relabelled, shrunken, renumbered.

Pure: a pack in, another pack out, for `Server.publish`. Never changes the pack it was given.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tests.pxweb_server.packs import Cells, Document, Pack
from tests.pxweb_server.variables import ordered_codes


def updated_at(pack: Pack, moment: str, *, in_search_too: bool = True) -> Pack:
    """The same table published at another moment; the search index may lag behind."""
    table = {**pack.table, "updated": moment} if in_search_too else pack.table
    return replace(pack, metadata={**pack.metadata, "updated": moment}, table=table)


def with_older_contents(pack: Pack, codes: Sequence[str], moment: str) -> Pack:
    """The same table, of which these contents have not changed since an earlier moment."""
    return replace(pack, content_updated=dict.fromkeys(codes, moment))


def announced_for(pack: Pack, moment: str) -> Pack:
    """The same table, with the moment at which its next edition is promised."""

    def change(metadata: Document) -> None:
        metadata.setdefault("extension", {}).setdefault("px", {})["nextUpdate"] = moment

    return _changed(pack, change)


def relabelled(pack: Pack, variable: str, code: str, label: str) -> Pack:
    """The same table with another text for one value."""

    def change(metadata: Document) -> None:
        metadata["dimension"][variable]["category"]["label"][code] = label

    return _changed(pack, change)


def renumbered(pack: Pack, table_id: str) -> Pack:
    """The same table under another id, such as one that meant another table before."""
    named = replace(pack, table={**pack.table, "id": table_id})

    def change(metadata: Document) -> None:
        px = metadata.setdefault("extension", {}).setdefault("px", {})
        px["tableid"] = px["matrix"] = table_id

    return _changed(named, change)


def narrowed(pack: Pack, variable: str, codes: Sequence[str]) -> Pack:
    """The same table with only these values of a variable, in the table's order."""
    own = ordered_codes(pack.metadata["dimension"][variable])
    kept = [at for at, code in enumerate(own) if code in codes]
    place = pack.metadata["id"].index(variable)

    def change(metadata: Document) -> None:
        category = metadata["dimension"][variable]["category"]
        category["index"] = {own[at]: new for new, at in enumerate(kept)}
        category["label"] = {own[at]: category["label"][own[at]] for at in kept}
        metadata["size"][place] = len(kept)

    sizes = list(pack.metadata["size"])
    return replace(_changed(pack, change), cells=lambda: _taken(pack.cells(), sizes, place, kept))


def recoded(pack: Pack, variable: str, codes: Mapping[str, str]) -> Pack:
    """The same table with other codes for some values of a variable."""

    def change(metadata: Document) -> None:
        category = metadata["dimension"][variable]["category"]
        own = ordered_codes(metadata["dimension"][variable])
        category["index"] = {codes.get(code, code): at for at, code in enumerate(own)}
        category["label"] = {
            codes.get(code, code): text for code, text in category["label"].items()
        }

    return _changed(pack, change)


def with_values(pack: Pack, change: Callable[[Cells], Cells]) -> Pack:
    """The same table with revised cells."""
    return replace(pack, cells=lambda: change(pack.cells()))


def _changed(pack: Pack, change: Callable[[Document], None]) -> Pack:
    metadata = copy.deepcopy(pack.metadata)
    change(metadata)
    return replace(pack, metadata=metadata)


def _taken(cells: Cells, sizes: list[int], place: int, kept: list[int]) -> Cells:
    values = np.take(cells.values.reshape(sizes), kept, axis=place).ravel()
    marks = np.take(cells.marks.reshape(sizes), kept, axis=place).ravel()
    return Cells(values=values, marks=marks, symbols=cells.symbols)
