"""PDFs come from child processes that can do little and are replaced when they misbehave.

 1. Importing the pool does not import WeasyPrint.
 2. A PDF is tagged PDF/UA-1, with its language and its title; a document without is refused.
 3. The same document gives the same bytes: in another worker, another pool, after other documents.
 4. A document reaches our fonts and stylesheets only; everything else is refused, untouched.
 5. A PDF has our fonts in it and no other; they cover every language we offer and our signs.
 6. What WeasyPrint remarks is an error when strict, and otherwise logged by its place, not its text.
 7. An endless document is ended by the clock, a greedy one by the memory limit; then it goes on.
 8. A worker whose pool was killed ends by itself, idle or in the middle of an endless document.
 9. Threads share a pool; each gets its own document, and many come back in their order.
10. A pool with nothing free says so, as do a closed one and one whose workers cannot start.
11. A worker knows no environment variable of the server and leaves no file behind.
12. A fork of the server starts its own workers.
"""

import logging
import os
import re
import select
import socket
import subprocess
import sys
import tempfile
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from survey_app.rendering.pdf import Document, PdfPool, RenderingFailed
from tests.rendering.paper import open_pdf, structure, text

HEAD = "<html lang=de><title>Probe</title>"
HELLO = Document(f"{HEAD}<h1>Hallo</h1><p>Wie war’s?</p>")
SECRET = "Mira wohnt nebenan"
REMARKED = Document(f"{HEAD}<p style='farbe: gelb'>{SECRET}</p>")
ENDLESS = Document(f"{HEAD}<table><tr><td colspan=1000000>x</table>")
GREEDY = Document(f"{HEAD}<table><tr><td colspan=100000000>x</table>")
OVERLONG = Document(f"{HEAD}<p>{'a' * 15_000_000}</p>")


