"""
JSON-stat 2 as PxWebApi 2 sends it: what a table holds, its texts, a value and status a cell.

Pure. Knows the traps of the format: order comes from `category.index`, values and
statuses are dense or sparse, one status may stand for all cells, a null with `-` is a true
zero, a status may stand beside a value, a byte order mark before the document; SCB's texts
change in dashes, suffixes and spaces between tables and years. It never decides what a code
means to us.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from etl.errors import DocumentError

NIL = "-"
_USUAL_CODES = {"time": ("tid", "time"), "metric": ("contentscode",)}
_LONGEST_CODE = 200
_MOST_SYMBOLS = 100  # a status is one byte; SCB has ten symbols
_MOST_CELLS = 10_000_000  # of one document; the API gives 150 000
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True)
class Dimension:
    """
    One variable of a table: its codes in order, their texts, and whether it may be left out.

    `units`: of contents, unit and decimals; "" and None where the source does not say.
    """

    code: str
    label: str
    labels: Mapping[str, str]
    eliminable: bool = False
    units: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order of the cells."""
        return tuple(self.labels)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where each code stands."""
        return {code: number for number, code in enumerate(self.labels)}


@dataclass(frozen=True)
class Note:
    """
    A footnote of the source: of the whole table, of one `dimension`, or of one `code` of it.

    `text`: a paragraph a line, links as "[words](address)". `mandatory`: the source wants it
    shown wherever the figures are.
    """

    text: str
    mandatory: bool = False
    dimension: str = ""
    code: str = ""


@dataclass(frozen=True)
class Dataset:
    """
    A table's description: title, dimensions in order, when SCB updated it, its notes.

    `updated` and `next_update` are as sent; "" where the source announces no next update.
    """

    title: str
    updated: str
    source: str
    dimensions: Mapping[str, Dimension]
    time: str
    metric: str
    notes: tuple[Note, ...]
    next_update: str = ""

    @property
    def size(self) -> tuple[int, ...]:
        """Number of codes of each dimension."""
        return tuple(len(dimension.labels) for dimension in self.dimensions.values())


@dataclass(frozen=True)
class Cells:
    """
    The cells of one document, row-major over `dataset.dimensions`.

    `value` is float64 with NaN for missing; `status` indexes `symbols`, where 0 is no
    status. A nil (`-`) has the value 0 and keeps its symbol.
    """

    dataset: Dataset
    value: NDArray[np.float64]
    status: NDArray[np.int8]
    symbols: tuple[str, ...]


def json_content(content: bytes | memoryview) -> Any:
    """
    Parse JSON as it was received, also behind a byte order mark.

    Raises:
        ValueError: when it is no JSON.

    """
    mark = len(codecs.BOM_UTF8)
    return orjson.loads(content[mark:] if content[:mark] == codecs.BOM_UTF8 else content)


def document_dataset(document: Any) -> Dataset:
    """
    Read what a document says about its table.

    Raises:
        DocumentError: when it is no JSON-stat 2 dataset with a time and a metric dimension, or
            is dated by what is no moment.

    """
    if not isinstance(document, dict) or document.get("class") != "dataset":
        raise DocumentError("the answer is not a JSON-stat 2 dataset; expected class `dataset`")
    try:
        extension = document.get("extension", {})
        dataset = Dataset(
            title=" ".join(shown_text(document.get("label"), "the table").split()),
            updated=str(document.get("updated") or ""),
            source=shown_text(document.get("source"), "the source"),
            dimensions={
                code_text(code, "the table"): _dimension(code, document) for code in document["id"]
            },
            time=_in_role("time", document),
            metric=_in_role("metric", document),
            notes=_notes(document),
            next_update=_announced(extension),
        )
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise DocumentError(f"the JSON-stat 2 dataset lacks {str(error)[:200]}") from error
    if dataset.updated:
        _dated(dataset.updated)
    if list(dataset.size) != document.get("size"):
        raise DocumentError(
            f"size says {document.get('size')!r:.100} but the dimensions have "
            f"{list(dataset.size)!r:.100} codes"
        )
    if bare := [code for code, dimension in dataset.dimensions.items() if not dimension.labels]:
        raise DocumentError(f"variable {bare[0]} has no codes; expected at least one")
    if not {dataset.time, dataset.metric} <= set(dataset.dimensions):
        raise DocumentError(
            f"the roles name {dataset.time!r:.60} and {dataset.metric!r:.60}, "
            "which are no dimensions of the table"
        )
    return dataset


def document_cells(document: Any) -> Cells:
    """
    Read every cell of a data document.

    Raises:
        DocumentError: when the number of values or statuses is not that of the cells.

    """
    described = document_dataset(document)
    count = prod(described.size)
    if count > _MOST_CELLS:
        raise DocumentError(f"the document has {count:,} cells; expected at most {_MOST_CELLS:,}")
    value = _values(document.get("value"), count)
    status, symbols = _statuses(document.get("status"), count)
    if NIL in symbols:
        value[np.isnan(value) & (status == symbols.index(NIL))] = 0.0
    return Cells(described, value, status, symbols)


def _nfc(text: str) -> str:
    """Return the text in Unicode's composed form, so that equal codes compare equal."""
    return unicodedata.normalize("NFC", text)


