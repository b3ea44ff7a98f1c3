"""Which letters the bytes of a text file mean.

A file may say so itself (a byte order mark). UTF-8 proves itself: text in another encoding is
practically never valid UTF-8 by chance. The rest has to be judged by what comes out: in the wrong
encoding "für" becomes "fьr", "fŸr" or "f³r", and a Russian word a row of accents. So every
candidate reads the words that hold a letter beyond ASCII, and the one wins in which they look like
words of the languages that are spoken here.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

CHUNK: Final = 2**20
JUDGED_BYTES: Final = 2**18
HEAD: Final = 4096

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# In the order of how often they are met; of two that read alike the first one wins.
COMMON: Final = "äöüÄÖÜß"
WESTERN: Final = COMMON + "éèêëáàâçñóòôíìîïúùûåøæœÉÈÀÁÇÑÅØÆ"
CANDIDATES: Final = {
    "cp1252": WESTERN,  # Windows
    "mac_roman": WESTERN,
    "cp850": WESTERN,  # Excel's "CSV (MS-DOS)"
    "cp1254": COMMON + "ğışİĞŞçÇâî",
    "cp1250": COMMON + "ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîşţŞŢčřšžěůČŘŠŽőű",
    "cp1251": "".join(map(chr, range(0x410, 0x450))) + "ёЁіІїЇєЄґҐ",
    "cp1256": "".join(map(chr, range(0x621, 0x64B))) + "پچژگ",
}
LAST_RESORT: Final = "cp1252"
USUAL_SIGNS: Final = frozenset("„“”‚‘’–—…€°§²³«»·•\xa0،؟؛")
WORD: Final = re.compile(r"\S+")


class NotText(ValueError):
    """Raised for a file that holds no text in any encoding."""


def encoding_of(path: Path) -> str:
    """Return the encoding of a file, by Python's name for it; raises NotText."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return _wide_encoding(head)
    return "utf-8" if _is_utf8(path) else _judged(path)


def _wide_encoding(head: bytes) -> str:
    """Return UTF-16 without a mark: every other byte of a Western text is zero."""
    zeros = [head[start::2].count(0) * 2 / len(head) for start in (0, 1)]
    if max(zeros) < 0.3 or min(zeros) > 0.1:
        raise NotText
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _judged(path: Path) -> str:
    sample = b"\n".join(_telling_lines(path))
    scores = {name: _score(sample, name, usual) for name, usual in CANDIDATES.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > float("-inf") else LAST_RESORT


def _telling_lines(path: Path) -> Iterator[bytes]:
    """Yield lines with bytes beyond ASCII, up to a quarter of a megabyte."""
    read = 0
    with path.open("rb") as file:
        while read < JUDGED_BYTES and (line := file.readline(JUDGED_BYTES)):
            if not line.isascii():
                read += len(line)
                yield line


def _score(sample: bytes, encoding: str, usual: str) -> float:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return float("-inf")
    letters = frozenset(usual)
    return sum(_score_of(word, letters) for word in WORD.findall(text) if not word.isascii())


def _score_of(word: str, usual: frozenset[str]) -> float:
    """Return how much a word speaks for an encoding; negative if it looks broken."""
    far = [letter for letter in word if not letter.isascii()]
    strange = sum(letter not in usual and letter not in USUAL_SIGNS for letter in far)
    if strange or _mixes(word):
        return -2.0 * len(far)
    return sum(1.0 if letter in COMMON or ord(letter) > 0x400 else 0.4 for letter in far)


def _mixes(word: str) -> bool:
    """Return whether scripts or cases change in a way that no word does."""
    letters = [letter for letter in word if letter.isalpha()]
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in letters}
    jumps = any(a.islower() and b.isupper() for a, b in pairwise(letters))
    accents = sum(not letter.isascii() for letter in letters)
    crowded = scripts == {"LATIN"} and len(letters) > 2 and accents > len(letters) / 2
    return len(scripts) > 1 or jumps or crowded
