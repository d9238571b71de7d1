"""Every indicator and breakdown that a page offers shows data or its stated reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.codes import BACKGROUND_KINDS, Group, codes_of_groups
from dashboard.data.context import Context
from dashboard.data.series import existing_combinations, region_series
from dashboard.state.groups import Offer, offer
from dashboard.state.links import next_link
from etl.catalogue import Indicator
from tests.dashboard.rendered import found, shown, text

REGIONS = ("00", "01", "0127")
CATALOGUE = Path(__file__).parents[3] / "indicators.yaml"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def opening_groups(choices: Offer) -> Iterator[tuple[str, set[Group]]]:
    """Each breakdown that is offered, and the groups that it opens on."""
    everybody = Group(background=choices.everybody(), education=choices.schooling)
    for kind, name in (*((kind, "background") for kind in BACKGROUND_KINDS), ("age", "age")):
        if len(choices.groups(kind)) > 1:
            base = choices.base(kind)
            yield kind, {base._replace(**{name: code}) for code in choices.opening(kind)}
    if choices.sexes(everybody):
        yield "sex", {everybody._replace(sex=code) for code in choices.sexes(everybody)}
    levels = choices.beside("education", everybody)
    if len(levels) > 1:
        yield "education", {everybody._replace(education=code) for code in levels}


def unlike(shipped: Context) -> list[Indicator]:
    """One indicator of each combination of measure and dimensions: pages differ by these."""
    first = {(one.measure, one.dimensions): one for one in reversed(shipped.catalogue.indicators)}
    return list(first.values())


def has_answer(page: object) -> bool:
    """Whether a page shows a table with rows, or a sentence that says why it has none."""
    absent = [one for one in found(page, "P") if "absent" in str(one["props"].get("className"))]
    tables = [one for one in found(page, "Table") if found(one, "Td")]
    return bool(tables) or any(text(one) for one in absent)


@pytest.mark.parametrize("region", REGIONS)
def test_every_breakdown_of_every_indicator_has_rows_of_all_its_groups(
    shipped: Context, region: str
) -> None:
    """What is offered exists: at most six groups, none of them without any row."""
    wrong = []
    with shipped.warehouses.current() as warehouse:
        assert warehouse is not None
        for one in shipped.catalogue.indicators:
            known = existing_combinations(shipped, warehouse, one.id, region)
            choices = offer(shipped.catalogue, known)
            for what, groups in opening_groups(choices):
                rows = region_series(
                    shipped,
                    warehouse,
                    one.id,
                    regions=(region,),
                    groups=codes_of_groups(groups),
                )
                seen = {row.group for row in rows}
                if seen != groups or len(groups) > 6:
                    wrong.append((one.id, what, groups ^ seen))
    assert wrong == []


@pytest.mark.parametrize("region", REGIONS)
def test_every_breakdown_that_a_page_offers_leads_to_it(
    shipped: Context, shipped_client: FlaskClient, region: str
) -> None:
    """No choice leads to an empty page, or to another breakdown than was chosen."""
    wrong = []
    for one in unlike(shipped):
        path, search = f"/indikator/{one.id}", f"?region={region}"
        page = shown(shipped_client, path, search)
        said = page["head"]["data"]["shown"]
        options = [
            option["value"]
            for boxes in found(page, "Checklist")
            if boxes["props"]["id"]["key"] == "by"
            for option in boxes["props"]["options"]
            if not (option["disabled"] or option["value"] in boxes["props"]["value"])
        ]
        for what in options:
            broken = shown(shipped_client, path, next_link(search, "by", [what], said) or search)
            ticked = broken["head"]["data"]["shown"]["values"]["by"]
            if not has_answer(broken) or ticked != [what]:
                wrong.append((one.id, what))
    assert wrong == []


@pytest.mark.parametrize("view", ["grupper", "tabell"])
@pytest.mark.parametrize("region", REGIONS)
def test_groups_and_table_show_data_or_why_not(
    shipped: Context, shipped_client: FlaskClient, region: str, view: str
) -> None:
    """Also of indicators that have no groups, or no figures of the level."""
    wrong = [
        one.id
        for one in unlike(shipped)
        if not has_answer(
            shown(shipped_client, f"/indikator/{one.id}", f"?region={region}&vy={view}")
        )
    ]

    assert wrong == []
