"""Doubts: what a questionnaire may do, and an author should look at once more.

An error stops, a doubt does not. Each doubt names its place and a remedy like an error does. They
are chosen to be worth reading: a list that is always long is read by nobody. What is sought by
words (two thoughts in one sentence, a personal question) is therefore sought narrowly; it misses
some rather than crying wolf.
"""

import re
from collections.abc import Iterator
from itertools import islice

from survey_app.domain.codebook import Sensitivity
from survey_app.domain.messages import N_, Message
from survey_app.domain.pictures import Face
from survey_app.domain.questionnaire import Audience, Questionnaire
from survey_app.domain.questions.base import Question
from survey_app.domain.reachability import needless
from survey_app.domain.scales import Scale
from survey_app.domain.text import FALLBACK, Text, texts
from survey_app.instruments.places import Path
from survey_app.instruments.reading_level import lix, longest_sentence, words

MANY_ITEMS = 20
MANY_PERSONAL = 3
# LIX 40 is where Björnsson's "medium" begins; newspapers for adults lie around 50.
HARDEST = {Audience.YOUNG_PEOPLE: 40, Audience.PROFESSIONALS: 50}
LONGEST_SENTENCE = 20
ENOUGH_WORDS = 30

UNHAPPY, HAPPY = {Face.VERY_SAD, Face.SAD}, {Face.HAPPY, Face.VERY_HAPPY}

# Two statements in one: "und ich …", "und habe …", or two words of the same kind ("spannend und
# nützlich"). Nouns begin with a capital, so that "Freundinnen und Freunden" is not meant.
TWO_SENTENCES = re.compile(
    r" (?:und|oder) (?:ich|du|wir|man|habe|hat|hatte|bin|ist|war|waren|kann|konnte|weiß|will"
    r"|wurde|fühle|finde|möchte|mag|werde)\b"
)
TWO_WORDS = re.compile(r"\b([a-zäöüß]{3,}) (?:und|oder) ([a-zäöüß]{3,})\b")
NO_STATEMENTS = {
    *("mir", "dir", "uns", "euch", "ihm", "ihr", "ihnen", "sich", "mich", "dich"),
    *("vor", "nach", "mit", "ohne", "für", "gegen", "bei", "von", "über", "unter", "auf"),
    *("mehr", "hin", "ganz", "hier", "heute", "jetzt", "früher", "immer"),
    *("eine", "einen", "einem", "einer", "zwei", "drei", "vier", "fünf", "der", "die", "das"),
}
PERSONAL = re.compile(
    r"wie alt|\balter\b|geschlecht|geboren|geburt|wohn(?:st|ort|en sie)|postleitzahl|staatsangehör"
    r"|religion|muttersprache|sprich(?:st|t).* zu hause|schulform|welche[rn]? klasse|beruf deine",
    re.IGNORECASE,
)

Found = tuple[Path, Message]


def doubts(questionnaire: Questionnaire) -> Iterator[Found]:
    """Yield the doubts about a questionnaire, each with its place in the file."""
    yield from _of_languages(questionnaire)
    yield from _of_easy_language(questionnaire)
    yield from _of_length(questionnaire)
    yield from _of_reading(questionnaire)
    yield from _of_scales(questionnaire)
    yield from _of_statements(questionnaire)
    yield from _of_personal_questions(questionnaire)
    yield from _of_breakdowns(questionnaire)
    yield from _of_help(questionnaire)
    yield from _of_conditions(questionnaire)


def placed(questionnaire: Questionnaire) -> Iterator[tuple[Path, Question]]:
    """Yield the questions with their places."""
    for s, section in enumerate(questionnaire.sections):
        for q, question in enumerate(section.questions):
            yield ("sections", s, "questions", q), question


def _wordings(questionnaire: Questionnaire) -> Iterator[tuple[Path, Text]]:
    """Yield the wordings that are here: no slots."""
    return ((path, text) for path, text in texts(questionnaire) if not text.is_slot)