def script(source: str, *arguments: str) -> str:
    """Return what a Python program prints in a fresh interpreter."""
    command = [sys.executable, "-c", source, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def children(of: int | None = None) -> set[int]:
    """Return the process ids of the children."""
    of = of or os.getpid()
    tasks = Path(f"/proc/{of}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def reason(pool: PdfPool, document: Document) -> str:
    """Return why a document was not drawn."""
    with pytest.raises(RenderingFailed) as failure:
        pool.render(document)
    return failure.value.reason


def test_pool_does_not_import_weasyprint() -> None:
    """Rule 1."""
    source = (
        "import sys, survey_app.rendering.pdf, survey_app.rendering.prints.poster_a4;"
        "print([name for name in ('weasyprint', 'fontTools', 'flask') if name in sys.modules])"
    )
    assert script(source) == "[]\n"


def test_pdf_is_tagged_and_says_language_and_title(pool: PdfPool) -> None:
    """Rule 2."""
    pdf = pool.render(HELLO)
    with open_pdf(pdf) as opened:
        root = opened.Root
        said = (str(root.Lang), bool(root.MarkInfo.Marked), str(opened.docinfo["/Title"]))
        shown = bool(root.ViewerPreferences.DisplayDocTitle)
        with opened.open_metadata() as metadata:
            part = metadata["pdfuaid:part"]
    assert (said, shown, part) == (("de", True, "Probe"), True, "1")
    assert structure(pdf) == [("Document", ""), ("H1", ""), ("P", "")]


@pytest.mark.parametrize(
    ("html", "detail"),
    [
        ("<title>Probe</title><p>x", "its html element has no lang"),
        ("<html lang=de><p>x", "it has no title"),
        ("<html lang=de><title> </title><p>x", "it has no title"),
    ],
)
def test_document_without_language_or_title_is_refused(
    pool: PdfPool, html: str, detail: str
) -> None:
    """Rule 2."""
    with pytest.raises(RenderingFailed) as failure:
        pool.render(Document(html))
    assert str(failure.value) == f"The PDF was not drawn (refused): {detail}."


def test_same_document_gives_the_same_bytes(pool: PdfPool) -> None:
    """Rule 3."""
    first = pool.render(HELLO)
    pool.render(Document(f"{HEAD}<p style='font: 900 40pt \"Source Sans 3\"'>Anderes"))
    with PdfPool(1) as other:
        assert {*pool.render_many([HELLO] * 8), other.render(HELLO)} == {first}


FOREIGN = [
    "<img alt=x src='{}'>",
    "<link rel=stylesheet href='{}'>",
    "<style>@import '{}';</style>",
    "<style>@page {{ background: url({}) }}</style>",
    "<style>p::before {{ content: url({}) }}</style><p>x",
    "<style>@font-face {{ font-family: X; src: url({}) }}</style>",
    "<p style='background: url({})'>x",
    "<ul style='list-style-image: url({})'><li>x</ul>",
    "<object data='{}'>x</object>",
    "<embed src='{}'>",
    "<svg><title>x</title><image href='{}' width=9 height=9 /></svg>",
    "<link rel=attachment href='{}'>",
    "<a rel=attachment href='{}'>x</a>",
]


@pytest.mark.parametrize("tag", FOREIGN)
@pytest.mark.parametrize("scheme", ["file", "http", "https", "ftp", "data", "mitreden", "FILE"])
def test_what_is_not_ours_is_refused_and_not_touched(
    pool: PdfPool, tmp_path: Path, tag: str, scheme: str
) -> None:
    """Rule 4: the file exists, somebody listens at the address, and nothing happens."""
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"127.0.0.1:{listener.getsockname()[1]}/x"
        url = {
            "file": secret.as_uri(),
            "FILE": secret.as_uri().replace("file:", "FILE:"),
            "data": "data:text/css,p{}",
            "mitreden": "mitreden:styles/../pdf.py",
        }.get(scheme, f"{scheme}://{address}")
        assert reason(pool, Document(HEAD + tag.format(url))) == "refused"
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_refusal_names_the_kind_of_address_only(pool: PdfPool) -> None:
    """Rule 4."""
    with pytest.raises(RenderingFailed) as failure:
        pool.render(Document(f"{HEAD}<img alt=x src='file:///etc/{SECRET}'>"))
    assert str(failure.value) == (
        "The PDF was not drawn (refused): it asks for a file: address that is not our own."
    )


@pytest.mark.parametrize("name", ["keins.css", "../pdf.py", "/etc/passwd"])
def test_stylesheet_that_is_not_ours_is_refused(pool: PdfPool, name: str) -> None:
    """Rule 4."""
    assert reason(pool, Document(HELLO.html, (name,))) == "refused"


def test_relative_address_leads_nowhere(pool: PdfPool) -> None:
    """Rules 4 and 6: a missing part is an error for a pool that is not strict, too; unquoted."""
    picture = Document(f"{HEAD}<img alt=x src='{SECRET}.png'>")
    with PdfPool(1) as lenient, pytest.raises(RenderingFailed) as failure:
        lenient.render(picture)
    assert reason(pool, picture) == failure.value.reason == "remarks"
    assert re.sub(r":\d+", ":…", str(failure.value)) == ("The PDF was not drawn (remarks): urls:….")


LANGUAGES = {
    "de": "Größe, Maß, Übung, „Zitat“ – ‚einfach‘ … Straße ẞ",
    "tr": "İyi günler, şöyle ağır ığdır çınar",
    "pl": "Zażółć gęślą jaźń, ŁÓDŹ",
    "ro": "Băieți și fete, țară, înțeles",
    "sq": "Çfarë është mirë",
    "uk": "Ґанок, її, єдність, п’ять",
    "ru": "Съешь ещё этих мягких булок, да выпей чаю",
    "bg": "Щъркел, юнак, ябълка",
    "ar": "قل لنا كيف كان، شكرًا؟ ١٢٣",
    "fa": "پنجره، چای، ژاله، گل",
    "": "● ▲ ■ ○ • ✓ → – − × · ≥ ≤ ½ € % № ☐ ☑",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_our_fonts_cover_our_languages(pool: PdfPool, code: str) -> None:
    """Rule 5: a letter that no font has is a remark, and the fonts of this machine are shut out."""
    pdf = pool.render(in_all_weights(LANGUAGES[code]))
    with open_pdf(pdf) as opened:
        fonts = {
            str(item.BaseFont).partition("+")[2]
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        }
    ours = ("Source-Sans-3", "Noto-Sans-Arabic")
    assert [font for font in fonts if not font.startswith(ours)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_letters_are_read_aloud_as_what_they_are(pool: PdfPool, code: str) -> None:
    """Rule 5: every glyph is mapped to its letter. (Poppler turns Arabic ligatures round.)"""
    pdf = pool.render(in_all_weights(LANGUAGES[code]))
    assert letters(text(pdf)) == letters(LANGUAGES[code] * 3)


def in_all_weights(sentence: str) -> Document:
    """Return a document that says `sentence` in each of our weights."""
    weights = (f"<p style='font-weight: {weight}'>{sentence}</p>" for weight in (400, 700, 900))
    return Document(HEAD + "".join(weights))


def letters(said: str) -> list[str]:
    """Return the letters in a fixed order, without marks of direction and forms of shaping."""
    plain = unicodedata.normalize("NFKC", said)
    return sorted(letter for letter in plain if unicodedata.category(letter)[0] not in "ZC")


def test_letter_that_no_font_has_is_an_error(pool: PdfPool) -> None:
    """Rule 5."""
    assert reason(pool, Document(f"{HEAD}<p>漢字</p>")) == "remarks"


def test_remark_is_an_error_when_strict(pool: PdfPool) -> None:
    """Rule 6."""
    with pytest.raises(RenderingFailed) as failure:
        pool.render(REMARKED)
    assert str(failure.value) == (
        "The PDF was not drawn (remarks): Ignored `farbe: gelb` at 1:1, unknown property.."
    )


def test_remark_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    """Rule 6."""
    with PdfPool(1) as lenient, caplog.at_level(logging.DEBUG):
        assert text(lenient.render(REMARKED)) == SECRET
    said = [re.sub(r":\d+", ":…", record.getMessage()) for record in caplog.records]
    assert said == ["WeasyPrint had remarks on a PDF, from __init__:…"]


@pytest.mark.parametrize(
    ("document", "timeout", "expected"),
    [
        (ENDLESS, 2, {"timeout"}),
        (GREEDY, 60, {"memory"}),
        # Where the limit strikes decides: Python says "memory", a C library just ends.
        (OVERLONG, 60, {"crashed", "memory"}),
    ],
    ids=["endless", "greedy", "overlong"],
)
def test_unruly_document_is_ended_and_the_pool_goes_on(
    document: Document, timeout: float, expected: set[str]
) -> None:
    """Rule 7: its process is gone, and another one draws the next document."""
    with PdfPool(1, timeout=timeout, memory=400 * 2**20) as small:
        before = children()
        small.render(HELLO)
        (unruly,) = children() - before
        assert reason(small, document) in expected
        assert unruly not in children()
        assert text(small.render(HELLO)) == "Hallo Wie war’s?"


def test_too_large_a_document_is_not_even_sent() -> None:
    """Rule 7."""
    with PdfPool(1) as unused:
        before = children()
        assert reason(unused, Document(HEAD + "a" * 2**24)) == "too big"
        assert children() == before


ORPHANING = """
import os, sys, tempfile
from pathlib import Path
from survey_app.rendering.pdf import Document, PdfPool
tempfile.tempdir = sys.argv[1]
pool = PdfPool(1, timeout=1)
pool.render(Document("<html lang=de><title>x</title>"))
print(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(), flush=True)
pool.render(Document(sys.stdin.readline()))
"""


def processor_time(process: int) -> list[str]:
    """Return the ticks a process has used."""
    return Path(f"/proc/{process}/stat").read_text().split()[13:15]


@pytest.mark.parametrize("document", ["", ENDLESS.html], ids=["idle", "busy"])
def test_worker_whose_pool_was_killed_ends_by_itself(document: str, tmp_path: Path) -> None:
    """Rule 8: by the end of the conversation, or by the limit of processor seconds."""
    command = [sys.executable, "-c", ORPHANING, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        worker = int(server.stdout.readline())
        ending = os.pidfd_open(worker)
        if document:
            used = processor_time(worker)
            server.stdin.write(f"{document}\n")
            server.stdin.flush()
            while processor_time(worker) == used:
                select.select([], [], [], 0.01)
        server.kill()
    ended, _, _ = select.select([ending], [], [], 20)
    os.close(ending)
    assert ended == [ending]


def test_threads_share_a_pool(pool: PdfPool) -> None:
    """Rule 9."""
    documents = [Document(f"{HEAD}<p>Bogen {number}</p>") for number in range(24)]
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(pool.render, documents))
    assert [text(pdf) for pdf in drawn] == [f"Bogen {number}" for number in range(24)]
    assert pool.render_many(documents) == drawn


def test_many_documents_fail_with_the_first_failure(pool: PdfPool) -> None:
    """Rule 9: and the pool goes on."""
    with pytest.raises(RenderingFailed) as failure:
        pool.render_many([HELLO, REMARKED, *[HELLO] * 50])
    assert failure.value.reason == "remarks"
    assert text(pool.render(HELLO)) == "Hallo Wie war’s?"


def test_pool_with_nothing_free_says_so() -> None:
    """Rule 10: of two endless documents one gets the worker, the other loses patience."""
    with PdfPool(1, timeout=2, patience=0.1) as single, ThreadPoolExecutor(2) as threads:
        reasons = threads.map(lambda document: reason(single, document), [ENDLESS, ENDLESS])
        assert sorted(reasons) == ["busy", "timeout"]


def test_closed_pool_says_so() -> None:
    """Rule 10."""
    pool = PdfPool(1)
    before = children()
    pool.render(HELLO)
    pool.close()
    pool.close()
    assert children() == before
    assert reason(pool, HELLO) == "closed"


def test_pool_whose_workers_cannot_start_says_what_is_missing() -> None:
    """Rule 10: in this much memory the system libraries cannot be loaded."""
    with PdfPool(1, memory=48 * 2**20) as starved, pytest.raises(RenderingFailed) as failure:
        starved.render(HELLO)
    assert failure.value.reason == "not started"
    assert str(failure.value).endswith(
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."
    )


def test_pool_without_an_interpreter_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Rule 10: some servers are not started by a Python that could be started again."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with PdfPool(1) as pool:
        assert [reason(pool, HELLO), reason(pool, HELLO)] == ["not started", "not started"]
    assert list(tmp_path.iterdir()) == []


def test_worker_knows_nothing_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Rule 11."""
    monkeypatch.setenv("SURVEY_DATABASE_URL", "postgresql://rita:geheim@localhost/mitreden")
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = children()
    with PdfPool(1) as pool:
        pool.render(HELLO)
        (worker,) = children() - before
        variables = Path(f"/proc/{worker}/environ").read_text().split("\0")
    names = sorted(variable.partition("=")[0] for variable in variables if variable)
    assert names == ["FONTCONFIG_FILE", "LC_ALL", "PATH", "PYTHONHASHSEED", "PYTHONPATH", "TMPDIR"]
    assert list(tmp_path.iterdir()) == []


def test_pool_that_is_dropped_leaves_nothing(tmp_path: Path) -> None:
    """Rule 11: a server that ends without closing its pool."""
    source = f"""
import tempfile; tempfile.tempdir = {str(tmp_path)!r}
import os, signal
from pathlib import Path
from survey_app.rendering.pdf import Document, PdfPool
pool = PdfPool(1)
pool.render(Document("<html lang=de><title>x</title>"))
print(Path(f"/proc/{{os.getpid()}}/task/{{os.getpid()}}/children").read_text(), flush=True)
input()
"""
    command = [sys.executable, "-c", source]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        worker = os.pidfd_open(int(server.stdout.readline()))
        server.communicate("\n")
    ended, _, _ = select.select([worker], [], [], 20)
    os.close(worker)
    assert (ended, server.returncode, list(tmp_path.iterdir())) == ([worker], 0, [])


FORKING = """
import os, sys, tempfile
from pathlib import Path
from survey_app.rendering.pdf import Document, PdfPool

def workers():
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())

tempfile.tempdir = sys.argv[1]
document = Document("<html lang=de><title>x</title><p>Hallo")
pool = PdfPool(1)
drawn = pool.render(document)
ours = workers()
reader, writer = os.pipe()
if not (child := os.fork()):
    same = pool.render(document) == drawn
    os.write(writer, f"{same} {len(workers())} {workers() & ours}".encode())
    pool.close()
    os._exit(0)
os.waitpid(child, 0)
print(os.read(reader, 99).decode(), pool.render(document) == drawn, workers() == ours)
print(len(os.listdir(tempfile.tempdir)))
pool.close()
"""


def test_fork_of_a_server_starts_its_own_workers(tmp_path: Path) -> None:
    """Rule 12: its parent's workers, and their folders, stay with the parent."""
    assert script(FORKING, str(tmp_path)) == "True 1 set() True True\n1\n"
