"""The words of the accessibility statement."""

from dashboard.text.terms import texts

TERMS = texts(
    access_title=("Tillgänglighets\u00adredogörelse", "Accessibility statement"),
    access_lede=(
        (
            "Panelen ska kunna användas av alla. Här står hur den uppfyller lagen om "
            "tillgänglighet till digital offentlig service, vilka brister vi känner till och hur "
            "du rapporterar andra."
        ),
        (
            "Everybody should be able to use the panel. This page says how it meets the Swedish "
            "act on accessibility to digital public services, which faults are known, and how to "
            "report others."
        ),
    ),
    access_status=("Hur tillgänglig är panelen?", "How accessible is the panel?"),
    access_status_1=(
        (
            "Panelen är delvis förenlig med lagen (2018:1937), det vill säga med WCAG 2.1 på nivå "
            "AA, på grund av de brister som beskrivs nedan."
        ),
        (
            "The panel conforms in part to the act (2018:1937), that is to WCAG 2.1 at level AA, "
            "because of the faults described below."
        ),
    ),
    access_limits=("Kända brister", "Known faults"),
    access_limits_a=(
        (
            "Diagram och kartor kan inte läsas punkt för punkt med tangentbord eller skärmläsare. "
            "Samma tal står i en tabell och sägs i meningar på samma sida."
        ),
        (
            "Charts and maps cannot be read point by point with a keyboard or a screen reader. The "
            "same figures stand in a table and are said in sentences on the same page."
        ),
    ),
    access_limits_b=(
        "Panelen kräver JavaScript. Utan det visas bara ett meddelande om saken.",
        "The panel needs JavaScript. Without it only a message about that is shown.",
    ),
    access_limits_c=(
        (
            "Stora tabeller är breda: på en smal skärm rullas tabellen, inte sidan, i sidled. Det "
            "går även med tangentbord."
        ),
        (
            "Large tables are wide: on a narrow screen the table, not the page, scrolls sideways. "
            "That works with a keyboard, too."
        ),
    ),
    access_limits_d=(
        (
            "Källans egna anmärkningar och tekniska skäl visas som källan skrev dem, ibland bara "
            "på ett språk."
        ),
        (
            "The source’s own notes and technical reasons are shown as it wrote them, sometimes in "
            "one language only."
        ),
    ),
    access_limits_e=(
        (
            "Panelen har inte prövats av personer som använder hjälpmedel till vardags, och inte "
            "granskats av någon utomstående."
        ),
        (
            "The panel has not been tried by people who use assistive technology daily, nor "
            "examined by anybody outside."
        ),
    ),
    access_tested=("Hur vi har prövat", "How it was tested"),
    access_tested_1=(
        (
            "Självskattning: varje sida prövas med verktyget axe i 1440 och 320 bildpunkters "
            "bredd, och de viktigaste uppgifterna prövas med enbart tangentbord. Proven körs vid "
            "varje ändring. Redogörelsen skrevs den {date}."
        ),
        (
            "Self-assessment: each page is tested with the tool axe at widths of 1440 and 320 "
            "pixels, and the main tasks with the keyboard alone. The tests run at every change. "
            "This statement was written on {date}."
        ),
    ),
    access_report=("Rapportera brister", "Report faults"),
    access_report_1=(
        "Hör av dig om något inte fungerar för dig, eller om du behöver uppgifterna på annat sätt.",
        "Tell us when something does not work for you, or if you need the figures in another way.",
    ),
    access_no_contact=(
        (
            "Den som driver panelen har inte angett någon kontakt. Vänd dig till den myndighet "
            "eller region vars webbplats ledde hit."
        ),
        (
            "Whoever runs the panel has given no contact. Turn to the authority or region whose "
            "website led here."
        ),
    ),
    access_phone=("telefon {phone}", "telephone {phone}"),
    access_oversight=("Tillsyn", "Enforcement"),
    access_oversight_1=(
        (
            "Myndigheten för digital förvaltning, DIGG, har tillsyn över lagen. Är du inte nöjd "
            "med hur vi hanterar dina synpunkter kan du anmäla det till DIGG:"
        ),
        (
            "The Agency for Digital Government, DIGG, enforces the act. If you are not content "
            "with how your views are handled, you may report it to DIGG:"
        ),
    ),
    access_to_digg=(
        "Anmäl bristande tillgänglighet till DIGG (digg.se)",
        "Report lacking accessibility to DIGG (digg.se)",
    ),
)
