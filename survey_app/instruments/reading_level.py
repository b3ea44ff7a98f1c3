"""How hard a German text is to read, in one number that can be computed by hand.

LIX is the mean length of the sentences in words plus the share of long words (more than six
letters) in percent (C. H. Björnsson, Läsbarhet, Stockholm 1968; for German: Readability of
newspapers in 11 languages, Reading Research Quarterly 18, 1983). 20 is very easy, 40 medium, 60
very hard. A single statement is too short for it: "Das Angebot hat mir insgesamt gefallen." has
LIX 56. So a questionnaire is measured as a whole, and only the length of a sentence by itself.

    >>> round(lix("Ich weiß, was mir bei Stress hilft."))
    7
"""

import re
from collections.abc import Iterable

LONG_WORD = 7
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?:])[\s“”\"]+|\n+")


def words(text: str) -> list[str]:
    """Return the words of a text; a number is none."""
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text that have words in them."""
    return [part for part in SENTENCE_END.split(text) if words(part)]


def lix(*texts: str) -> float:
    """Return the LIX of some texts together; 0 if there is not one word in them."""
    found = [word for text in texts for word in words(text)]
    if not found:
        return 0.0
    long = sum(len(word) >= LONG_WORD for word in found)
    return len(found) / sum(len(sentences(text)) for text in texts) + 100 * long / len(found)


def longest_sentence(texts: Iterable[str]) -> int:
    """Return the number of words in the longest sentence."""
    return max((len(words(each)) for text in texts for each in sentences(text)), default=0)
