"""Two texts that a person would call the same.

Exports change what they carry: they add numbers and codes in front, double the spaces, cut
typographic quotes. `folded` keeps what is left: letters and digits in lower case, single spaces.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

LONGEST_HEADER: Final = 500
UNSPOKEN: Final = re.compile(r"[\W_]+")
TAGS: Final = re.compile(r"<[^<>]{1,200}>")
NUMBERED: Final = re.compile(r"^\s*(?:[A-Za-z]{0,4}\d+[A-Za-z]?|[A-Za-z]\w{0,30})\s*[.):]\s+(?=\S)")
BRACKETS: Final = re.compile(r"^(.*?)\s*\[([^\[\]]*)\]\s*$", re.DOTALL)
CODE_AT_END: Final = re.compile(r"[\[_(]([A-Za-z][A-Za-z0-9]{0,30})[\])]?$")
CODE_AT_HEAD: Final = re.compile(r"^([A-Za-z]\w{0,30})\s*[.:]\s")


@lru_cache(10_000)
def folded(text: str) -> str:
    """Return a text without what exports change.

    >>> folded("  2. Das  Angebot – insgesamt: gut! ")
    '2 das angebot insgesamt gut'
    """
    return UNSPOKEN.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def listed(texts: str) -> frozenset[str]:
    """Return texts that are separated by commas, folded."""
    return frozenset(map(folded, texts.split(",")))


def plain(header: str) -> str:
    """Return a header without the tags that LimeSurvey leaves in it, and not endless."""
    return " ".join(TAGS.sub(" ", header[: 2 * LONGEST_HEADER]).split())[:LONGEST_HEADER]


def bracketed(header: str) -> tuple[str, str]:
    """Return the stem and what stands in brackets behind it: "Wie war … [das Essen]"."""
    found = BRACKETS.match(header)
    return (found[1], found[2]) if found else (header, "")


def readings(header: str) -> Iterator[str]:
    """Yield what a header may mean, folded, the most literal first."""
    yield folded(header)
    unnumbered = NUMBERED.sub("", header)
    yield folded(unnumbered)
    _, inner = bracketed(unnumbered)
    yield folded(inner)


def codes_in(header: str) -> Iterator[str]:
    """Yield the codes of questions that a header may carry: `G01_k1`, `Q00[k1]`, `k1. Es war …`."""
    yield header
    for pattern in (CODE_AT_END, CODE_AT_HEAD):
        if found := pattern.search(header):
            yield found[1]
