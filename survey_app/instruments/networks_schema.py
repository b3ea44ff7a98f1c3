"""The JSON Schema of a network's file, derived from the models like that of a questionnaire.

It is printed into ``networks/network.schema.json``, so that an editor completes keys, explains them
and underlines mistakes while somebody types.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from survey_app.domain.directory import NetworkEntry
from survey_app.instruments.schema import DIALECT, text_or_plain_german, tidy

MEANINGS: Mapping[str, str] = {
    "network": "Name des Netzwerks, genau wie in Mitreden; oder default: Das gilt für alle, die"
    " nichts Eigenes sagen.",
    "languages": "Die Sprachen der Texte in dieser Datei. Deutsch gehört immer dazu.",
    "help": "Die Hilfekarte. Ohne eigene gilt die aus der Datei mit network: default.",
    "last_checked": "Wann jemand Nummern und Zeiten zuletzt ausprobiert hat: '2026-12-01'.",
    "contacts": "Wer zuhört, in dieser Reihenfolge. Zwei bis vier sind genug.",
    "introduction": "Ein eigener erster Satz der Karte. Nötig, wenn etwas darauf Geld kostet oder"
    " nach dem Namen fragt.",
    "emergency": "Die Notrufnummer, sonst '112'.",
    "name": "Der Name, wie er an der Tür steht. Bei Trägern genau wie in Mitreden.",
    "phone": "Eine Telefonnummer zum Antippen: 0800 111 0 111.",
    "web": "Eine Web-Adresse mit https://.",
    "email": "Eine E-Mail-Adresse.",
    "for": "Für wen das ist, je Sprache.",
    "hours": "Wann jemand da ist, je Sprache.",
    "operator": "Wer diese Website betreibt. Nur in der Datei mit network: default.",
    "organisations": "Die Träger, die in diesem Netzwerk fragen.",
    "authorities": "Wer über den Datenschutz wacht, je Recht: DSGVO, KDG oder DSG-EKD.",
    "authority": "Wer bei diesem Träger über den Datenschutz wacht, wenn es eine andere Stelle ist"
    " als unter authorities.",
    "enforcement": "Die Stelle, die hilft, wenn auf eine Meldung zur Barrierefreiheit niemand"
    " antwortet.",
    "imprint": "Angaben für das Impressum.",
    "address": "Die Anschrift, gern mehrzeilig.",
    "represented_by": "Wer vertritt: Name und Amt.",
    "privacy": "Angaben für die Datenschutz-Seite.",
    "law": "Das Datenschutzrecht, das gilt: DSGVO, KDG (katholisch) oder DSG-EKD (evangelisch).",
    "officer": "Wer Fragen zum Datenschutz beantwortet: Name oder Stelle.",
    "accessibility": "Die Erklärung zur Barrierefreiheit. Ohne eigene gilt die des Netzwerks, sonst"
    " die des Betreibers.",
    "state": "full: vollständig barrierefrei, partial: zum größten Teil, none: noch nicht.",
    "checked_on": "Wann die Seiten zuletzt geprüft wurden: '2026-12-01'.",
    "feedback": "E-Mail-Adresse für Meldungen über Barrieren.",
    "limits": "Barrieren, die man kennt, je Sprache.",
    "more": "Eigene Absätze, je Sprache.",
}


@cache
def network_schema() -> dict[str, Any]:
    """Return the JSON Schema of a network's file. Do not change what is returned."""
    schema = NetworkEntry.model_json_schema(by_alias=True, mode="validation")
    tidy(schema)
    definitions = schema["$defs"]
    definitions["Text"] = text_or_plain_german(definitions["Text"])
    for definition in (*definitions.values(), schema):
        for key, value in definition.get("properties", {}).items():
            value["description"] = MEANINGS[key]
    return {"$schema": DIALECT, "title": "Netzwerk", **schema}


def schema_file() -> str:
    """Return the schema as it stands in ``networks/network.schema.json``."""
    return json.dumps(network_schema(), ensure_ascii=False, indent=2) + "\n"
