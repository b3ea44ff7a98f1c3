"""The sample district, as data: what Mitreden looks like with a year of field work in it.

The nine municipalities are real (Kreis Viersen, with their official keys). Everything else is
invented: no such school, club, organisation or measure exists, and nobody ever gave these answers.
The network is marked as a sample, so that every page and every sheet says "Beispieldaten".

The sizes are chosen to show what matters: four responses (withheld), nine, the usual 20 to 30, one
of 150; groups of professionals of 5 to 14; measures that went well, one that did not; one wave to
answer now, one that is half answered, one that is still planned. Days count from the day on which
the district is made.
"""

from survey_app.domain.measure import Law, Setting, Topic
from survey_app.domain.wave import Point
from survey_app.services.sample_kinds import (
    SampleMeasure,
    SampleOrganisation,
    SampleSite,
    SampleWave,
)

NETWORK = "Beispielnetzwerk Kreis Viersen"
CONTACT = "netzwerk@beispiel.example"
FUNDERS = ("Beispielkasse",)

MUNICIPALITIES = {
    "Brüggen": "05166004",
    "Grefrath": "05166008",
    "Kempen": "05166012",
    "Nettetal": "05166016",
    "Niederkrüchten": "05166020",
    "Schwalmtal": "05166024",
    "Tönisvorst": "05166028",
    "Viersen": "05166032",
    "Willich": "05166036",
}

HEALTH, MEDIA = Topic.MENTAL_HEALTH_LITERACY, Topic.MEDIA_LITERACY

CORE, PROFESSIONALS, MEDIA_LITERACY = "kern-jugend", "fachkraefte", "medienkompetenz"
HEALTH_LITERACY = "gesundheitskompetenz"
LOOKING_BACK, MEETING = "vorher-nachher-workshop", "netzwerktreffen"

OPEN_DAYS = 10

HEALTH_OFFICE = SampleOrganisation("Fachstelle Gesunde Jugend")
COUNSELLING = SampleOrganisation("Beratungsstelle Seitenwind e.\u00a0V.")
YOUTH_WELFARE = SampleOrganisation("Jugendhilfe Kieselbach gGmbH")
MEDIA_WORKSHOP = SampleOrganisation("Medienwerkstatt Pixelgarten e.\u00a0V.")
CATHOLIC_YOUTH = SampleOrganisation("Katholische Jugendarbeit Ahornfeld", Law.CATHOLIC)
PROTESTANT_YOUTH = SampleOrganisation("Evangelische Jugend Mühlenwinkel", Law.PROTESTANT)

SILBERGRABEN = SampleSite("Gesamtschule Silbergraben", "Viersen", Setting.SCHOOL)
STORCHENWIESE = SampleSite("Realschule Storchenwiese", "Viersen", Setting.SCHOOL)
LINDENBOGEN = SampleSite("Gymnasium am Lindenbogen", "Kempen", Setting.SCHOOL)
AHORNFELD = SampleSite("Gesamtschule Ahornfeld", "Nettetal", Setting.SCHOOL)
BROMBEERWEG = SampleSite("Sekundarschule Brombeerweg", "Schwalmtal", Setting.SCHOOL)
KRANICHHOF = SampleSite("Berufskolleg Kranichhof", "Willich", Setting.SCHOOL)
FASANENHOLZ = SampleSite("Gymnasium Fasanenholz", "Tönisvorst", Setting.SCHOOL)
SEEHAUS = SampleSite("Jugendtreff Seehaus Kieselbach", "Nettetal", Setting.YOUTH_CENTRE)
WELLBLECH = SampleSite("Jugendhaus Wellblech", "Brüggen", Setting.YOUTH_CENTRE)
FUNKTURM = SampleSite("Jugendzentrum Funkturm", "Kempen", Setting.YOUTH_CENTRE)
DACHBODEN = SampleSite("Offener Treff Dachboden", "Willich", Setting.YOUTH_CENTRE)
GRENZSTEIN = SampleSite("Jugendtreff Grenzstein", "Niederkrüchten", Setting.YOUTH_CENTRE)
STELLWERK = SampleSite("Jugendcafé Altes Stellwerk", "Tönisvorst", Setting.YOUTH_CENTRE)
COUNTY_HALL = SampleSite("Kreishaus am Wasserturm", "Viersen", Setting.MUNICIPALITY)
TV_KIESELBACH = SampleSite("TV Kieselbach 1923", "Grefrath", Setting.CLUB)


