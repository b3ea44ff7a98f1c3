"""Which letters the bytes of a file mean.

1. A byte order mark decides; UTF-16 is known without one too.
2. What is valid UTF-8 is UTF-8, wherever in the file the first letter beyond ASCII stands.
3. German, Turkish, Polish, Russian, Ukrainian and Arabic files of older programs are told apart,
   from one short sentence on.
4. What is no text is refused.
"""

import codecs
from pathlib import Path

import pytest

from survey_app.tables.encodings import NotText, encoding_of

GERMAN = "Frage;Antwort\nFür die Größeren war’s schön;ärgerlich, aber süß – 5 €\n"
SHORT = "Über 13;jünger\n"
TURKISH = "Soru;Cevap\nÇok güzeldi, teşekkürler;ığdır'da şımarık değil\n"
POLISH = "Pytanie;Odpowiedź\nCzy podobało się?;żółta łódź, świetnie\n"
RUSSIAN = "Вопрос;Ответ\nМне очень понравилось;да\n"
UKRAINIAN = "Питання;Відповідь\nМені дуже сподобалося, її ґанок;так\n"
ARABIC = "السؤال;الجواب\nأعجبني النشاط كثيرا;نعم\n"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "datei.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (codecs.BOM_UTF8 + GERMAN.encode(), "utf-8-sig"),
        (GERMAN.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), "utf-16"),
        (GERMAN.encode("utf-16-le"), "utf-16-le"),
        (GERMAN.encode("utf-16-be"), "utf-16-be"),
        (GERMAN.encode("utf-32"), "utf-32"),
        (GERMAN.encode(), "utf-8"),
        (b"Frage;Antwort\n1;2\n", "utf-8"),
        (b"a;b\n" * 400_000 + "ü;ö\n".encode(), "utf-8"),
        (b"a;b\n" * 400_000 + "ü;ö\n".encode("cp1252"), "cp1252"),
        (GERMAN.encode("cp1252"), "cp1252"),
        (SHORT.encode("cp1252"), "cp1252"),
        (GERMAN.encode("mac_roman"), "mac_roman"),
        (SHORT.encode("mac_roman"), "mac_roman"),
        (SHORT.encode("cp850"), "cp850"),
        (TURKISH.encode("cp1254"), "cp1254"),
        (POLISH.encode("cp1250"), "cp1250"),
        (RUSSIAN.encode("cp1251"), "cp1251"),
        (UKRAINIAN.encode("cp1251"), "cp1251"),
        (ARABIC.encode("cp1256"), "cp1256"),
    ],
)
def test_an_encoding_is_recognised(tmp_path: Path, content: bytes, encoding: str) -> None:
    assert encoding_of(written(tmp_path, content)) == encoding


@pytest.mark.parametrize("content", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotText):
        encoding_of(written(tmp_path, content))
