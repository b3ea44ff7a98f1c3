"""A script for R that reads the CSV for R, or the data package, and shows what is in it.

It needs nothing but R itself. It says before anything else if a file was changed on its way (the
data package brings checksums), keeps withheld numbers missing, and offers two functions:

    show_table("k1")    counts, percent and n of one question
    draw_table("k1")    the same as a bar chart

What stands in quotes comes from people: every string is written with escapes, so that no title
becomes code.
"""

from collections.abc import Iterator
from typing import Final

from survey_app.domain.extract import Extract
from survey_app.domain.messages import N_, Words
from survey_app.rendering.exports.base import SAMPLE, WITHHELD_SIGN, Format, Result, columns
from survey_app.rendering.exports.explaining import notes

WHOLE: Final = frozenset(
    {"wave", "count", "percent", "base", "missing", "unanswered", "refused", "filtered"}
)

SCRIPT: Final = """\
# %(headline)s
#
# Rscript mitreden.R results.csv      reads the file "CSV für R und Datenbanken"
# Rscript mitreden.R                  reads results.csv in this folder (the data package)
#
# Afterwards: results (a data frame), show_table("k1"), draw_table("k1").
# A number that is NA although the row exists is withheld for protection, and is not zero.

about <- c(
%(about)s
)

column_classes <- c(
%(classes)s
)

arguments <- commandArgs(trailingOnly = TRUE)
file <- if (length(arguments) > 0) arguments[[1]] else "results.csv"
if (!file.exists(file)) {
  stop("There is no file ", file, ". Name it: Rscript mitreden.R results.csv", call. = FALSE)
}

results <- read.csv(
  file, encoding = "UTF-8", na.strings = "", colClasses = column_classes,
  stringsAsFactors = FALSE, strip.white = FALSE
)
expected <- names(column_classes)
if (!identical(names(results)[seq_along(expected)], expected)) {
  stop("The columns of ", file, " are not those that this script knows.", call. = FALSE)
}

results$is_withheld <- !is.na(results$reason_code)

# The rows of one question; of several waves unless one is named.
rows_of <- function(variable, wave = NULL) {
  found <- results[results$variable == variable, ]
  if (!is.null(wave)) found <- found[!is.na(found$wave) & found$wave == wave, ]
  if (nrow(found) == 0) stop("There is no question ", variable, ".", call. = FALSE)
  found
}

show_table <- function(variable, wave = NULL) {
  found <- rows_of(variable, wave)
  found$count <- ifelse(found$is_withheld, %(sign)s, format(found$count, trim = TRUE))
  print(found[c("wave", "code", "label", "count", "percent", "base", "reason")], row.names = FALSE)
  invisible(found)
}

draw_table <- function(variable, wave = NULL) {
  found <- rows_of(variable, wave)
  found <- found[!found$is_withheld & !is.na(found$count), ]
  if (nrow(found) == 0) stop("Everything about ", variable, " is withheld.", call. = FALSE)
  several <- length(unique(found$wave)) > 1
  bars <- if (several) paste(found$label, found$wave) else found$label
  barplot(found$count, names.arg = bars, main = found$question[[1]], ylab = "n", las = 2)
}

cat(paste0(names(about), ": ", about), sep = "\\n")
cat("\\n", nrow(results), " rows, ", sum(results$is_withheld), " withheld\\n", sep = "")
print(unique(results[c("wave", "questionnaire", "version", "variable", "base")]), row.names = FALSE)
"""


def export(extract: Extract, words: Words) -> bytes:
    """Return the script."""
    headline = f"{words.gettext(SAMPLE)}: " if extract.sample else ""
    return (
        SCRIPT
        % {
            "headline": headline + " ".join(f"{extract.number} {extract.title}".split()),
            "about": ",\n".join(_about(extract, words)),
            "classes": ",\n".join(
                f'  {name} = "{"integer" if name in WHOLE else "character"}"'
                for name in columns(Result)
            ),
            "sign": quoted(WITHHELD_SIGN),
        }
    ).encode()


def _about(extract: Extract, words: Words) -> Iterator[str]:
    for name, text in notes(extract, words):
        yield f"  {quoted(name)} = {quoted(text)}"


def quoted(text: str) -> str:
    r"""Return a string of R's: what is not plain is escaped, so that nothing ends it early.

    >>> print(quoted('"; q("no") #'), quoted("ä\n"))
    "\"; q(\"no\") #" "\u00e4 "
    """
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if not character.isprintable():
        return " "
    if character.isascii():
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


FORMAT = Format(
    "R",
    "text/x-r; charset=utf-8",
    N_("Skript für R"),
    N_("Liest die CSV für R ein, zeigt Tabellen und zeichnet sie. Braucht nur R."),
    export,
)
