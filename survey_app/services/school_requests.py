"""Asking a school: the pack for its head, put together from what is known about a wave.

What is recorded of the answer, and that a wave stays shut without it, is not here.
"""

from collections.abc import Sequence
from datetime import date

from survey_app.domain.branding import Branding
from survey_app.domain.collector import Collector
from survey_app.domain.directory import Directory
from survey_app.domain.disclosure import DisclosurePolicy
from survey_app.domain.land import PackPart
from survey_app.domain.measure import Measure
from survey_app.domain.messages import Words
from survey_app.domain.school_request import SchoolRequest
from survey_app.domain.wave import Wave
from survey_app.rendering.school_request import Pack, school_request_document
from survey_app.services.lands import land_of
from survey_app.services.printing import Printer, invitation_of


def request_of(
    measure: Measure,
    wave: Wave,
    *,
    policy: DisclosurePolicy,
    directory: Directory,
    recount_days: int,
    text_days: int,
    today: date,
) -> SchoolRequest:
    """Return what a school is asked about a wave, under the rules of its Land."""
    network, asking = measure.network.name, measure.organisation
    return SchoolRequest(
        measure=measure,
        wave=wave,
        land=land_of(measure.municipality),
        policy=policy,
        recount_days=recount_days,
        text_days=text_days,
        legal=directory.legal(network, asking.name, asking.law),
        help_card=directory.help_for(network),
        as_of=today,
    )


def pack_of(
    request: SchoolRequest,
    collector: Collector,
    words: Words,
    *,
    letters: Sequence[Words],
    forms: Sequence[Words],
    poster: Words,
    public_url: str,
    branding: Branding,
) -> Pack:
    """Return the pack: `words` is how the school is spoken to, `poster` the poster's language."""
    invitation = invitation_of(
        request.measure,
        request.wave,
        collector,
        poster,
        public_url=public_url,
        policy=request.policy,
        help_card=request.help_card,
        branding=branding,
    )
    return Pack(request, invitation, words, poster, letters, forms)


def pack_pdf(printer: Printer, pack: Pack, parts: Sequence[PackPart]) -> bytes:
    """Return some parts of a pack, or all of them, as one PDF, or raise RenderingFailed."""
    return printer.pdf(school_request_document(pack, parts))
