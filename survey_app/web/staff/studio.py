"""The print studio: choose a format, languages and colours, look at it, take it along.

What is chosen stands in the address and nowhere else, so a page can be sent to a colleague, and the
preview and the file are drawn from the same words. Without a script the button "Vorschau
aktualisieren" sends the form; with it (static/studio.js) every change shows at once. What an
address asks for that is not there is answered with the usual instead. The formats of results are
there once the results are out; until then the page says from when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.datastructures import MultiDict

from survey_app.domain.branding import PALE, Branding
from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.measure import Measure
from survey_app.domain.messages import N_
from survey_app.domain.questionnaire import Audience
from survey_app.domain.wave import Wave
from survey_app.languages import Language
from survey_app.rendering.prints.base import Format, Invitation, ResultsPoster
from survey_app.services import branding, printing, results_printing
from survey_app.services.printing import Printer
from survey_app.web.staff.desk import Desk
from survey_app.web.staff.downloads import PDF, attached
from survey_app.web.staff.pages import StaffPage, WaveView
from survey_app.web.staff.views import WAVE, wave_of
from survey_app.web.templating import draw

PREVIEW_WIDTH: Final = 700
FIRST: Final = "poster_a4"
LOOKS: Final = {
    "netzwerk": N_("Farbe des Netzwerks"),
    "mitreden": N_("Gelb von Mitreden"),
    "sparsam": N_("Hellgrau, spart Toner"),
}


@dataclass(frozen=True)
class Choice:
    """What somebody wants to print: format, main language, more languages, look, ways in."""

    kind: str
    main: str
    others: tuple[str, ...]
    look: str
    with_logo: bool
    code: str

    @property
    def query(self) -> str:
        """Return the choice as the query of an address."""
        others = [("weitere", code) for code in self.others]
        return urlencode(
            [
                ("format", self.kind),
                ("sprache", self.main),
                *others,
                ("farbe", self.look),
                ("logo", "ja" if self.with_logo else "nein"),
                ("zugang", self.code),
            ]
        )

    def branded(self, own: Branding) -> Branding:
        """Return the look that was chosen, of a network that looks like `own`."""
        logo = own.logo if self.with_logo else None
        if self.look == "netzwerk":
            return Branding(own.accent, logo)
        return Branding(PALE, logo) if self.look == "sparsam" else Branding(logo=logo)


def read_choice(
    asked: MultiDict[str, str],
    languages: Sequence[Language],
    collectors: Sequence[Collector],
    formats: Mapping[str, Format[Any]],
) -> Choice:
    """Return what an address asks for, with the usual in the place of what is not there."""
    codes = [language.code for language in languages]
    main = _one_of(asked.get("sprache"), codes)
    kind = _one_of(asked.get("format"), [FIRST, *formats])
    wanted = set(asked.getlist("weitere")) - {main}
    room = formats[kind].languages - 1
    return Choice(
        kind=kind,
        main=main,
        others=tuple([code for code in codes if code in wanted][:room]),
        look=_one_of(asked.get("farbe"), list(LOOKS)),
        with_logo=asked.get("logo", "ja") == "ja",
        code=_one_of(asked.get("zugang"), ["", *(each.code for each in collectors)]),
    )


def _one_of(wanted: str | None, known: Sequence[str]) -> str:
    return wanted if wanted is not None and wanted in known else known[0]


@dataclass(frozen=True)
class StudioPage(StaffPage):
    """The studio of one wave. `languages` are those of the questionnaire, German first.

    `later` are the formats that can be printed from the day of the results on.
    """

    measure: Measure
    view: WaveView
    formats: Mapping[str, Format[Any]]
    later: Mapping[str, Format[ResultsPoster]]
    languages: tuple[Language, ...]
    looks: Mapping[str, str]
    choice: Choice
    branding: Branding
    width: int

    @property
    def kind(self) -> Format[Any]:
        """Return the format that was chosen."""
        return self.formats[self.choice.kind]

    def code(self, collector: Collector) -> str:
        """Return a code as it stands on paper."""
        return printed_code(collector.code)

    def address(self, endpoint: str) -> str:
        """Return where the choice leads: ``staff.print_preview`` or ``staff.print_file``."""
        place = url_for(endpoint, measure=self.measure.id, wave=self.view.wave.id)
        return f"{place}?{self.choice.query}"


@dataclass(frozen=True)
class Job:
    """Everything that is needed to draw a choice."""

    measure: Measure
    kind: Format[Any]
    words: Language
    what: tuple[Any, ...]  # invitations, or what came of them: as the format prints


class Studio:
    """The views."""

    def __init__(self, desk: Desk, printer: Printer) -> None:
        self._desk = desk
        self._house = desk.house
        self._printer = printer

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes to the blueprint of staff."""
        blueprint.add_url_rule(f"{WAVE}/drucken", "studio", self.studio)
        blueprint.add_url_rule(f"{WAVE}/drucken/vorschau.png", "print_preview", self.preview)
        blueprint.add_url_rule(f"{WAVE}/drucken/druck.pdf", "print_file", self.file)

    def studio(self, measure: int, wave: int) -> str:
        """Show what can be chosen and what it looks like."""
        fielded = self._desk.measure(measure)
        view = wave_of(fielded, wave)
        page = StudioPage(
            person=self._desk.account.email,
            network=self._desk.account.network,
            measure=fielded.measure,
            view=view,
            formats=self._formats(view.wave),
            later={} if self._is_out(view.wave) else results_printing.results_formats(),
            languages=self._languages(view.wave),
            looks=LOOKS,
            choice=self._choice(view),
            branding=self._own(),
            width=PREVIEW_WIDTH,
        )
        return draw("staff/studio.html", self._desk.words, page)

    def preview(self, measure: int, wave: int) -> Response:
        """Send the first page as a picture."""
        job = self._job(measure, wave)
        png = printing.print_preview(
            self._printer, job.kind, job.what[:1], job.words, width=PREVIEW_WIDTH
        )
        return Response(png, content_type="image/png", headers={"Cache-Control": "no-store"})

    def file(self, measure: int, wave: int) -> Response:
        """Send the PDF: a page, or a sheet, for each way in that was chosen."""
        job = self._job(measure, wave)
        pdf = printing.print_pdf(self._printer, job.kind, job.what, job.words)
        label = self._desk.words.gettext(job.kind.label)
        return attached(pdf, PDF, f"{label} {job.measure.title} {job.what[0].code}.pdf")

    def _job(self, measure: int, wave: int) -> Job:
        fielded = self._desk.measure(measure)
        view = wave_of(fielded, wave)
        choice = self._choice(view)
        kind = self._formats(view.wave)[choice.kind]
        words = self._spoken(choice.main, view.wave, polite=kind.for_grown_ups)
        chosen = [each for each in view.fielded.collectors if choice.code in ("", each.code)]
        is_result = choice.kind in results_printing.results_formats()
        draw_up = self._results if is_result else self._invitations
        return Job(fielded.measure, kind, words, draw_up(fielded.measure, view, choice, chosen))

    def _results(
        self, measure: Measure, view: WaveView, choice: Choice, chosen: Sequence[Collector]
    ) -> tuple[ResultsPoster, ...]:
        """Return what came of a wave, for each way in."""
        settings, today = self._house.settings, self._house.clock.today()
        echo = results_printing.echo_to_print(
            self._desk.database, view.wave, policy=settings.policy, today=today
        ) or abort(404)
        look = choice.branded(self._own())
        return tuple(
            results_printing.results_poster(
                measure, each, echo, public_url=settings.public_url, branding=look
            )
            for each in chosen
        )

    def _invitations(
        self, measure: Measure, view: WaveView, choice: Choice, chosen: Sequence[Collector]
    ) -> tuple[Invitation, ...]:
        """Return the invitations to a wave, for each way in."""
        return tuple(
            printing.invitation_of(
                measure,
                view.wave,
                collector,
                self._spoken(choice.main, view.wave),
                others=[self._spoken(code, view.wave) for code in choice.others],
                branding=choice.branded(self._own()),
                public_url=self._house.settings.public_url,
                policy=self._house.settings.policy,
                help_card=self._house.directory.help_for(measure.network.name),
            )
            for collector in chosen
        )

    def _is_out(self, wave: Wave) -> bool:
        """Return whether those who answered see the results."""
        return wave.gives_results(self._house.clock.today())

    def _formats(self, wave: Wave) -> dict[str, Format[Any]]:
        """Return what can be printed now."""
        results = results_printing.results_formats() if self._is_out(wave) else {}
        return {**printing.formats(), **results}

    def _choice(self, view: WaveView) -> Choice:
        languages, collectors = self._languages(view.wave), view.fielded.collectors
        return read_choice(request.args, languages, collectors, self._formats(view.wave))

    def _languages(self, wave: Wave) -> tuple[Language, ...]:
        return self._house.languages.of(wave.questionnaire)

    def _spoken(self, code: str, wave: Wave, *, polite: bool = False) -> Language:
        """Return a language as it speaks to those who answer, or to a grown-up."""
        language = next(each for each in self._languages(wave) if each.code == code)
        is_polite = polite or wave.audience is Audience.PROFESSIONALS
        return self._house.languages.polite(language) if is_polite else language

    def _own(self) -> Branding:
        return branding.branding_of(self._desk.database, self._desk.network)
