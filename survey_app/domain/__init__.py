"""The words of this house, and what they mean.

Everything in this package is pure: frozen values and functions over them, written with the
standard library and pydantic alone. Nothing here knows Flask, a database, a file, a clock or a
source of randomness; time and randomness come in as arguments.

============== ==================== ==========================================================
code           German               meaning
============== ==================== ==========================================================
Network        Netzwerk             the tenant, e.g. the health network of one Kreis
Municipality   Kommune              with its AGS, an 8-digit string
Organisation   Träger               who is responsible; the data protection law it lives under
Site           Einrichtung          school, youth centre, club; has a setting
Directory      –                    what networks say about themselves: help cards, legal facts
HelpCard       Hilfekarte           whom to call; the same for everybody, on every page
Measure        Maßnahme             the activity that is evaluated (a number is a *statistic*)
Questionnaire  Fragebogen           the instrument; id, version, audience
Section        Abschnitt            questions that belong together
Question       Frage                of one kind; an Item (Aussage) is one statement of a battery
Option         Antwort              one possible answer: a code and its wording
Scale          Antwortskala         named answer options; a Score is computed from several items
Wave           Erhebung             one questionnaire, one audience, open from – to
Audience       Zielgruppe           young people or professionals
Collector      Zugang               one way in: a poster, a group, a link, with its code
Response       Rückmeldung          the answers of one submission
Missing        fehlend              no valid answer, with a reason
Variable       Variable             one countable thing; the Codebook lists them
Table          Tabelle              how often each code was given; its base is n
Block          Auszählung           the frozen tables of one closed wave
Breakdown      nach Gruppen         the tables of a block once more, by one declared question
Released       ausgewiesen          what passed disclosure control
Withheld       nicht ausgewiesen    what did not, and why
Grain          –                    whom anything is told of: a wave, or a pool of small ones
Ledger         –                    every release and its grains; refuses what would isolate others
RollUp         Gesamtauswertung     several waves together: the sum of grains
EvaluationSheet Auswertungsbogen    two A4 pages about one measure
Echo           –                    what those who answered see of their results
Commitment     Zusage               what becomes of a wish: status, office, day, reason of a no
============== ==================== ==========================================================
"""
