"""The audit log in words: what is stored stays as it is, what is shown is said.

A line holds codes ("close", "wave 3", "12 sheets"), so that it means the same in ten years and in
every language. An action without words here is shown by its code; a test finds it.
"""

import re
from collections.abc import Mapping
from typing import Final

from survey_app.domain.commitment import Status as Promised
from survey_app.domain.measure import Publication
from survey_app.domain.messages import N_, Message
from survey_app.domain.parts import Part
from survey_app.domain.rights import Role

ACTIONS: Final[Mapping[str, str]] = {
    "plan": N_("Erhebung geplant"),
    "move": N_("Erhebung verschoben"),
    "approval": N_("Zustimmung der Schule eingetragen"),
    "open way in": N_("Zugang eröffnet"),
    "set up way in": N_("Zugang eingerichtet"),
    "close": N_("Erhebung abgeschlossen"),
    "recount": N_("Erhebung nachgezählt"),
    "forget": N_("Aufbewahrungsfrist vorbei, gelöscht"),
    "review": N_("Freie Texte durchgesehen, eine Frage abgeschlossen"),
    "choose quotes": N_("Zitate für den Bogen gewählt"),
    "take back quote": N_("Zitat zurückgezogen"),
    "results_on": N_("Tag der Ergebnisse festgelegt"),
    "import": N_("Antworten aus einer Datei übernommen"),
    "begin paper entry": N_("Papierbögen: Eingabe begonnen"),
    "paper entry": N_("Papierbögen eingegeben"),
    "take back paper sheet": N_("Papierbogen zurückgenommen"),
    "print slips": N_("Einmal-Zettel gedruckt"),
    "print posters": N_("Poster im Stapel gedruckt"),
    "print sheets": N_("Auswertungsbögen im Stapel gedruckt"),
    "commit": N_("Zusage gemacht"),
    "change_commitment": N_("Zusage geändert"),
    "remove_commitment": N_("Zusage zurückgenommen"),
    "next_way": N_("Weiter mitmachen: Text geändert"),
    "hand_back": N_("Ergebnisse an die Einrichtung übergeben"),
    "plan_measure": N_("Maßnahme angelegt"),
    "change_measure": N_("Maßnahme geändert"),
    "copy_measure": N_("Maßnahme kopiert"),
    "publish_measure": N_("Veröffentlichung einer Maßnahme geändert"),
    "remove_measure": N_("Maßnahme gelöscht"),
    "set_goal": N_("Ziel festgelegt"),
    "word_sheet": N_("Satz auf dem Bogen geändert"),
    "word_sheet_back": N_("Satz auf dem Bogen zurückgesetzt"),
    "branding": N_("Farbe oder Logo geändert"),
    "open public list": N_("Öffentliche Liste eingeschaltet"),
    "close public list": N_("Öffentliche Liste ausgeschaltet"),
    "add municipality": N_("Kommune angelegt"),
    "change municipality": N_("Kommune geändert"),
    "remove municipality": N_("Kommune gelöscht"),
    "add organisation": N_("Träger angelegt"),
    "change organisation": N_("Träger geändert"),
    "remove organisation": N_("Träger gelöscht"),
    "add site": N_("Einrichtung angelegt"),
    "change site": N_("Einrichtung geändert"),
    "remove site": N_("Einrichtung gelöscht"),
    "record consent": N_("Zustimmung einer Einrichtung eingetragen"),
    "revoke consent": N_("Zustimmung einer Einrichtung widerrufen"),
    "invite": N_("Person eingeladen"),
    "invite again": N_("Einladung erneuert"),
    "withdraw invitation": N_("Einladung zurückgezogen"),
    "joined": N_("Einladung angenommen"),
    "new link": N_("Neuer Link für ein Passwort"),
    "chose another password": N_("Neues Passwort gewählt"),
    "change password": N_("Passwort geändert"),
    "change role": N_("Rolle geändert"),
    "switch off": N_("Konto ausgeschaltet"),
    "switch on": N_("Konto eingeschaltet"),
    "end logins": N_("Anmeldungen beendet"),
    "end all logins": N_("Überall abgemeldet"),
    "set up app": N_("Zweiter Faktor: App eingerichtet"),
    "remove app": N_("Zweiter Faktor: App entfernt"),
    "add passkey": N_("Passkey hinzugefügt"),
    "remove passkey": N_("Passkey entfernt"),
    "make token": N_("Schlüssel für ein Programm angelegt"),
    "revoke token": N_("Schlüssel für ein Programm gelöscht"),
    "new recovery codes": N_("Neue Recovery-Codes"),
    "use recovery code": N_("Recovery-Code benutzt"),
    "reset factors": N_("Zweiter Faktor zurückgesetzt"),
    "bind sign-on": N_("Anmeldedienst verbunden"),
    "release sign-on": N_("Anmeldedienst getrennt"),
}

