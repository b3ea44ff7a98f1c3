"""What the pages of the preview show: those of a phone, and the author's bar above them."""

from dataclasses import dataclass

from markupsafe import Markup

from survey_app.services.previewing import Draft
from survey_app.web.respond.pages import FormPage, ThanksPage
from survey_app.web.speaking import LanguageLink


@dataclass(frozen=True)
class Bar:
    """What the author is told: which file, what is wrong with it, whether this can go out."""

    file: str
    state: str
    draft: Draft
    untested: bool = False

    @property
    def not_yet(self) -> str | None:
        """Return why nobody may be asked this yet."""
        questionnaire = self.draft.questionnaire
        message = questionnaire.why_not_fieldable if questionnaire else None
        return str(message) if message else None


@dataclass(frozen=True, kw_only=True)
class PreviewedForm(FormPage):
    """The questionnaire."""

    bar: Bar

    @property
    def legal_path(self) -> str:
        """Return the path of the website: nothing is behind the invented code."""
        return ""


@dataclass(frozen=True, kw_only=True)
class PreviewedThanks(ThanksPage):
    """The page after sending."""

    bar: Bar

    @property
    def legal_path(self) -> str:
        """Return the path of the website, as above."""
        return ""


@dataclass(frozen=True)
class BrokenDraft:
    """The page instead of a questionnaire that cannot be read."""

    bar: Bar
    languages: tuple[LanguageLink, ...] = ()


@dataclass(frozen=True)
class About:
    """The page about the questionnaire."""

    bar: Bar
    text: Markup
    languages: tuple[LanguageLink, ...] = ()