def young(answers: int, *, of: int) -> SampleWave:
    """Return a wave with the core questions."""
    return SampleWave(CORE, answers, of)


def media(answers: int, *, of: int) -> SampleWave:
    """Return a wave with the questions on media literacy."""
    return SampleWave(MEDIA_LITERACY, answers, of)


def before(answers: int, *, of: int) -> SampleWave:
    """Return the same questions, asked before the measure."""
    return SampleWave(MEDIA_LITERACY, answers, of, Point.BEFORE)


def after(answers: int, *, of: int) -> SampleWave:
    """Return the same questions, asked after the measure."""
    return SampleWave(MEDIA_LITERACY, answers, of, Point.AFTER)


def health(answers: int, *, of: int) -> SampleWave:
    """Return a wave with the questions on health literacy, which are told by age too."""
    return SampleWave(HEALTH_LITERACY, answers, of, all_say=("alter",))


def professionals(answers: int, *, of: int) -> SampleWave:
    """Return a wave among teachers, social workers and trainers."""
    return SampleWave(PROFESSIONALS, answers, of)


def looking_back(answers: int, *, of: int) -> SampleWave:
    """Return a wave in which young people compare then and now."""
    return SampleWave(LOOKING_BACK, answers, of)


def meeting(title: str, ends: int, answers: int, *, of: int, mood: float) -> SampleMeasure:
    """Return a meeting of the network itself, with professionals from everywhere."""
    return SampleMeasure(
        title=title,
        summary="Fachkräfte aus allen Kommunen: ein Thema, neue Kontakte, offene Fälle.",
        topic=Topic.NETWORKING,
        organisation=HEALTH_OFFICE,
        site=COUNTY_HALL,
        district_wide=True,
        invited=of + 8,
        participants=of,
        ends=ends,
        mood=mood,
        waves=(SampleWave(MEETING, answers, of),),
    )


