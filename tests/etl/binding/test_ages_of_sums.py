"""Which ages of the source each of ours is the sum of, in every table of the catalogue."""

from collections.abc import Iterator
from itertools import pairwise

from etl.binding.binding import Bound, CodeGroup, bounds_of
from etl.build.regions import official_regions
from etl.catalogue import TOTAL
from etl.catalogue.ages import OLDEST, span
from etl.catalogue.loading import load
from etl.demo.places import age_spans, invented_places
from etl.demo.tables import example_tables
from etl.demo.writing import FOLDER, metadata_document
from etl.source.jsonstat import document_dataset
from etl.store import REGIONS
from tests.source import ROOT

Ages = tuple[tuple[int, int], ...]


def age_groups() -> Iterator[tuple[str, Bound, CodeGroup, Ages]]:
    """Each age of ours in each source, with the ages of the codes that it adds up."""
    catalogue, country = load(ROOT / "indicators.yaml"), invented_places(REGIONS, FOLDER)
    known = official_regions(REGIONS)
    for table in example_tables(catalogue, country):
        described = document_dataset(metadata_document(table))
        bounds, reasons = bounds_of(table.declared, described, table.uses, known, limit=10**9)
        assert not reasons
        spans = {name: age_spans(labels) for name, labels in table.labels.items()}
        for bound in (one for group in bounds.values() for one in group):
            for block in bound.blocks:
                for name, groups in block.axes.items():
                    for group in groups:
                        codes = [code for code in group.plus if code in spans.get(name, {})]
                        if group.column == "age" and len(codes) == len(group.plus):
                            told = tuple(sorted(spans[name][code] for code in codes))
                            yield table.declared.key, bound, group, told


def test_every_age_is_the_sum_of_ages_that_follow_on_each_other_and_of_no_other() -> None:
    """Classes, single years and totals are never mixed: nobody is added twice or left out."""
    seen = 0
    for key, bound, group, told in age_groups():
        seen += 1
        where = f"{key} {bound.use.key}: {group.code} is the sum of {group.plus}"
        if group.code == TOTAL and len(group.plus) == 1:
            continue  # the ages that the measure itself is of, as published
        expected = (0, OLDEST) if group.code == TOTAL else span(group.code)
        assert expected is not None, where
        assert told[0][0] == expected[0], where
        assert min(told[-1][1], OLDEST) == expected[1], where
        for before, after in pairwise(told):
            assert after[0] == before[1] + 1, where
    assert seen > 300