def _of_languages(questionnaire: Questionnaire) -> Iterator[Found]:
    for path, text in _wordings(questionnaire):
        # Easy language is a way to write German; in other languages nobody reads it.
        declared = (FALLBACK,) if path[-1] == "easy" else questionnaire.languages
        missing = [language for language in declared if language not in text.languages]
        if missing:
            yield path, Message(UNTRANSLATED, {"languages": ", ".join(missing)})
        for language in sorted(text.languages.difference(declared)):
            told = EASY_IS_GERMAN if path[-1] == "easy" else UNDECLARED
            yield (*path, language), Message(told, {"language": language})


def _of_easy_language(questionnaire: Questionnaire) -> Iterator[Found]:
    if questionnaire.easy_language is None:  # who says "tested: false" knows it
        easy = (path for path, _ in texts(questionnaire) if path[-1] == "easy")
        for path in islice(easy, 1):
            yield path, Message(EASY_UNTESTED)


def _of_length(questionnaire: Questionnaire) -> Iterator[Found]:
    count = sum(
        len(question.fields) if question.scale_name else bool(question.fields)
        for question in questionnaire.questions
    )
    if not count:
        yield ("sections",), Message(NOTHING_ASKED)
    if count > MANY_ITEMS:
        yield ("sections",), Message(LONG, {"count": count, "many": MANY_ITEMS})


def _of_reading(questionnaire: Questionnaire) -> Iterator[Found]:
    said = {path: text.german for path, text in _wordings(questionnaire) if "options" not in path}
    for path, text in said.items():
        count = longest_sentence([text])
        if count > LONGEST_SENTENCE:
            values = {"count": count, "most": LONGEST_SENTENCE}
            yield path, Message(LONG_SENTENCE, values)
    level, hardest = lix(*said.values()), HARDEST[questionnaire.audience]
    if level > hardest and sum(len(words(text)) for text in said.values()) >= ENOUGH_WORDS:
        example = max(said.values(), key=lambda text: lix(text) * (len(words(text)) >= 5))
        message = Message(
            HARD_TO_READ, {"level": round(level), "hardest": hardest, "text": example}
        )
        yield ("title",), message


def _of_scales(questionnaire: Questionnaire) -> Iterator[Found]:
    used = {question.scale_name for question in questionnaire.questions}
    sensitive = {
        question.scale_name for question in questionnaire.questions if _is_sensitive(question)
    }
    for name, scale in questionnaire.scales.items():
        if name not in used:
            yield ("scales", name), Message(UNUSED, {"name": name})
        if name in sensitive and not scale.coarse:
            yield ("scales", name), Message(NOT_COARSE, {"name": name})
        if _is_lopsided(scale):
            yield ("scales", name), Message(LOPSIDED, {"name": name})


def _is_lopsided(scale: Scale) -> bool:
    """Return whether one side has more answers than the other; a middle is no side."""
    faces = [option.face for option in scale.options]
    sad, happy = (sum(face in side for face in faces) for side in (UNHAPPY, HAPPY))
    return len(scale.positive) > len(scale.options) / 2 or sad != happy


def _of_statements(questionnaire: Questionnaire) -> Iterator[Found]:
    for path, text in texts(questionnaire):
        if text.german.count("und/oder"):
            yield path, Message(AND_OR)
    for path, question in placed(questionnaire):
        if question.scale_name is not None:
            for within, text in _statements(question):
                if _has_two_thoughts(text.german):
                    yield (*path, *within, "text"), Message(TWO_THOUGHTS)


def _statements(question: Question) -> Iterator[tuple[Path, Text]]:
    items = getattr(question, "items", None)
    if items is None:
        yield (), question.plain
    for place, item in enumerate(items or ()):
        yield ("items", place), item.plain


def _has_two_thoughts(text: str) -> bool:
    pairs = TWO_WORDS.findall(text)
    return bool(TWO_SENTENCES.search(text)) or any(
        not {first, second} & NO_STATEMENTS for first, second in pairs
    )


def _of_personal_questions(questionnaire: Questionnaire) -> Iterator[Found]:
    personal = [
        path
        for path, question in placed(questionnaire)
        if question.is_breakdown or (question.fields and PERSONAL.search(question.text.german))
    ]
    for path in personal[MANY_PERSONAL : MANY_PERSONAL + 1]:
        yield path, Message(PERSONAL_QUESTIONS, {"count": len(personal), "many": MANY_PERSONAL})