MEASURES = (
    SampleMeasure(
        title="Sommercamp „Kopf frei“",
        summary="Fünf Tage am See: Bewegung, Gespräche über Stress und Wege, damit umzugehen.",
        topic=HEALTH,
        organisation=YOUTH_WELFARE,
        site=SEEHAUS,
        ends=-96,
        days=5,
        invited=40,
        participants=32,
        mood=0.84,
        waves=(young(30, of=32), professionals(6, of=7)),
    ),
    SampleMeasure(
        title="Werkstatt „Bildschirm aus“",
        summary="Ein Nachmittag ohne Handy: Was fehlt mir, was gewinne ich?",
        topic=MEDIA,
        organisation=PROTESTANT_YOUTH,
        site=WELLBLECH,
        ends=-88,
        invited=12,
        participants=5,
        mood=0.74,
        waves=(young(4, of=5),),
    ),
    SampleMeasure(
        title="Projekttag „Echt oder Fake?“",
        summary="Der ganze Jahrgang 8 prüft Nachrichten, Bilder und Absender.",
        topic=MEDIA,
        organisation=MEDIA_WORKSHOP,
        site=SILBERGRABEN,
        ends=-81,
        sessions=6,
        invited=172,
        participants=168,
        waves=(young(150, of=168), media(28, of=29), professionals(12, of=14)),
    ),
    SampleMeasure(
        title="„Stress lass nach“",
        summary="Workshop für die Klassen 9: Warnzeichen erkennen, Entspannung ausprobieren.",
        topic=HEALTH,
        organisation=HEALTH_OFFICE,
        site=LINDENBOGEN,
        ends=-74,
        sessions=2,
        invited=29,
        participants=28,
        mood=0.72,
        waves=(young(27, of=28), professionals(5, of=6)),
    ),
    SampleMeasure(
        title="„Gut zuhören“ – Peer-Training",
        summary="Schülerinnen und Schüler lernen, für andere da zu sein und Hilfe zu holen.",
        topic=HEALTH,
        organisation=COUNSELLING,
        site=KRANICHHOF,
        ends=-67,
        days=15,
        sessions=4,
        invited=26,
        participants=24,
        mood=0.86,
        waves=(looking_back(21, of=24), young(22, of=24), professionals(8, of=9)),
    ),
    SampleMeasure(
        title="„Netzlotsen“ – Ausbildung für Jüngere",
        summary="Ältere zeigen Jüngeren, wie man sich im Netz schützt und fair bleibt.",
        topic=MEDIA,
        organisation=MEDIA_WORKSHOP,
        site=FASANENHOLZ,
        ends=-60,
        days=29,
        sessions=5,
        invited=30,
        participants=26,
        mood=0.78,
        waves=(
            before(25, of=26),
            young(24, of=26),
            after(24, of=26),
            professionals(7, of=8),
        ),
    ),
    SampleMeasure(
        title="Sprechstunde auf dem Schulhof",
        summary="Jeden Mittwoch in der großen Pause: eine Fachkraft zum Ansprechen.",
        topic=HEALTH,
        organisation=COUNSELLING,
        site=BROMBEERWEG,
        ends=-53,
        days=64,
        sessions=10,
        invited=60,
        participants=41,
        mood=0.46,
        waves=(young(21, of=41), professionals(9, of=10)),
    ),
    SampleMeasure(
        title="„Dranbleiben“ – Training und Gespräch",
        summary="Boxen, Laufen, Reden: was Sport für den Kopf tut.",
        topic=HEALTH,
        organisation=HEALTH_OFFICE,
        site=TV_KIESELBACH,
        ends=-46,
        days=36,
        sessions=6,
        invited=25,
        participants=22,
        mood=0.76,
        waves=(looking_back(19, of=22), young(20, of=22), professionals(5, of=5)),
    ),
    SampleMeasure(
        title="Offene Küche",
        summary="Zusammen kochen und darüber sprechen, was gerade los ist.",
        topic=HEALTH,
        organisation=CATHOLIC_YOUTH,
        site=GRENZSTEIN,
        ends=-41,
        days=22,
        sessions=4,
        invited=15,
        participants=11,
        mood=0.72,
        waves=(looking_back(3, of=11), young(9, of=11)),
    ),
    SampleMeasure(
        title="Faire Regeln für den Klassenchat",
        summary="Drei Klassen schreiben ihre Regeln für den Chat selbst.",
        topic=MEDIA,
        organisation=YOUTH_WELFARE,
        site=STORCHENWIESE,
        ends=-36,
        sessions=3,
        invited=31,
        participants=29,
        mood=0.6,
        waves=(young(26, of=29), professionals(6, of=6)),
    ),
    SampleMeasure(
        title="„Mein Profil, meine Regeln“",
        summary="Einstellungen prüfen, Spuren finden, selbst entscheiden, wer was sieht.",
        topic=MEDIA,
        organisation=MEDIA_WORKSHOP,
        site=FUNKTURM,
        also_in=("Nettetal", "Viersen"),
        ends=-31,
        sessions=2,
        invited=28,
        participants=25,
        mood=0.7,
        waves=(before(24, of=25), young(23, of=25), after(22, of=25)),
    ),
    SampleMeasure(
        title="Gefühlskino",
        summary="Vier Filmabende mit Gesprächen über Freundschaft, Druck und Traurigkeit.",
        topic=HEALTH,
        organisation=CATHOLIC_YOUTH,
        site=DACHBODEN,
        ends=-26,
        days=22,
        sessions=4,
        invited=40,
        participants=30,
        mood=0.66,
        waves=(looking_back(24, of=30), young(25, of=30), professionals(5, of=5)),
    ),
    SampleMeasure(
        title="Projektwoche „Kopf hoch“",
        summary="Eine Woche über seelische Gesundheit: Wissen, Theater und ein Hilfe-Stadtplan.",
        topic=HEALTH,
        organisation=HEALTH_OFFICE,
        site=AHORNFELD,
        ends=-20,
        days=5,
        sessions=4,
        invited=118,
        participants=112,
        mood=0.73,
        waves=(young(98, of=112), health(104, of=112), professionals(14, of=15)),
    ),
    SampleMeasure(
        title="Klassenrat ohne Handy",
        summary="Zwei Klassen beraten, wann das Handy stört, und halten ihre Regeln fest.",
        topic=MEDIA,
        organisation=YOUTH_WELFARE,
        site=LINDENBOGEN,
        ends=-58,
        sessions=2,
        invited=54,
        participants=31,
        mood=0.62,
        waves=(young(26, of=31),),
    ),
    SampleMeasure(
        title="Nachtsport im Funkturm",
        summary="Freitags bis Mitternacht: Spiele, Tee und jemand, der zuhört.",
        topic=HEALTH,
        organisation=HEALTH_OFFICE,
        site=FUNKTURM,
        ends=-44,
        days=29,
        sessions=5,
        invited=40,
        participants=33,
        mood=0.88,
        waves=(young(28, of=33),),
    ),
    SampleMeasure(
        title="„Sag was“ – Plakate gegen Beleidigungen",
        summary="Eine Projektgruppe gestaltet Plakate für die Flure ihrer Schule.",
        topic=MEDIA,
        organisation=MEDIA_WORKSHOP,
        site=STORCHENWIESE,
        ends=-39,
        days=15,
        sessions=3,
        invited=30,
        participants=25,
        mood=0.7,
        waves=(young(23, of=25),),
    ),
    meeting("Netzwerktreffen: Wer macht was?", -262, 24, of=33, mood=0.6),
    meeting("Netzwerktreffen: Schlaf und Bildschirm", -142, 27, of=34, mood=0.64),
    meeting("Netzwerktreffen: Einsam unter vielen", -33, 25, of=29, mood=0.7),
    SampleMeasure(
        title="„Level up – und dann schlafen“",
        summary="Ein Spieleabend über Schlaf, Pausen und die Tricks der Apps.",
        topic=MEDIA,
        organisation=YOUTH_WELFARE,
        site=STELLWERK,
        ends=-3,
        invited=30,
        participants=24,
        waves=(young(11, of=24),),
    ),
    SampleMeasure(
        title="„Durchatmen“ – Workshop für die Klassen 7",
        summary="Zwei Stunden: was Stress mit dem Körper macht und was schnell hilft.",
        topic=HEALTH,
        organisation=COUNSELLING,
        site=STORCHENWIESE,
        ends=0,
        sessions=3,
        invited=82,
        participants=78,
        waves=(young(0, of=78),),
    ),
    SampleMeasure(
        title="Theater „Kommentarspalte“",
        summary="Eine Theatergruppe spielt, was ein Kommentar auslösen kann. Danach wird geredet.",
        topic=MEDIA,
        organisation=PROTESTANT_YOUTH,
        site=BROMBEERWEG,
        ends=19,
        invited=95,
        mood=0.7,
        waves=(young(0, of=95),),
    ),
)

# The school whose classes are most of what its town was asked; it agreed to be told of.
CONSENTING = SILBERGRABEN

ALL_SHEETS = sum(wave.answers for measure in MEASURES for wave in measure.waves)