# Who acts without being a person with an account.
ACTORS: Final[Mapping[str, str]] = {
    "calendar": N_("von selbst: letzter Tag vorbei"),
    "retention": N_("von selbst: Aufbewahrungsfrist"),
}

SUBJECTS: Final[Mapping[str, str]] = {
    "wave": N_("Erhebung %(number)s"),
    "measure": N_("Maßnahme %(number)s"),
    "commitment": N_("Zusage %(number)s"),
    "municipality": N_("Kommune %(number)s"),
    "organisation": N_("Träger %(number)s"),
    "site": N_("Einrichtung %(number)s"),
    "job": N_("Druckauftrag %(number)s"),
}
NUMBERED: Final = re.compile(r"([a-z_]+) (\d+)")

# What a detail says, where it is one of few words.
DETAILS: Final[Mapping[str, str]] = {
    "same": N_("gleiches Ergebnis"),
    "replaced": N_("anderes Ergebnis, ersetzt"),
    "kept": N_("anderes Ergebnis, nicht ersetzt: schon gezeigt, Unterschied zu klein"),
    **{status.value: status.label for status in Promised},
    **{role.value: role.label for role in Role},
    **{part.value: part.label for part in Part},
    **{step.value: step.label for step in Publication},
}
COUNTS: Final[Mapping[str, str]] = {
    "sheets": N_("Bögen: %(number)s"),
    "texts": N_("Texte: %(number)s"),
    "published": N_("veröffentlicht: %(number)s"),
    "paraphrased": N_("umgeschrieben: %(number)s"),
    "withheld": N_("zurückgehalten: %(number)s"),
    "themes": N_("Themen: %(number)s"),
    "readers": N_("gelesen von: %(number)s"),
    "quotes": N_("Zitate: %(number)s"),
}
COUNTED: Final = re.compile(rf"(\d+) ({'|'.join(COUNTS)})")
BETWEEN: Final = re.compile(", | → ")
PLAIN: Final = "%(text)s"


def action_said(action: str) -> Message:
    """Return what an action is called."""
    return Message(ACTIONS[action]) if action in ACTIONS else _plain(action)


def actor_said(actor: str) -> Message:
    """Return who did something."""
    return Message(ACTORS[actor]) if actor in ACTORS else _plain(actor)


def subject_said(subject: str) -> Message:
    """Return what it was done to."""
    found = NUMBERED.fullmatch(subject)
    if found is None or found[1] not in SUBJECTS:
        return _plain(subject)
    return Message(SUBJECTS[found[1]], {"number": found[2]})


def details_said(detail: str) -> tuple[Message, ...]:
    """Return what else is known, piece by piece."""
    if not detail:
        return ()
    pieces = [_piece_said(piece) for piece in BETWEEN.split(detail)]
    known = tuple(piece for piece in pieces if piece is not None)
    return known if len(known) == len(pieces) else (_plain(detail),)


def _piece_said(piece: str) -> Message | None:
    if piece in DETAILS:
        return Message(DETAILS[piece])
    if counted := COUNTED.fullmatch(piece):
        return Message(COUNTS[counted[2]], {"number": counted[1]})
    named = NUMBERED.fullmatch(piece)
    return subject_said(piece) if named and named[1] in SUBJECTS else None


def _plain(text: str) -> Message:
    return Message(PLAIN, {"text": text})
