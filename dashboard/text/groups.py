"""The words of the views of groups and of all rows."""

from dashboard.text.terms import texts

TERMS = texts(
    # groups
    groups_origin=("Födelseregion och kön", "Region of birth and sex"),
    groups_stay=("Tid i Sverige och kön", "Time in Sweden and sex"),
    groups_education=("Utbildning och kön", "Education and sex"),
    groups_age=("Ålder och kön", "Age and sex"),
    groups_reason=("Skäl till invandring och kön", "Reason for immigration and sex"),
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
    groups_symbol=(
        "{symbol} vid foten: {meaning}.",
        "{symbol} at the foot: {meaning}.",
    ),
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
    rows_search=("Sök region i tabellen", "Search for a region in the table"),
    rows_years=("Visa år", "Show years"),
    rows_latest=("Senaste tio åren", "The latest ten years"),
    rows_sort=("sortera", "sort"),
    rows_change=("Förändring {first}–{last}", "Change {first}–{last}"),
    rows_copy=("Kopiera tabellen", "Copy the table"),
    rows_copied=(
        "Tabellens {count} rader är kopierade.",
        "The table’s {count} rows have been copied.",
    ),
    rows_not_copied=(
        "Webbläsaren tillät inte kopiering. Markera tabellen och kopiera den.",
        "The browser did not allow copying. Select the table and copy it.",
    ),
    rows_shown=(
        "Visar {first}–{last} av {all} regioner.",
        "Showing {first}–{last} of {all} regions.",
    ),
    rows_shown_alone=("Visar 1 region.", "Showing 1 region."),
    rows_found_none=(
        "Ingen region i listan stämmer med ”{text}”.",
        "No region of the list matches “{text}”.",
    ),
    rows_pages=("Sidor i tabellen", "Pages of the table"),
    rows_previous=("Föregående", "Previous"),
    rows_next=("Nästa", "Next"),
    rows_page=("Sida {page} av {pages}", "Page {page} of {pages}"),
    rows_clear=("Rensa sökningen", "Clear the search"),
    rows_no_years=(
        "Det finns inga uppgifter att visa för åren {first}–{last}.",
        "There are no figures to show for the years {first}–{last}.",
    ),
    rows_incomparable=("Åren kan inte jämföras här", "The years cannot be compared here"),
    rows_break=("brott", "break"),
    rows_caution=("försiktighet", "caution"),
    rows_segment=("annat register", "another register"),
    rows_border=(
        "Dubbel lodrät linje: brott i serien mellan åren. Prickad: bör jämföras med försiktighet.",
        "Double vertical line: a break in the series between years. Dotted: compare with caution.",
    ),
)
