"""What each key of a questionnaire means, in German and in English, for editors to show.

`GENERAL` holds what a key means wherever it stands; `SPECIAL` what it means in one part of the
file, named by the class that reads it. A test holds that no key is without a description.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a key means, in two languages."""

    german: str
    english: str


GENERAL: Mapping[str, Meaning] = {
    "text": Meaning("Der Wortlaut.", "The wording."),
    "easy": Meaning(
        "Der Wortlaut in Leichter Sprache, nur Deutsch: {de: …}. Wird gezeigt, sobald er unter"
        " easy_language als geprüft eingetragen ist.",
        "The wording in easy German. Shown once easy_language says that it was tested.",
    ),
    "spoken": Meaning(
        "Was eine Stimme vorliest, wenn sich der Wortlaut nicht gut vorlesen lässt"
        " („teils/teils“).",
        "What a voice reads out where the wording does not read out well.",
    ),
    "id": Meaning(
        "Kurzname, einmalig im Fragebogen. Unter ihm wird gespeichert und gezählt.",
        "Short name, unique in the questionnaire; answers are stored and counted under it.",
    ),
    "kind": Meaning("Die Art der Frage.", "The kind of the question."),
    "hint": Meaning("Eine kleine Hilfe unter der Frage.", "A little help below the question."),
    "sensitivity": Meaning(
        "A: Rückmeldung zum Angebot. B: eigenes Verhalten. C: wie es mir geht. Bestimmt, wie groß"
        " eine Gruppe sein muss, bevor ihr Ergebnis erscheint.",
        "A: feedback on the activity. B: own behaviour. C: how I feel. Decides how large a group"
        " must be before its result is shown.",
    ),
    "show_if": Meaning(
        "Die Frage erscheint nur unter dieser Bedingung.",
        "The question is shown only under this condition.",
    ),
    "scale": Meaning("Name einer Skala aus scales.", "Name of a scale in scales."),
    "items": Meaning("Die Aussagen.", "The statements."),
    "options": Meaning("Die möglichen Antworten.", "The possible answers."),
    "core": Meaning(
        "Kernfrage mit gleicher Bedeutung in allen Fragebögen, z. B. K1. Wortlaut und Antworten"
        " bleiben überall gleich.",
        "Core question with the same meaning everywhere, e.g. K1. Wording and answers stay the"
        " same in all questionnaires.",
    ),
    "mirror": Meaning(
        "id der Frage im Fragebogen der anderen Zielgruppe, die dasselbe meint. Sie nennt diese"
        " zurück und hat dieselben Antworten.",
        "id of the question for the other audience that means the same. It points back and has"
        " the same answers.",
    ),
    "reverse": Meaning(
        "true: Zustimmung ist hier das Schlechte („Wer Hilfe holt, ist schwach“).",
        "true: to agree is the bad end here.",
    ),
    "refusal": Meaning(
        "true ergänzt „weiß nicht / möchte ich nicht sagen“.",
        "true adds “don’t know / would rather not say”.",
    ),
    "title": Meaning("Die Überschrift.", "The heading."),
    "introduction": Meaning("Ein Text vor den Fragen.", "A text before the questions."),
    "by": Meaning("Wer: Name oder Stelle.", "Who: a name or an office."),
    "on": Meaning("Wann: '2026-12-01', in Anführungszeichen.", "When: '2026-12-01', in quotes."),
}

