"""What becomes of the wishes in the sample district, by the title of the measure: all invented.

Every status occurs, also a no with its reason and one that is late. Where nothing stands here, the
page of the young people says that nothing is decided yet. Days count from the day on which the
district is made.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from survey_app.domain.commitment import NewCommitment, Status
from survey_app.domain.taking_part import NextWay, Way


@dataclass(frozen=True)
class SampleCommitment:
    """An invented commitment, decided `decided` days ago and due in `due` days."""

    wish: str
    office: str
    status: Status
    decided: int
    answer: str = ""
    reason: str = ""
    due: int | None = None

    def on(self, today: date) -> NewCommitment:
        """Return it as staff would have stated it."""
        return NewCommitment(
            wish=self.wish,
            status=self.status,
            answer=self.answer,
            reason=self.reason,
            office=self.office,
            due_on=None if self.due is None else today + timedelta(days=self.due),
            decided_on=today - timedelta(days=self.decided),
        )


CAMP_OFFICE = "Jugendhilfe Kieselbach, Team Freizeit"

COMMITMENTS = {
    "Sommercamp „Kopf frei“": (
        SampleCommitment(
            wish="Mehr Pausen und mehr Zeit zum Reden.",
            answer="Im nächsten Camp ist nach jedem Block eine halbe Stunde frei.",
            office=CAMP_OFFICE,
            status=Status.STARTED,
            decided=60,
            due=120,
        ),
        SampleCommitment(
            wish="Beim Essen soll immer etwas ohne Fleisch dabei sein.",
            answer="Die Küche kocht seit dem Herbst jeden Tag zwei Gerichte, eins ohne Fleisch.",
            office=CAMP_OFFICE,
            status=Status.DONE,
            decided=74,
        ),
        SampleCommitment(
            wish="Handys sollen den ganzen Tag erlaubt sein.",
            reason="Bei den Gesprächen am Abend sollen alle wirklich da sein.",
            answer="In der Mittagspause sind Handys ab dem nächsten Camp erlaubt.",
            office=CAMP_OFFICE,
            status=Status.DECLINED,
            decided=60,
        ),
    ),
    "Projekttag „Echt oder Fake?“": (
        SampleCommitment(
            wish="Nicht nur einen Tag lang, sondern öfter im Unterricht.",
            answer="Jede Klasse 8 bekommt im zweiten Halbjahr drei Stunden dazu.",
            office="Gesamtschule Silbergraben, Medienteam",
            status=Status.PLANNED,
            decided=50,
            due=75,
        ),
        SampleCommitment(
            wish="Eine Stelle, an der man Fakes melden kann.",
            answer="Die Schülervertretung bekommt dafür ein Postfach und einen Raum.",
            office="Gesamtschule Silbergraben, Schulleitung",
            status=Status.STARTED,
            decided=50,
            due=-5,
        ),
    ),
    "Sprechstunde auf dem Schulhof": (
        SampleCommitment(
            wish="Nicht mitten auf dem Schulhof, wo alle zuschauen.",
            answer="Die Sprechstunde zieht in den Raum neben der Bibliothek.",
            office="Beratungsstelle Seitenwind",
            status=Status.DONE,
            decided=21,
        ),
        SampleCommitment(
            wish="Jeden Tag jemand zum Ansprechen.",
            reason="Dafür fehlen Stellen. Es bleibt bei einem Tag in der Woche.",
            answer="Neu ist ein Termin am Freitagnachmittag, online und ohne Anmeldung.",
            office="Beratungsstelle Seitenwind",
            status=Status.DECLINED,
            decided=21,
        ),
    ),
}


@dataclass(frozen=True)
class SampleNextWay:
    """An invented next way to take part, `ahead` days from the day the district is made."""

    way: Way
    text: str
    ahead: int | None = None
    link: str = ""

    def on(self, today: date) -> NextWay:
        """Return it as staff would have stated it."""
        day = None if self.ahead is None else today + timedelta(days=self.ahead)
        return NextWay(way=self.way, text=self.text, day=day, link=self.link)


NEXT_WAYS = {
    "Sommercamp „Kopf frei“": SampleNextWay(
        way=Way.MEETING,
        text="17 Uhr im Jugendtreff am Kirchplatz. Es gibt Pizza, und ihr plant das nächste Camp.",
        ahead=18,
        link="https://jugendforum.example/termine",
    ),
    "Projekttag „Echt oder Fake?“": SampleNextWay(
        way=Way.CONTACT, text="Die Schülervertretung trifft sich jeden Mittwoch in Raum 104."
    ),
}
