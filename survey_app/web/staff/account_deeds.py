"""What can be done about an account, each with the question before it."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from survey_app.domain.messages import N_
from survey_app.services import Database, administering
from survey_app.web.staff.account_pages import AccountView, Deed

DEEDS: Final[Mapping[str, Deed]] = MappingProxyType(
    {
        "rolle": Deed("", "", "", N_("Die Rolle ist geändert.")),
        "abmelden": Deed(
            N_("Überall abmelden?"),
            N_(
                "Alle Anmeldungen dieses Kontos enden sofort, auf jedem Gerät. Was gerade in ein"
                " Formular getippt wird, geht verloren. Danach kann sich die Person neu anmelden."
            ),
            N_("Überall abmelden"),
            N_("Alle Anmeldungen sind beendet."),
        ),
        "zweiter-faktor": Deed(
            N_("Zweiten Faktor zurücksetzen?"),
            N_(
                "Nötig, wenn das Handy verloren oder neu ist. App, Passkeys und Recovery-Codes sind"
                " dann gelöscht, und alle Anmeldungen enden. Bei der nächsten Anmeldung richtet die"
                " Person einen neuen ein. Vergewissern Sie sich vorher, dass wirklich sie darum"
                " bittet."
            ),
            N_("Zweiten Faktor zurücksetzen"),
            N_("Der zweite Faktor ist zurückgesetzt."),
            is_harsh=True,
        ),
        "loesen": Deed(
            N_("Verknüpfung mit der Anmeldung Ihres Hauses lösen?"),
            N_(
                "Nötig, wenn die Person dort ein neues Konto bekommen hat. Bei der nächsten"
                " Anmeldung über das Haus zählt wieder ihre E-Mail-Adresse."
            ),
            N_("Verknüpfung lösen"),
            N_("Die Verknüpfung ist gelöst."),
        ),
        "ausschalten": Deed(
            N_("Konto ausschalten?"),
            N_(
                "Die Person ist sofort überall abgemeldet und kann sich nicht mehr anmelden, auch"
                " nicht mit einem offenen Link. Was sie angelegt hat, bleibt. Sie können das Konto"
                " wieder einschalten."
            ),
            N_("Ausschalten"),
            N_("Das Konto ist ausgeschaltet."),
            is_harsh=True,
        ),
        "einschalten": Deed(
            N_("Konto wieder einschalten?"),
            N_("Die Person kann sich dann mit ihrem alten Passwort wieder anmelden."),
            N_("Einschalten"),
            N_("Das Konto ist wieder eingeschaltet."),
        ),
        "zurueckziehen": Deed(
            N_("Einladung zurückziehen?"),
            N_(
                "Der Link gilt dann nicht mehr, und das Konto wird gelöscht; benutzt hat es noch"
                " niemand. Das lässt sich nicht rückgängig machen, aber Sie können neu einladen."
            ),
            N_("Einladung zurückziehen"),
            N_("Die Einladung ist zurückgezogen."),
            is_harsh=True,
        ),
    }
)
SERVICES: Final[Mapping[str, Callable[..., bool]]] = MappingProxyType(
    {
        "abmelden": administering.end_logins,
        "zweiter-faktor": administering.reset_second_factor,
        "loesen": administering.release_sign_on,
        "ausschalten": administering.switch_off,
        "einschalten": administering.switch_on,
        "zurueckziehen": administering.withdraw,
    }
)


def deeds_about(account: AccountView) -> dict[str, Deed]:
    """Return what can be done about an account now, by the end of its address."""
    standing = account.standing
    if not account.is_on:
        names = ["einschalten"]
    elif not standing.has_joined:
        names = ["zurueckziehen"]
    else:
        factor = ["zweiter-faktor"] if account.has_second_factor else []
        bond = ["loesen"] if standing.signs_on else []
        names = ["abmelden", *factor, *bond, "ausschalten"]
    return {name: DEEDS[name] for name in names}


FACTOR: Final = "zweiter-faktor"


def do(name: str, database: Database, network: int, account: int, *, by: str, today: date) -> bool:
    """Do it; return whether there is such an account. Raises InvalidDefinition if it may not be."""
    return SERVICES[name](database, network, account, by=by, today=today)
