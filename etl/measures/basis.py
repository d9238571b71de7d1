"""
Whether an area may be set beside its municipality, its county or the country, in words.

Pure. Only where both figures are one measure: the same indicator, segment (register and
definition) and ages, from the same table, or, where the source gives each level a table of its
own, from tables of the same register. That a segment is of one register, which is the product
code that a table's folder begins with ("AA0003B": AA0003), is a rule of the catalogue; that
figures of two segments are never compared, one of `dashboard.comparison`. Figures of the labour
market in an area (AM0210) are summed over RegSO for the larger regions and are never set beside
AA0003, whatever they are called.
"""

from etl.catalogue import Text

METHOD = Text(
    sv=(
        "Ett område ställs bredvid sin kommun, sitt län och riket bara när uppgifterna gäller "
        "samma mått, register och åldrar, ur samma tabell eller ur tabeller av samma statistik. "
        "Sysselsatta och arbetslösa i området (BAS) är egna mått: kommunens, länets och rikets tal "
        "är då summor över RegSO-områden, och de ställs aldrig mot andra mått på arbetslöshet."
    ),
    en=(
        "An area is set beside its municipality, county and Sweden only where the figures are of "
        "the same measure, register and ages, from one table or from tables of the same "
        "statistics. Employed and unemployed in the area (BAS) are measures of their own: the "
        "figures of municipality, county and country are then sums over RegSO areas, and they are "
        "never set against other measures of unemployment."
    ),
)
