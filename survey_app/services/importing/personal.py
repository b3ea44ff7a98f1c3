"""Columns that say who answered, when and from where: recognised, and never read.

Exports come with names, addresses, times and numbers of machines. ANONYMITY.md stores none of
them, so no mapping can let them in. A column is recognised by its header, in the words of the
programs and languages people use here, and by what stands in it, because a header may say anything.
A header that is word for word a question of the questionnaire is not suspected for its words.
"""

import re
from enum import StrEnum
from typing import Final

from survey_app.domain.messages import N_
from survey_app.services.importing.folding import folded, listed


class Personal(StrEnum):
    """What a column would tell."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    BIRTH = "birth"
    MACHINE = "machine"
    TIME = "time"
    NUMBER = "number"
    LANGUAGE = "language"

    @property
    def label(self) -> str:
        """Return the German name, to be translated."""
        return LABELS[self]


LABELS: Final = {
    Personal.NAME: N_("Name"),
    Personal.EMAIL: N_("E-Mail-Adresse"),
    Personal.PHONE: N_("Telefonnummer"),
    Personal.ADDRESS: N_("Anschrift"),
    Personal.BIRTH: N_("Geburtstag"),
    Personal.MACHINE: N_("Gerät oder IP-Adresse"),
    Personal.TIME: N_("Zeitpunkt oder Dauer"),
    Personal.NUMBER: N_("Nummer der Rückmeldung"),
    Personal.LANGUAGE: N_("Sprache"),
}

HEADERS: Final = {
    Personal.NAME: """
        name, vorname, nachname, familienname, vor und nachname, name vorname, vorname nachname,
        ihr name, dein name, first name, firstname, last name, lastname, surname, full name,
        benutzername, username, user name, nutzername, schüler, schülerin, name des kindes,
        wie heißt du, wie ist dein name, wie heißen sie, ad, soyad, adı soyadı, isim, имя, фамилия,
        фио, імʼя, ім я, прізвище, الاسم, name2
        """,
    Personal.EMAIL: """
        e mail, email, e mail adresse, email adresse, emailadresse, mail, mailadresse,
        email address, e mail address, ihre e mail adresse, deine e mail adresse, nutzername e mail,
        e posta, эл почта, электронная почта, електронна пошта, البريد الإلكتروني
        """,
    Personal.PHONE: """
        telefon, telefonnummer, handy, handynummer, mobil, mobilnummer, mobile, phone,
        phone number, telefon handy, whatsapp, telefon numarası, телефон, رقم الهاتف
        """,
    Personal.ADDRESS: """
        adresse, anschrift, wohnadresse, straße, strasse, straße hausnummer, hausnummer, plz,
        postleitzahl, wohnort, address, street, zip, zip code, postal code, postcode, adres, адрес
        """,
    Personal.BIRTH: """
        geburtsdatum, geburtstag, geboren am, date of birth, birthday, birthdate, dob,
        doğum tarihi, дата рождения, дата народження, تاريخ الميلاد
        """,
    Personal.MACHINE: """
        ip, ip adresse, ipadresse, ip address, ipaddress, ipaddr, ip addr, useragent, user agent,
        browser, gerät, device, referrer, referer, refurl, weiterleitungs url, verweisende url,
        session, session id, sessionid, cookie, fingerprint, standort, location, latitude,
        longitude, locationlatitude, locationlongitude, geo
        """,
    Personal.TIME: """
        zeitstempel, timestamp, startzeit, fertigstellungszeit, endzeit, start time,
        completion time, last modified time, zeitpunkt der letzten änderung, uhrzeit, datum,
        datum uhrzeit, datum und uhrzeit, zeit, date, time, submitdate, datestamp, startdate,
        enddate, recordeddate, recorded date, start date, end date, datum abgeschickt,
        datum gestartet, datum der letzten aktivität, datum letzte aktivität, date submitted,
        date started, date last action, interviewtime, gesamtzeit, total time, dauer, duration,
        duration in seconds, dauer in sekunden, bearbeitungszeit, erstellt am, created at,
        eingegangen am, ausgefüllt am, zaman damgası, отметка времени, позначка часу, طابع زمني
        """,
    Personal.NUMBER: """
        id, nr, lfd nr, lfdnr, laufende nummer, nummer, response id, responseid, respondent id,
        respondentid, antwort id, antwortid, teilnehmer id, teilnehmerid, teilnehmer nr, fall,
        fallnummer, case, token, zugangsschlüssel, access code, zugangscode, code, schlüssel,
        seed, uuid, guid, collector id, collectorid, externe id, external id, quittung, kennung,
        pseudonym, index, letzte seite, lastpage, last page
        """,
    Personal.LANGUAGE: """
        sprache, startsprache, startlanguage, start language, language, userlanguage,
        user language, browsersprache, dil, язык, мова
        """,
}
BY_HEADER: Final = {header: kind for kind, headers in HEADERS.items() for header in listed(headers)}
TIMINGS: Final = re.compile(
    r"(?:fragen|gruppen)zeit\b|(?:question|group) time\b|(?:interview|group|[gq]\d\w*)time\d*$"
)
SENT: Final = listed(
    "submitdate, Datum Abgeschickt, Date submitted, Fertigstellungszeit, Completion time"
)

DAY: Final = r"(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4})"
CONTENTS: Final = {
    Personal.EMAIL: re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"),
    Personal.MACHINE: re.compile(
        r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}|mozilla/.*", re.IGNORECASE
    ),
    Personal.TIME: re.compile(
        rf"{DAY}(?:[T ,]+\d{{1,2}}:\d{{2}}.*)?|\d{{1,2}}:\d{{2}}(?::\d{{2}}.*)?"
    ),
    Personal.NUMBER: re.compile(
        r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{24,64}", re.IGNORECASE
    ),
    Personal.PHONE: re.compile(r"(?:\+|00?)[1-9][\d /()-]{6,20}\d"),
}
ADDRESS: Final = re.compile(r"[^@\s]@[^@\s]+\.[A-Za-z]{2,}")
NUMBER: Final = re.compile(r"(?:\+49|\b0)[1-9][\d /-]{6,}\d")
LONGEST: Final = 400
"""Characters of a cell that can be a name, an address or what a browser calls itself."""


def by_header(header: str) -> Personal | None:
    """Return what a column with this header would tell, None if nothing personal."""
    words = folded(header)
    kind = BY_HEADER.get(words)
    return Personal.TIME if kind is None and TIMINGS.match(words) else kind


def by_content(text: str) -> Personal | None:
    """Return what one cell tells, None if nothing personal."""
    if len(text) > LONGEST:
        return None
    return next((kind for kind, form in CONTENTS.items() if form.fullmatch(text)), None)


def tells_completion(header: str) -> bool:
    """Return whether only those who sent their form have something in a column of this header."""
    return folded(header) in SENT


def may_hold_contact(text: str) -> bool:
    """Return whether an address or a number seems to stand in a free text."""
    return ("@" in text and ADDRESS.search(text) is not None) or NUMBER.search(text) is not None
