"""Results on paper: the poster for a corridor, once the results are out.

Until then there is nothing to hang up: the poster says what stands behind the code, on the day it
appears there and not before.
"""

from datetime import date

from survey_app.domain.branding import Branding
from survey_app.domain.collector import Collector, printed_code
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.echo import Echo
from survey_app.domain.measure import Measure
from survey_app.domain.wave import Wave
from survey_app.rendering.prints import RESULTS
from survey_app.rendering.prints.base import Format, ResultsPoster
from survey_app.services.returning import echo_of_wave
from survey_app.storage.database import Database


def results_formats() -> dict[str, Format[ResultsPoster]]:
    """Return the formats of results by their names in addresses, in the order of a menu."""
    return RESULTS


def echo_to_print(
    database: Database, wave: Wave, *, policy: DisclosurePolicy, today: date
) -> Echo | None:
    """Return what came of a wave; None as long as those who answered do not see it either."""
    return echo_of_wave(database, wave, policy, today=today) if wave.gives_results(today) else None


def results_poster(
    measure: Measure,
    collector: Collector,
    echo: Echo,
    *,
    public_url: str,
    branding: Branding,
) -> ResultsPoster:
    """Return what the poster of one way in says."""
    return ResultsPoster(
        echo=echo,
        title=measure.title,
        site=measure.site.name if measure.site else measure.municipality.name,
        network=measure.network.name,
        organisation=measure.organisation.name,
        url=f"{public_url}/q/{collector.code}".upper(),
        address=f"{public_url.partition('://')[2]}/q",
        code=printed_code(collector.code),
        sample=measure.network.sample,
        branding=branding,
    )
