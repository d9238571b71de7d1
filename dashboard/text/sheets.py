"""The words of printed briefings, and why there may be none."""

from dashboard.text.terms import texts

TERMS = texts(
    sheet_number=("Sida {number} av {count}", "Page {number} of {count}"),
    sheet_own=("urval", "selection"),
    sheets_gone=(
        "Det finns inga data av den versionen. Utan version i länken skrivs de senaste ut.",
        "There are no data of that version. A link without a version prints the latest.",
    ),
    sheets_no_browser=(
        (
            "Servern kan inte göra PDF just nu, för den saknar Chromium. Öppna underlaget och "
            "välj Skriv ut i din webbläsare, där du också kan spara som PDF."
        ),
        (
            "The server cannot make PDFs now, as it has no Chromium. Open the briefing and "
            "choose Print in your browser, where you can save it as PDF, too."
        ),
    ),
    sheets_busy=(
        (
            "Servern skriver ut andra underlag just nu. Försök igen om en halv minut, eller "
            "öppna underlaget och välj Skriv ut i din webbläsare."
        ),
        (
            "The server is printing other briefings now. Try again in half a minute, or open "
            "the briefing and choose Print in your browser."
        ),
    ),
)
