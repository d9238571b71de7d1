"""The words of the map: its classes, what is left out of them, and how they are made."""

from dashboard.text.terms import texts

TERMS = texts(
    map_legend=("Färgerna på kartan", "The colours of the map"),
    map_tone_1=("Ljusast", "Lightest"),
    map_tone_2=("Ljus", "Light"),
    map_tone_3=("Mellan", "Medium"),
    map_tone_4=("Mörk", "Dark"),
    map_tone_5=("Mörkast", "Darkest"),
    map_unplaced=("Streckad", "Hatched"),
    map_own=("Mörkblå kontur: vald region", "Dark blue outline: the chosen region"),
    map_none=("ingen uppgift att jämföra", "no figure to compare"),
    map_bounds=("{low} till {high}", "{low} to {high}"),
    map_region_one=("1\u00a0region", "1\u00a0region"),
    map_regions=("{count}\u00a0regioner", "{count}\u00a0regions"),
    map_method=(
        (
            "Regionerna är delade i högst fem klasser med ungefär lika många i varje, efter det "
            "visade värdet. Lika värden ligger alltid i samma klass. Mörkare är högre, inte "
            "bättre eller sämre."
        ),
        (
            "The regions are parted into at most five classes of about equally many, by the "
            "displayed value. Equal values are always in the same class. Darker is higher, not "
            "better or worse."
        ),
    ),
    map_choose=("Välj region", "Choose a region"),
    map_borders=("Gränser: SCB.", "Borders: Statistics Sweden."),
    map_alternative=(
        "Karta i {count} klasser från {low} till {high}. Alla värden står i tabellen.",
        "Map in {count} classes from {low} to {high}. All values are in the table.",
    ),
    map_alternative_none=(
        "Karta utan uppgifter att jämföra.",
        "Map without figures to compare.",
    ),
)
