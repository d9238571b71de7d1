"""A table's variables as a request sees them, with or without a codelist applied.

Knows metadata and codelists; never selections or cells.
"""

from dataclasses import dataclass
from functools import cached_property

from tests.pxweb_server.packs import Document, Pack, normal
from tests.pxweb_server.problems import no_such_codelist, no_such_variable


@dataclass(frozen=True)
class Variable:
    """One variable. `members` gives, per code, the positions among the table's own values."""

    code: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    elimination: bool
    elimination_code: str | None
    is_time: bool
    codelist: str | None = None

    @cached_property
    def _exact(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.codes)}

    @cached_property
    def _folded(self) -> dict[str, int]:
        return {code.casefold(): at for at, code in reversed(list(enumerate(self.codes)))}

    def position(self, code: str) -> int | None:
        """Where a code stands; its exact spelling first, then whatever its case."""
        found = self._exact.get(code)
        return self._folded.get(code.casefold()) if found is None else found


def variable_code(pack: Pack, asked: str) -> str:
    """The table's spelling of a variable code; `time` also means the time variable."""
    codes = {str(code).casefold(): str(code) for code in pack.metadata["id"]}
    found = codes.get(asked.casefold())
    if found is None and asked.casefold() == "time":
        found = next(iter(time_variables(pack)), None)
    if found is None:
        raise no_such_variable()
    return found


def time_variables(pack: Pack) -> list[str]:
    """The codes of the variables whose role is time (one, in every real table)."""
    return list(pack.metadata.get("role", {}).get("time", []))


def variable(pack: Pack, code: str, codelist_id: str | None = None) -> Variable:
    """A variable of the table, in its own values or in those of a codelist that belongs to it."""
    dimension: Document = pack.metadata["dimension"][code]
    own = ordered_codes(dimension)
    labels = dimension["category"]["label"]
    extension = dimension.get("extension", {})
    plain = Variable(
        code=code,
        codes=own,
        labels=tuple(labels[own_code] for own_code in own),
        members=tuple((at,) for at in range(len(own))),
        elimination=bool(extension.get("elimination", False)),
        elimination_code=extension.get("eliminationValueCode"),
        is_time=code in time_variables(pack),
    )
    if not codelist_id:
        return plain
    return _under_codelist(plain, codelist_of(pack, dimension, codelist_id))


def ordered_codes(dimension: Document) -> tuple[str, ...]:
    """The codes of a dimension by `category.index`."""
    index: dict[str, int] = dimension["category"]["index"]
    return tuple(sorted(index, key=index.__getitem__))


def codelist_of(pack: Pack, dimension: Document, codelist_id: str) -> Document:
    """The codelist document, if the dimension names it and the pack holds it."""
    wanted = normal(codelist_id)
    named = {
        normal(str(entry["id"])) for entry in dimension.get("extension", {}).get("codelists", [])
    }
    if wanted not in named or wanted not in pack.codelists:
        raise no_such_codelist()
    return pack.codelists[wanted]


def _under_codelist(plain: Variable, codelist: Document) -> Variable:
    at = {code: position for position, code in enumerate(plain.codes)}
    rows = [
        (
            str(value["code"]),
            str(value["label"]),
            tuple(at[member] for member in value["valueMap"] if member in at),
        )
        for value in codelist["values"]
    ]
    held = [row for row in rows if row[2]]
    return Variable(
        code=plain.code,
        codes=tuple(row[0] for row in held),
        labels=tuple(row[1] for row in held),
        members=tuple(row[2] for row in held),
        elimination=bool(codelist.get("elimination", False)),
        elimination_code=codelist.get("eliminationValueCode"),
        is_time=plain.is_time,
        codelist=str(codelist["id"]),
    )
