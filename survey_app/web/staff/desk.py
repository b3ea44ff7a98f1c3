"""What all views of staff share: who asks, in which language, and what belongs to them."""

from collections.abc import Iterable

from flask import abort
from flask_security import current_user

from survey_app.domain.measure import Organisation
from survey_app.domain.messages import Message
from survey_app.domain.rights import Actor
from survey_app.domain.sheet import EvaluationSheet
from survey_app.languages import Language
from survey_app.services import Database, closing, evaluating, fielding, reminding
from survey_app.services.accounts import Account
from survey_app.services.fielding import FieldedMeasure
from survey_app.web.house import House
from survey_app.web.speaking import spoken_language


class Desk:
    """The desk of whoever is logged in: records come from their network, and within their reach.

    What lies out of reach is turned away before a view begins (guard.py).
    """

    def __init__(self, house: House) -> None:
        self.house = house

    @property
    def account(self) -> Account:
        """Return whose login it is."""
        account: Account = current_user.account
        return account

    @property
    def network(self) -> int:
        """Return the network whose records may be seen."""
        return self.account.network.id

    @property
    def database(self) -> Database:
        """Return the database as this network may see it; views of staff use no other."""
        return self.house.database.of(self.network)

    @property
    def actor(self) -> Actor:
        """Return what whoever is logged in may do, and where."""
        return self.account.actor

    @property
    def words(self) -> Language:
        """Return the language of the browser, as it speaks to grown-ups."""
        languages = self.house.languages
        return languages.polite(spoken_language(languages.offered))

    def measure(self, measure: int) -> FieldedMeasure:
        """Return a measure of this network with its waves, or answer 404."""
        today = self.house.clock.today()
        return fielding.fielded_measure(self.database, self.network, measure, today) or abort(404)

    def sheet(self, measure: int) -> EvaluationSheet:
        """Return the sheet of a measure of this network, empty or not, or answer 404."""
        settings = self.house.settings
        return evaluating.sheet_of(
            self.database,
            self.network,
            measure,
            policy=settings.policy,
            as_of=self.house.clock.today(),
            recount_days=settings.recount_days,
        ) or abort(404)

    def results(self, measure: int) -> EvaluationSheet:
        """Return the sheet of a measure that has results, or answer 404."""
        sheet = self.sheet(measure)
        return sheet if sheet.results else abort(404)

    def notes(self, organisations: Iterable[Organisation]) -> tuple[Message, ...]:
        """Return what to know about the network's help card and legal facts."""
        network, today = self.account.network.name, self.house.clock.today()
        names = {organisation.name for organisation in organisations}
        return tuple(self.house.directory.notes(network, names, today))

    def note_sheet_read(self, measure: int) -> None:
        """Note that somebody looked at a sheet, so that the first page need not remind of it."""
        today = self.house.clock.today()
        reminding.note_sheet_read(self.database, self.network, measure, today)

    def close_what_is_due(self) -> None:
        """Count the waves whose last day is over, in all networks, in case no timer did."""
        closing.close_due_waves(self.house.database, self.house.clock.today())
