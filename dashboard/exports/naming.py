"""
The name of a file, which tells what is in it: indicator, region, period, version.

Pure. Names are letters a-z, digits, hyphen and underscore, so that every system keeps them.
"""

from dashboard.exports.extract import Meta
from dashboard.text import term
from dashboard.text.format import file_name


def filename(meta: Meta, suffix: str) -> str:
    """Such as "employment_rate_0180-stockholm_1997-2024_20261121T081500Z-1a2b3c4d.csv"."""
    parts = [
        term("file_example", meta.lang) if meta.example else "",
        _indicator(meta),
        _region(meta),
        _period(meta),
        meta.version,
    ]
    return file_name(parts, suffix)


def _indicator(meta: Meta) -> str:
    if len(meta.indicators) == 1:
        return meta.indicators[0].id
    return term("file_indicators", meta.lang, count=len(meta.indicators))


def _region(meta: Meta) -> str:
    """Code and name of one region, else how many there are."""
    if not meta.regions:
        return term("file_empty", meta.lang)
    if len(meta.regions) > 1:
        return term("file_regions", meta.lang, count=len(meta.regions))
    ((code, name),) = meta.regions.items()
    return f"{code}-{name}"


def _period(meta: Meta) -> str:
    return meta.first if meta.first == meta.last else f"{meta.first}-{meta.last}"