def code_text(sent: Any, whose: str) -> str:
    """Return a code in its composed form: any text that is not too long and has no control sign."""
    if not isinstance(sent, str) or not 0 < len(sent) <= _LONGEST_CODE or _CONTROL.search(sent):
        raise DocumentError(
            f"{whose} has the code {sent!r:.60}; expected a text of 1 to {_LONGEST_CODE} "
            "characters without control characters"
        )
    return _nfc(sent)


def shown_text(sent: Any, whose: str) -> str:
    """Return a text that is shown, without control characters; numbers are texts, nothing is ""."""
    if sent is None or isinstance(sent, str | int | float):
        return _CONTROL.sub(" ", "" if sent is None else str(sent))
    raise DocumentError(f"{whose} is called {sent!r:.60}; expected a text")


def normalised(text: str) -> str:
    """Return a text as it is compared: dashes, case, spaces and ", procent" do not count."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", _nfc(text).lower())
    text = re.sub(r"\s+", " ", text).replace(" ,", ",").replace(". ", ".").strip(" ,.")
    return text.removesuffix("procent").strip(" ,") if text.endswith(", procent") else text


def loosened(text: str) -> str:
    """Return a text without what some tables add: a remark on a new definition, "antal"."""
    plain = normalised(re.sub(r"\(ny def[^)]*\)", "", text, flags=re.IGNORECASE))
    return re.sub(r"^antal (?=\w)", "", plain)


def without_code(label: str, code: str) -> str:
    """
    Return a label without its own code in front: "0114R001 Upplands Väsby (Bollstanäs)".

    The code of an area stands there without its suffix. Years of age ("20-24 år") are no code.
    """
    text = " ".join(label.split())
    first, _, rest = text.partition(" ")
    has_code = first in {code, code.partition("_")[0]} and rest
    return rest if has_code and not rest.startswith("år") else text


def has_words(text: str, words: Iterable[str]) -> list[str]:
    """Return the words that do not stand at the beginning of a word of the text."""
    plain = normalised(text)
    return [word for word in words if not re.search(rf"\b{re.escape(normalised(word))}", plain)]


def source_moment(sent: str) -> datetime:
    """
    Return a moment of the source ("2026-06-08T06:00:00Z"); one without a zone is of UTC.

    Raises:
        ValueError: when it is none, or not of the centuries in which statistics are published.

    """
    read = datetime.fromisoformat(sent)
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise ValueError(f"{sent} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _dated(updated: str) -> None:
    try:
        source_moment(updated)
    except ValueError as error:
        raise DocumentError(
            f"`updated` is {updated[:60]!r}; expected a moment of ISO 8601 between {_FIRST_YEAR} "
            f"and {_LAST_YEAR}"
        ) from error


def _announced(extension: Mapping[str, Any]) -> str:
    """When the source says that it will update the table; nothing depends on its being there."""
    return str(_object(extension.get("px")).get("nextUpdate") or "")


def _notes(document: Mapping[str, Any]) -> tuple[Note, ...]:
    """
    Return the notes of the table, its variables and their codes, at each place the same once.

    No figure depends on them: what is no text is no note.
    """
    sent = [(document.get("note"), _object(document.get("extension")).get("noteMandatory"), "", "")]
    for variable in document["id"]:
        described = document["dimension"][variable]
        extension = _object(described.get("extension"))
        sent.append((described.get("note"), extension.get("noteMandatory"), variable, ""))
        of_codes = _object(extension.get("categoryNoteMandatory"))
        by_code = _object(described["category"].get("note"))
        sent += [(texts, of_codes.get(code), variable, code) for code, texts in by_code.items()]
    found: dict[tuple[str, str, str], bool] = {}
    for texts, flags, variable, code in sent:
        listed = [texts] if isinstance(texts, str) else texts if isinstance(texts, list) else []
        for number, text in enumerate(listed):
            if isinstance(text, str) and (paragraphs := _paragraphs(text)):
                key = paragraphs, _nfc(variable), _nfc(code)
                found[key] = found.get(key, False) or _object(flags).get(str(number)) is True
    return tuple(
        Note(text, mandatory, variable, code) for (text, variable, code), mandatory in found.items()
    )


def _object(sent: Any) -> Mapping[str, Any]:
    """Return an object of the document; an empty one for anything else."""
    return sent if isinstance(sent, dict) else {}


def _paragraphs(text: str) -> str:
    """Return a note with a paragraph a line; one that is only an "X" stands for none."""
    lines = (" ".join(_CONTROL.sub(" ", line).split()) for line in _nfc(text).splitlines())
    return "\n".join(line for line in lines if line and line.upper() != "X")


def _in_role(role: str, document: Mapping[str, Any]) -> str:
    """
    Return the dimension in a role; the standard lets a document leave the roles out.

    The server's own code tells it then, or, of the contents, that only they are measured.

    Raises:
        DocumentError: when the document leaves it out and nothing else tells it.

    """
    named = (document.get("role") or {}).get(role)
    if named:
        return _nfc(named[0])
    dimensions = document["dimension"]
    found = [code for code in document["id"] if code.lower() in _USUAL_CODES[role]]
    if role == "metric" and not found:
        measured = {"measuringType", "refperiod", "alternativeText"}
        found = [
            code
            for code in document["id"]
            if "unit" in dimensions[code]["category"]
            or measured & dimensions[code].get("extension", {}).keys()
        ]
    if len(found) != 1:
        named = ", ".join(map(str, document["id"]))[:200]
        raise DocumentError(
            f"the dataset has no role `{role}` and {len(found)} of its dimensions "
            f"{named} could be it; expected `role.{role}`, or one "
            f"dimension called {' or '.join(_USUAL_CODES[role])}"
        )
    return _nfc(found[0])


def _dimension(code: str, document: Mapping[str, Any]) -> Dimension:
    described = document["dimension"][code]
    category = described["category"]
    texts = category.get("label", {})
    codes = _ordered(code, category.get("index"), texts)
    units = category.get("unit") or {}
    return Dimension(
        code=_nfc(code),
        label=shown_text(described.get("label", code), f"variable {code}"),
        labels={
            code_text(item, f"variable {code}"): shown_text(
                texts.get(item, item), f"code {item!r:.60} of {code}"
            )
            for item in codes
        },
        eliminable=bool(described.get("extension", {}).get("elimination")),
        units={_nfc(code): _unit(unit) for code, unit in units.items()},
    )


def _ordered(dimension: str, index: Any, labels: Mapping[str, str]) -> list[str]:
    """
    Return the codes in the order of the cells: a list, or an object by its values.

    The order of an object's keys says nothing: many programs write those that are integers
    first. So without an index a dimension can have one code only.
    """
    if isinstance(index, dict):
        in_order = sorted(index, key=index.__getitem__)
        if [index[code] for code in in_order] != list(range(len(index))):
            raise DocumentError(
                f"the index of {dimension} does not count its codes from 0 to {len(index) - 1}"
            )
        return in_order
    if index is None and len(labels) > 1:
        raise DocumentError(
            f"{dimension} has {len(labels)} codes and no `category.index`, which alone says "
            "in what order their cells stand"
        )
    return list(labels if index is None else index)


def _unit(sent: Any) -> tuple[str, int | None]:
    """Return unit and decimals as far as the source says them."""
    described = sent if isinstance(sent, dict) else {}
    decimals = described.get("decimals")
    base = shown_text(described.get("base"), "a unit")
    return base, decimals if type(decimals) is int else None


def _values(sent: Any, count: int) -> NDArray[np.float64]:
    """Dense list or sparse object of positions; numbers or null."""
    value = np.full(count, np.nan)
    try:
        if isinstance(sent, dict):
            positions = _positions(sent, count, "value")
            value[positions] = _numbers(list(sent.values()))
        elif isinstance(sent, list) and len(sent) == count:
            value[:] = _numbers(sent)
        else:
            length = len(sent) if isinstance(sent, list) else "no"
            raise DocumentError(f"{length} values for {count} cells; expected one each")
    except (ValueError, TypeError) as error:
        raise DocumentError(f"a value is no number: {str(error)[:200]}") from error
    return value


def _numbers(sent: list[Any]) -> NDArray[np.float64]:
    """Return numbers, NaN for null; a text or a truth value is none, whatever it looks like."""
    if other := set(map(type, sent)) - {int, float, type(None)}:
        kinds = ", ".join(sorted(kind.__name__ for kind in other))
        raise TypeError(f"expected numbers or null, got {kinds}")
    numbers: NDArray[np.float64] = pa.array(sent, pa.float64()).to_numpy(zero_copy_only=False)
    return numbers


def _statuses(sent: Any, count: int) -> tuple[NDArray[np.int8], tuple[str, ...]]:
    """
    Sparse object of positions, a dense list, or one symbol for all; every symbol is kept.

    Symbols that say why a number is missing are the last ones: the highest of the statuses
    of several cells tells of the missing one.
    """
    status = np.zeros(count, dtype=np.int8)
    if not sent:
        return status, ("",)
    if isinstance(sent, str):
        sent = [sent]
    if isinstance(sent, list) and len(sent) == 1:
        sent = sent * count
    if isinstance(sent, dict):
        positions, marks = _positions(sent, count, "status"), list(sent.values())
    elif isinstance(sent, list) and len(sent) == count:
        positions, marks = np.arange(count), sent
    else:
        length = len(sent) if isinstance(sent, list) else "no"
        raise DocumentError(f"{length} statuses for {count} cells; expected one each")
    try:
        coded = pa.array(marks, pa.string()).fill_null("").dictionary_encode()
    except (TypeError, ValueError) as error:
        raise DocumentError("a status is no symbol; expected texts such as `..`") from error
    names = [name and code_text(name, "a status") for name in coded.dictionary.to_pylist()]
    if len(names) > _MOST_SYMBOLS:
        raise DocumentError(
            f"the cells have {len(names)} different symbols; expected at most {_MOST_SYMBOLS}"
        )
    symbols = ("", *sorted(set(names) - {""}, key=lambda symbol: (not symbol.strip("."), symbol)))
    number = np.array([symbols.index(name) for name in names], dtype=np.int8)
    status[positions] = number[coded.indices.to_numpy()]
    return status, symbols


def _positions(sent: Mapping[str, Any], count: int, what: str) -> NDArray[np.int64]:
    """Return the positions of a sparse object, all of them inside the table."""
    try:
        positions: NDArray[np.int64] = pa.array(list(sent), pa.string()).cast(pa.int64()).to_numpy()
    except ValueError as error:
        raise DocumentError(f"a {what} stands at no position: {str(error)[:200]}") from error
    if positions.size and (positions.min() < 0 or positions.max() >= count):
        raise DocumentError(f"a {what} stands at {positions.max()}, outside {count} cells")
    taken = np.zeros(count, dtype=np.bool_)
    taken[positions] = True
    if np.count_nonzero(taken) < positions.size:
        raise DocumentError(f"two of what is sent as {what} stand at the same position")
    return positions
