"""Cells that nobody asked for: why they are not carried over, and what to do instead."""

from survey_app.instruments.xlsform.report import Report
from survey_app.instruments.xlsform.sheets import Row
from survey_app.instruments.xlsform.texts import WORDED

# Columns people write remarks in; they say nothing to respondents.
REMARKS = frozenset({"note", "notes", "comment", "comments", "kommentar", "bemerkung", "#"})
FALSE = frozenset({"no", "false", "false()", "0", "nein"})
HARMLESS_IF_FALSE = frozenset({"required", "readonly", "disabled", "allow_choice_duplicates"})

REASONS = {
    "required": "Mitmachen ist freiwillig: Jede Frage kann ausgelassen werden",
    "required_message": "Mitmachen ist freiwillig: Jede Frage kann ausgelassen werden",
    "constraint": "geprüft werden nur Grenzen von Zahlen und die Länge von Texten",
    "constraint_message": "die Meldung bei falschen Eingaben schreibt Mitreden in jeder Sprache"
    " selbst",
    "appearance": "das Aussehen bestimmt Mitreden, auf jedem Handy gleich",
    "default": "vorausgefüllte Antworten gibt es nicht: Sie würden das Ergebnis lenken",
    "calculation": "gerechnet wird hier nicht. Für Summen und Mittelwerte gibt es „scores“",
    "choice_filter": "Antworten, die von anderen Antworten abhängen, gibt es nicht. Mach daraus"
    " mehrere Fragen mit show_if",
    "parameters": "diese Angaben gibt es hier nicht",
    "repeat_count": "Wiederholungen gibt es nicht. Stell die Frage einmal für alles",
    "guidance_hint": "eine zweite Hilfe gibt es nicht. Nimm das Wichtige in „hint“ auf",
    "readonly": "Fragen, die man nicht beantworten kann, gibt es nicht. Mach daraus eine „note“",
    "image": "Bilder kommen nicht mit. Für kleine Bilder gibt es „picture“ und „face“",
    "audio": "Ton kommt nicht mit. Was vorgelesen wird, steht unter „spoken“",
    "video": "Videos kommen nicht mit",
    "trigger": "gerechnet wird hier nicht",
    "hint": "eine Hilfe gibt es hier nicht",
    "relevant": "eine Bedingung gibt es hier nicht. Stell sie bei den Fragen",
    "list_name": "eine Liste gehört nicht hierher",
    "label": "ein Text wird hier nirgends gezeigt",
    "name": "ein Name wird hier nicht gebraucht",
    "instance_name": "Antworten bekommen keinen Namen: Er würde Menschen erkennbar machen",
    "public_key": "verschlüsselt und gespeichert wird auf andere Weise, siehe docs/operations.md",
    "submission_url": "Antworten bleiben bei Mitreden und gehen nirgendwo anders hin",
    "auto_send": "Antworten werden gesendet, wenn jemand absendet",
    "auto_delete": "Antworten bleiben nie auf dem Handy",
    "style": "das Aussehen bestimmt Mitreden",
    "allow_choice_duplicates": "jeder Code kommt in einer Liste nur einmal vor",
}
UNKNOWN = "die Spalte „%(header)s“ gibt es hier nicht"
FILTER_COLUMN = (
    "die Spalte „%(header)s“ gibt es hier nicht. Hängen Antworten von anderen ab, mach daraus"
    " mehrere Fragen mit show_if"
)


def report_leftovers(row: Row, report: Report) -> None:
    """Report the cells of a row that were not asked for."""
    for column, cell in row.leftovers():
        value = row.cells[column.letter].lower()
        if column.key in REMARKS or (column.key in HARMLESS_IF_FALSE and value in FALSE):
            continue
        if column.is_foreign and column.key in WORDED:
            continue  # said once, of the whole column
        if column.key in REASONS:
            report.lost(cell, REASONS[column.key])
        else:
            unknown = FILTER_COLUMN if row.sheet == "choices" else UNKNOWN
            report.lost(cell, unknown, header=column.header)