SPECIAL: Mapping[str, Mapping[str, Meaning]] = {
    "Questionnaire": {
        "id": Meaning(
            "Kurzname, zugleich der Dateiname: kern-jugend steht in kern-jugend.yaml.",
            "Short name and name of the file: kern-jugend stands in kern-jugend.yaml.",
        ),
        "version": Meaning(
            "Drei Zahlen, z. B. 1.0.0. Ein geänderter Text braucht eine neue Version.",
            "Three numbers, e.g. 1.0.0. A changed text needs a new version.",
        ),
        "audience": Meaning(
            "Wer antwortet: young_people (Jugendliche) oder professionals (Fachkräfte).",
            "Who answers.",
        ),
        "languages": Meaning(
            "Sprachen, in denen der Fragebogen vollständig ist. de gehört immer dazu.",
            "Languages in which the questionnaire is complete. de is always one of them.",
        ),
        "minutes": Meaning("Wie lange das Ausfüllen dauert.", "How long it takes to answer."),
        "licence": Meaning("Wem der Wortlaut gehört.", "Whose wording it is."),
        "easy_language": Meaning(
            "Ob die Leichte Sprache (easy) geprüft ist.",
            "Whether the easy wording was tested.",
        ),
        "scales": Meaning(
            "Antwortskalen unter einem Namen, den Fragen nennen.",
            "Answer scales under a name that questions refer to.",
        ),
        "sections": Meaning("Abschnitte mit Fragen.", "Sections with questions."),
        "scores": Meaning(
            "Zahlen, die aus mehreren Antworten gerechnet werden.",
            "Numbers computed from several answers.",
        ),
    },
    "Licence": {
        "class": Meaning(
            "A: der Wortlaut wird mitgeliefert. B: nur die Auswertung, der Wortlaut kommt später in"
            " die Platzhalter. C wird abgelehnt.",
            "A: the wording is shipped. B: only the scoring, the wording is put into slots later."
            " C is refused.",
        ),
        "spdx": Meaning("Kürzel der Lizenz, z. B. CC-BY-4.0.", "Identifier of the licence."),
        "holder": Meaning("Wem der Wortlaut gehört.", "Who owns the wording."),
        "validated": Meaning(
            "true nur, wenn genau dieser Wortlaut wissenschaftlich geprüft ist.",
            "true only if this very wording was validated.",
        ),
        "accepted": Meaning(
            "Wer die Lizenz angenommen hat und wann: {by: …, on: '2026-12-01'}.",
            "Who accepted the licence, and when.",
        ),
    },
    "EasyLanguage": {
        "tested": Meaning(
            "true, wenn Menschen geprüft haben, die Leichte Sprache brauchen.",
            "true if people who need easy language have tested it.",
        ),
    },
    "Scale": {
        "options": Meaning(
            "Die Antworten vom niedrigen zum hohen Ende.",
            "The answers from the low to the high end.",
        ),
        "positive": Meaning(
            "Codes, die als Zustimmung zählen, z. B. [4, 5].",
            "Codes that count as agreement, e.g. [4, 5].",
        ),
        "coarse": Meaning(
            "Kürzere Skala für heikle Fragen in kleinen Gruppen, z. B. [[1, 2], [3], [4, 5]].",
            "Shorter scale for sensitive questions in small groups.",
        ),
    },
    "Option": {
        "code": Meaning(
            "Wird gespeichert und gezählt: eine Zahl oder ein kurzes Wort. Bleibt, wenn sich der"
            " Wortlaut ändert.",
            "Is stored and counted: a number or a short word. Stays when the wording changes.",
        ),
        "face": Meaning(
            "Ein Gesicht neben dem Wortlaut, nie ohne ihn.",
            "A face beside the wording, never without it.",
        ),
        "exclusive": Meaning(
            "true: diese Antwort oder andere, nicht beides („nichts davon“).",
            "true: this answer or others, not both (“none of these”).",
        ),
    },
    "Section": {
        "id": Meaning("Kurzname des Abschnitts.", "Short name of the section."),
        "questions": Meaning("Die Fragen in ihrer Reihenfolge.", "The questions in order."),
    },
    "Condition": {
        "question": Meaning(
            "id einer früheren Frage der Stufe A.",
            "id of an earlier question of sensitivity A.",
        ),
        "is": Meaning("Die Antwort ist dieser Code.", "The answer is this code."),
        "one_of": Meaning(
            "Die Antwort ist einer dieser Codes.", "The answer is one of these codes."
        ),
        "includes": Meaning(
            "Bei mehreren Antworten: Diese ist dabei.",
            "Of several answers this is one.",
        ),
        "at_least": Meaning("Die Zahl ist mindestens so groß.", "The number is at least this."),
        "at_most": Meaning("Die Zahl ist höchstens so groß.", "The number is at most this."),
        "answered": Meaning(
            "true: Es gibt eine Antwort. false: keine.", "Whether there is an answer."
        ),
        "all": Meaning("Alle diese Bedingungen gelten.", "All of these hold."),
        "any": Meaning("Mindestens eine dieser Bedingungen gilt.", "At least one of these holds."),
        "not": Meaning("Diese Bedingung gilt nicht.", "This does not hold."),
    },
    "Ladder": {
        "lowest": Meaning("Wortlaut der 0.", "Wording of 0."),
        "highest": Meaning("Wortlaut der 10.", "Wording of 10."),
        "positive_from": Meaning(
            "Ab welcher Stufe gezählt wird: 6 oder 8.",
            "From which step on it counts as positive: 6 or 8.",
        ),
    },
    "MultipleChoice": {
        "maximum": Meaning("Wie viele Antworten höchstens.", "How many answers at most."),
    },
    "Number": {
        "minimum": Meaning("Die kleinste mögliche Zahl.", "The smallest possible number."),
        "maximum": Meaning("Die größte mögliche Zahl.", "The greatest possible number."),
        "unit": Meaning("Die Einheit, z. B. Stunden.", "The unit, e.g. hours."),
        "bands": Meaning(
            "Gezählt wird in Bereichen, z. B. [[0, 2], [3, 5], [6, 24]].",
            "It is counted in bands.",
        ),
    },
    "OpenText": {
        "max_length": Meaning("Wie viele Zeichen höchstens.", "How many characters at most."),
    },
    "SingleChoice": {
        "breakdown": Meaning(
            "true: Ergebnisse dürfen nach dieser Frage aufgeteilt werden. Höchstens drei solche"
            " Fragen.",
            "true: results may be broken down by this question. At most three of them.",
        ),
    },
    "Ranking": {
        "options": Meaning("Was in eine Reihenfolge kommt.", "What is put in order."),
    },
    "Dots": {
        "options": Meaning("Worauf Punkte verteilt werden.", "What points are spread over."),
        "points": Meaning("Wie viele Punkte es gibt.", "How many points there are."),
    },
    "ThenNow": {
        "then": Meaning(
            "Was über dem Rückblick steht, z. B. „Vor dem Workshop“.",
            "What stands above the look back, e.g. “Before the workshop”.",
        ),
        "now": Meaning("Was über dem Jetzt steht.", "What stands above the answers for now."),
    },
    "Information": {
        "picture": Meaning("Ein Bild neben dem Text.", "A picture beside the text."),
        "help_card": Meaning(
            "true zeigt hier die Hilfekarte des Netzwerks.",
            "true shows the help card of the network here.",
        ),
    },
    "Score": {
        "items": Meaning("Was zusammengerechnet wird: ids.", "What is added up: ids."),
        "method": Meaning("sum: Summe. mean: Mittelwert.", "sum or mean."),
        "multiply": Meaning(
            "Womit das Ergebnis malgenommen wird.", "What the result is multiplied by."
        ),
        "min_answered": Meaning(
            "Welcher Anteil beantwortet sein muss, sonst gibt es keinen Wert. Ohne Angabe 0.8, bei"
            " drei oder vier alle bis auf eine.",
            "Which share must be answered. If left out 0.8; of three or four all but one.",
        ),
        "reverse": Meaning(
            "Welche davon umgedreht werden: niedrigster + höchster Code − Antwort.",
            "Which of them are reversed: lowest + highest code − answer.",
        ),
        "cut_offs": Meaning(
            "Grenzen zwischen Stufen, aufsteigend.",
            "Limits between classes, rising.",
        ),
        "above": Meaning(
            "Wie die Stufe über der letzten Grenze heißt.",
            "What the class above the last limit is called.",
        ),
        "verified": Meaning(
            "true nur, wenn die Grenzen in der Quelle nachgesehen wurden. Sonst werden sie nicht"
            " benutzt.",
            "true only if the limits were looked up in the source; otherwise they are not used.",
        ),
        "source": Meaning("Woher die Auswertung stammt.", "Where the scoring comes from."),
        "reference": Meaning(
            "Name einer Datei mit Vergleichswerten in reference/. Nur bei geprüftem Wortlaut.",
            "Name of a file with reference values in reference/. Only for validated wording.",
        ),
    },
    "CutOff": {
        "at_most": Meaning(
            "Bis zu diesem Wert, ihn eingeschlossen.",
            "Up to and including this value.",
        ),
        "label": Meaning("Wie diese Stufe heißt.", "What this class is called."),
    },
}


def description(part: str, key: str) -> str:
    """Return what `key` means in `part`: a German paragraph and an English one."""
    special = SPECIAL.get(part, SPECIAL["Option"] if part == "ChoiceOption" else {})
    return "\n\n".join(special[key] if key in special else GENERAL[key])
