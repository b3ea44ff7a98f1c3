"""The rest of a district beside one of its municipalities, released like any other roll-up.

Everything of the year is read, of the network and not of the municipality alone: whether a pool
belongs to one side only can be seen from both. What takes place here and in other towns stands on
neither side: nobody knows who came from where.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from survey_app.domain.consent import Consent
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.measure import Measure
from survey_app.domain.roll_up_rest import Rest
from survey_app.domain.scope import Scope
from survey_app.services.consenting import counted_with_consent
from survey_app.services.releasing import counts_of, large_enough, released_roll_up
from survey_app.storage import waves
from survey_app.storage.database import Database


def rest_beside(
    database: Database,
    network: int,
    scope: Scope,
    known: Mapping[int, Measure],
    held: Sequence[Consent],
    *,
    policy: DisclosurePolicy,
    as_of: date,
) -> Rest:
    """Return what of the rest of the district may be shown beside a municipality.

    `known` are all measures of the network. While a year runs nothing is pooled (rolling_up.py).
    """
    year = Scope(scope.year)
    measures = [measure for measure in known.values() if year.holds(measure)]
    with database.read() as connection:
        found = waves.of_measures(connection, network, [measure.id for measure in measures])
    closed = [wave for wave in found if wave.closed_on is not None]
    counts = counts_of(database, network, closed, known)
    asked = list(counts.waves) if scope.year < as_of.year else large_enough(counts, policy)
    at = {wave: known[each.measure] for wave, each in counts.waves.items()}
    name = f"roll-up {scope.year} {scope.key} rest"
    count = partial(
        released_roll_up,
        database,
        network,
        name,
        asked,
        policy=policy,
        day=as_of,
        counts=counts,
        without={wave for wave, each in at.items() if scope.holds(each) or scope.names(each)},
    )
    rolled = counted_with_consent(
        database, network, name, held, lambda agreed: count(agreed=agreed), today=as_of
    )
    return Rest(rolled, at)
