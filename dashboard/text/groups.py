"""The words of the views of groups and of all rows."""

from dashboard.text.terms import texts

TERMS = texts(
    # groups
    groups_origin=("Födelseregion och kön", "Region of birth and sex"),
    groups_stay=("Tid i Sverige", "Time in Sweden"),
    groups_education=("Utbildning", "Education"),
    groups_age=("Ålder", "Age"),
    groups_reason=("Skäl till invandring", "Reason for immigration"),
    groups_sex=("Kvinnor och män", "Women and men"),
    groups_heading=("{title} {where} efter grupp", "{title} {where} by group"),
    groups_of=("Små diagram", "Small charts"),
    groups_reference=("Grå linje: {name}.", "Grey line: {name}."),
    groups_one_line=("Blå linje: gruppen.", "Blue line: the group."),
    groups_sexes=(
        "Blå linje: kvinnor. Grön streckad linje: män.",
        "Blue line: women. Green dashed line: men.",
    ),
    groups_same_scale=("Alla diagram har samma skala.", "All charts have the same scale."),
    groups_none=(
        "Källan delar inte upp uppgifterna {where}.",
        "The source does not break the figures down {where}.",
    ),
    groups_start=("Seriens början", "Start of the series"),
    groups_end=("Senaste året", "Latest year"),
    groups_start_note=(
        "Seriens början är första året efter det senaste brottet.",
        "The series starts with the first year after the latest break.",
    ),
    groups_gap=("Skillnad", "Difference"),
    groups_by_sex=("{title} {where} {period}", "{title} {where} {period}"),
    groups_column=("Grupp", "Group"),
    # all rows
    rows_heading=("{what}, alla regioner", "{what}, all regions"),
)