def _of_breakdowns(questionnaire: Questionnaire) -> Iterator[Found]:
    """Yield the breakdowns that never show a group (domain/block.py keeps only those of A)."""
    for path, question in placed(questionnaire):
        for variable in question.variables():
            if variable.breakdown and variable.sensitivity is not Sensitivity.A:
                stage = {"sensitivity": variable.sensitivity.value}
                yield (*path, "breakdown"), Message(NO_GROUPS, stage)


def _of_help(questionnaire: Questionnaire) -> Iterator[Found]:
    if not any(question.shows_help for question in questionnaire.questions):
        sensitive = (path for path, each in placed(questionnaire) if _is_sensitive(each))
        for path in islice(sensitive, 1):
            yield path, Message(NO_HELP)


def _is_sensitive(question: Question) -> bool:
    return any(variable.sensitivity is Sensitivity.C for variable in question.variables())


def _of_conditions(questionnaire: Questionnaire) -> Iterator[Found]:
    paths = [path for path, _ in placed(questionnaire)]
    for place in needless(questionnaire.questions):
        yield (*paths[place], "show_if"), Message(ALWAYS_SHOWN)


UNTRANSLATED = N_(
    "die Übersetzung fehlt: %(languages)s. Bis dahin erscheint dort der deutsche Text"
)
UNDECLARED = N_(
    "„%(language)s“ steht nicht unter languages, diesen Text sieht niemand. Ergänze die Sprache"
    " oder streiche den Text"
)
EASY_IS_GERMAN = N_(
    "Leichte Sprache gibt es hier nur auf Deutsch, den Text unter „%(language)s“ sieht niemand."
    " Streiche ihn"
)
EASY_UNTESTED = N_(
    "Leichte Sprache wird erst angeboten, wenn Menschen sie geprüft haben, die sie brauchen. Trage"
    " das dann ein: easy_language: {tested: true, by: …, on: …}"
)
NOTHING_ASKED = N_("hier wird nichts gefragt. Füge eine Frage hinzu")
LONG = N_(
    "%(count)s Fragen und Aussagen sind viel. Bei höchstens %(many)s bleiben mehr Menschen bis zum"
    " Ende dabei"
)
LONG_SENTENCE = N_(
    "ein Satz mit %(count)s Wörtern ist schwer zu lesen. Mach zwei daraus, mit höchstens %(most)s"
)
HARD_TO_READ = N_(
    "der Fragebogen ist schwer zu lesen: Lesbarkeitsindex %(level)s, gut sind höchstens"
    " %(hardest)s. Nimm kürzere Sätze und Wörter. Am schwersten ist: „%(text)s“"
)
UNUSED = N_("die Skala „%(name)s“ wird von keiner Frage benutzt. Streiche sie")
NOT_COARSE = N_(
    "zur Skala „%(name)s“ gehören Fragen der Stufe C. Ohne „coarse“ werden sie unter 50 Antworten"
    " nicht ausgewiesen"
)
LOPSIDED = N_(
    "die Skala „%(name)s“ ist schief: Eine Seite hat mehr Antworten als die andere. Biete auf"
    " beiden Seiten gleich viele an"
)
AND_OR = N_("„und/oder“ versteht jeder anders. Schreib „und“ oder „oder“")
TWO_THOUGHTS = N_(
    "hier stehen vielleicht zwei Gedanken in einem Satz. Wer nur einem zustimmt, kann nicht"
    " antworten. Mach zwei Sätze daraus"
)
PERSONAL_QUESTIONS = N_(
    "%(count)s Fragen zur Person machen Menschen erkennbar. Streiche alle bis auf höchstens"
    " %(many)s"
)
NO_GROUPS = N_(
    "nach einer Frage der Stufe %(sensitivity)s wird nie aufgeteilt: Wie groß die Gruppen sind,"
    " wäre selbst eine Antwort. Streiche „breakdown“, oder teile nach einer Frage der Stufe A auf,"
    " zum Beispiel nach dem Alter"
)
NO_HELP = N_(
    "diese Frage hat Stufe C, aber nirgends steht die Hilfekarte. Füge davor oder danach eine Frage"
    " der Art information mit help_card: true ein"
)
ALWAYS_SHOWN = N_("diese Bedingung ist immer erfüllt. Streiche sie, oder ändere sie")
