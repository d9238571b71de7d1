"""The words that only slides need; the rest of a briefing's are in `text.briefing`."""

from dashboard.text.terms import texts

TERMS = texts(
    file_briefing=("underlag", "briefing"),
    slide_breaks=(
        "Linjerna är avbrutna vid brott i serien: {years}.",
        "The lines stop at breaks in the series: {years}.",
    ),
    slide_cautions=(
        "Bör jämföras med försiktighet: {years}.",
        "Compare with caution: {years}.",
    ),
    slide_gaps=(
        "En lucka är en uppgift som saknas.",
        "A gap is a figure that is missing.",
    ),
    slide_beside=("Jämfört med", "Compared with"),
    slide_year=("År", "Year"),
    slide_number=("Värde", "Value"),
    slide_none=("Det finns inga uppgifter att visa.", "There are no figures to show."),
    slide_alternative=("Diagrammet i ord", "The chart in words"),
    slide_sentences=("Att säga", "To say"),
    slide_table=(
        "Tabell: senaste uppgift för varje indikator, {region}.",
        "Table: the newest figure of each indicator for {region}.",
    ),
    slide_continued=("{title} ({number})", "{title} ({number})"),
    slide_address=("Länk till underlaget", "Link to the briefing"),
    # what cannot be sent
    slides_gone=(
        "Det finns inga data av den versionen. Utan version i länken görs bilderna av de senaste.",
        "There are no data of that version. Without a version the slides are of the latest.",
    ),
)
