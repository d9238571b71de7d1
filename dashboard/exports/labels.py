"""
The codes of rows as words in the reader's language, a column at a time.

Pure. Knows the catalogue's names; a code that has none stands for itself.
"""

import re
from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.exports.extract import PARTIAL, Meta
from dashboard.text import term
from etl.catalogue import Lang

BETWEEN = "\x1f"
Words = Callable[[str], str]


def names(meta: Meta) -> Mapping[str, Words]:
    """What turns the codes of each labelled column into words."""
    titles = {one.id: one.title[meta.lang] for one in meta.indicators}
    categories = {key: category.label[meta.lang] for key, category in meta.categories.items()}
    kinds = {kind: term(kind, meta.lang) for kind in ("published", "computed")}

    def grouped(dimension: str) -> Words:
        return lambda code: categories.get((dimension, code), code)

    return {
        "indicator": lambda code: titles.get(code, code),
        "kind": lambda code: kinds.get(code, code),
        "status": lambda sign: _symbol(sign, meta.lang),
        **{dimension: grouped(dimension) for dimension in ("sex", "background", "education")},
    }


def _symbol(sign: str, lang: Lang) -> str:
    """A symbol of the source is the same in every language; how partial a union is, is not."""
    found = re.fullmatch(PARTIAL.format(present=r"(\d+)", members=r"(\d+)"), sign)
    return term("export_of", lang, present=found[1], members=found[2]) if found else sign


def segments(meta: Meta) -> Words:
    """What turns a pair as of `pairs(indicator, segment)` into the segment's title."""
    titles = {
        f"{one.id}{BETWEEN}{segment.id}": segment.title[meta.lang]
        for one in meta.indicators
        for segment in one.segments
    }
    return lambda pair: titles.get(pair, pair.partition(BETWEEN)[2])


def pairs(one: pa.DictionaryArray, other: pa.DictionaryArray) -> pa.DictionaryArray:
    """Two columns as one of pairs; missing where either is."""
    width = len(other.dictionary)
    places = pc.add(pc.multiply(one.indices, width), other.indices).dictionary_encode()
    first, second = one.dictionary.to_pylist(), other.dictionary.to_pylist()
    both = [
        f"{first[place // width]}{BETWEEN}{second[place % width]}"
        for place in places.dictionary.to_pylist()
    ]
    return pa.DictionaryArray.from_arrays(places.indices, pa.array(both, pa.string()))


def worded(column: pa.DictionaryArray, words: Words) -> pa.DictionaryArray:
    """A column of codes with other words; missing stays missing."""
    said = [None if code is None else words(code) for code in column.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(column.indices, pa.array(said, pa.string()))
