"""
What the example leaves out of the largest tables, so that all of them fit.

Pure. The series that most readers open are whole: every year of work, school, tenure and
moves, for everybody, women and men and the regions of birth, in every municipality and county.
Less visited tables begin later, without gaps, and have fewer groups. The country has all.
"""

from collections.abc import Sequence

from etl.catalogue import Table, Value, Variable

INTEGRATION, LABOUR, ELECTIONS = "AA0003", "AA0003", "AA0003J"
ELECTION_YEARS = ("2014", "2018", "2022")
# The folders of the register data end a year before those of the labour market.
LAST_OF_FOLDERS = "2023"
CROWDING, CROWDING_FROM = "LE0105", "2020"
# Composition, incomes, transfers and health; and the courses in Swedish.
LATER_FOLDERS, COURSES = ("AA0003E", "AA0003F", "AA0003G", "AA0003I"), "sfi_"
LATER_FROM = "2019"
# Benefits that have ended since are seen in the areas' older years.
TRANSFERS, TRANSFERS_FROM = "AA0003G", "2012"
HOUSING = "AA0003D"
ORIGINS = frozenset({"SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF"})
STAYS = frozenset({"INT010", "INT020", "INT030", "INT040"})
SEXES = frozenset({"1", "2"})
# Of the older labour market counties keep the young, and the foreign-born once.
OLDER = frozenset({"25-34", "35-44", "45-54", "55-64", "030", "010", "020", "INTTOT"})
SECOND_TOTAL = "tot20-64"
UNKNOWN_EDUCATION = "US"


def years_of(table: Table, years: Sequence[str]) -> tuple[str, ...]:
    """Return those of the years of a table that the example has."""
    if table.path == ELECTIONS:
        return tuple(year for year in years if year in ELECTION_YEARS)
    first, last = years[0], years[-1]
    if table.path.startswith(INTEGRATION) and table.path != LABOUR:
        last = LAST_OF_FOLDERS
    if table.path == CROWDING:
        first = CROWDING_FROM
    elif (_later(table) or table.key.startswith(COURSES)) and "country" not in table.levels:
        ended = table.path == TRANSFERS and "regso" in table.levels
        first = TRANSFERS_FROM if ended else LATER_FROM
    return tuple(year for year in years if first <= year <= last)


def left_out(table: Table, variable: Variable) -> frozenset[Value]:
    """Return the values of a variable that the example does without; never its total."""
    if not table.path.startswith(INTEGRATION) or "country" in table.levels:
        return frozenset()
    groups = frozenset({*variable.keep, *variable.education}) - SEXES - {variable.total}
    if "municipality" in table.levels:
        second = frozenset({SECOND_TOTAL}) - {variable.total}
        return (groups | second) - ORIGINS - (STAYS if _of_newcomers(table) else frozenset())
    if "regso" in table.levels:
        return frozenset() if _of_newcomers(table) else groups - ORIGINS
    if table.discontinued:
        return groups if variable.role == "education" else groups & OLDER
    if _later(table) or table.path == HOUSING:
        return groups - ORIGINS - STAYS
    return groups & {UNKNOWN_EDUCATION}


def _later(table: Table) -> bool:
    return table.path in LATER_FOLDERS


def _of_newcomers(table: Table) -> bool:
    """Whether time in Sweden is kept in small regions: in the newest tables, and of courses."""
    newest = table.path == LABOUR and not table.discontinued
    return newest or table.key.startswith(COURSES)
