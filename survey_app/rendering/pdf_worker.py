"""Draws PDFs, in a process of its own. With `pdf_reading` all that imports WeasyPrint.

It also looks at them: a preview is the first page of the very PDF that a person would download,
turned into pixels by PDFium in here, where a slow or hostile page harms nobody.

`pdf.PdfPool` starts it as ``python -m survey_app.rendering.pdf_worker``; nothing
else imports it. One loop: a request in, a reply out, until the other side hangs up.

**What a document can reach.** The fonts and stylesheets of this package, under the names
``mitreden:fonts/…`` and ``mitreden:styles/…``: a dictionary, filled once at the start; and the
pictures that came with it, under ``mitreden:pictures/…``. Whatever else a document asks for (file,
http, data, a relative path) ends its rendering. There is no fetching code behind the dictionary
that could be talked into opening something. The fonts of the machine are out of reach too
(`pdf.FONTCONFIG`), so that a PDF looks alike everywhere.

**What a document can use up.** Memory and file size are limited for the whole process, processor
seconds anew for each document. A crossed limit ends this process, and the pool starts another.

**Remarks.** WeasyPrint logs what it did not understand and goes on drawing. A remark at level
ERROR (a missing part, a picture without a description) always fails the document, a WARNING when
the request is strict. Its text can quote the document, so it is passed on for strict requests only;
otherwise a remark is known by its place in WeasyPrint's code.
"""

import gc
import json
import logging
import os
import resource
import shutil
import sys
import traceback
import warnings
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from survey_app.rendering.palette import PALETTE
from survey_app.rendering.pdf import FOLDER_PREFIX

HERE: Final = Path(__file__).parent
SCHEME: Final = "mitreden:"
CONTENT_TYPES: Final = {
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
LARGEST_FILE: Final = 64 * 2**20
LESS_URGENT_THAN_PHONES: Final = 10
COLOURS: Final = 128  # of a preview; flat areas and text need no more
OBJECTS_BETWEEN_COLLECTIONS: Final = 100_000

warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")

from weasyprint import CSS, HTML  # noqa: E402 - the filter above has to come first
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import (  # noqa: E402
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from survey_app.rendering.pdf_reading import Reading  # noqa: E402


class Refused(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """The document wants something it may not have. A BaseException: WeasyPrint lets it pass."""


def own_parts() -> dict[str, bytes]:
    """Return everything a document may ask for, by its address."""
    files = [*HERE.glob("fonts/*.ttf"), *HERE.glob("styles/*.css")]
    parts = {f"{SCHEME}{file.parent.name}/{file.name}": file.read_bytes() for file in files}
    return parts | {f"{SCHEME}styles/palette.css": PALETTE.css().encode()}


class OwnParts(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Hands out the parts of this package and of one document, and nothing else."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._own = parts
        self._parts: Mapping[str, bytes] = parts
        self.refused: Refused | None = None

    def bring(self, pictures: Iterable[Mapping[str, str]]) -> None:
        """Forget the last document; the next one has these pictures."""
        self.refused = None
        brought = {
            f"{SCHEME}pictures/{each['name']}": b64decode(each["base64"]) for each in pictures
        }
        self._parts = {**brought, **self._own}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return the part called `url`. The refusal names no more than the kind of address."""
        if url not in self._parts:
            scheme = url.partition(":")[0].lower()
            self.refused = Refused(f"it asks for a {scheme}: address that is not our own")
            raise self.refused
        kind = CONTENT_TYPES[Path(url).suffix]
        return URLFetcherResponse(url, self._parts[url], {"Content-Type": kind})


class Painter:
    """Draws documents with fonts and stylesheets that were read once."""

    def __init__(self) -> None:
        self._parts = own_parts()
        self._fetcher = OwnParts(self._parts)
        self._fonts = FontConfiguration()
        self._stylesheets: dict[tuple[str, ...], CSS] = {}
        self._stylesheet("fonts.css")

    def pdf(
        self,
        html: str,
        stylesheets: Sequence[str] = (),
        pictures: Sequence[Mapping[str, str]] = (),
        scale: float = 1.0,
    ) -> bytes:
        """Return a `pdf.Document` as tagged PDF/UA."""
        self._fetcher.bring(pictures)
        elements = self._stylesheet("elements.css")
        document = Reading(html, fetcher=self._fetcher, elements=elements)
        refuse_untitled(document)
        author = self._stylesheet("palette.css", "base.css", *stylesheets)
        drawn: bytes = document.write_pdf(
            stylesheets=[author], font_config=self._fonts, pdf_variant="pdf/ua-1", zoom=scale
        )
        if self._fetcher.refused:  # inside an SVG, WeasyPrint catches even a BaseException
            raise self._fetcher.refused
        return drawn

    def _stylesheet(self, *names: str) -> CSS:
        """Return some of our stylesheets as one: each of them asks every element anew."""
        if names not in self._stylesheets:
            sources = (self._fetcher.fetch(f"{SCHEME}styles/{name}").read() for name in names)
            self._stylesheets[names] = CSS(
                string=b"".join(sources), url_fetcher=self._fetcher, font_config=self._fonts
            )
        return self._stylesheets[names]


def refuse_untitled(document: HTML) -> None:
    """PDF/UA asks for a title and a language; WeasyPrint would leave them out silently."""
    root = document.etree_element
    if not root.get("lang"):
        raise Refused("its html element has no lang")
    if not (root.findtext("head/title") or "").strip():
        raise Refused("it has no title")


class Remarks(logging.Handler):
    """Collects what WeasyPrint and its font tools log while a document is drawn."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        for name in ("weasyprint", "fontTools"):
            logging.getLogger(name).addHandler(self)
            logging.getLogger(name).propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record until the document is done."""
        self.records.append(record)

    def taken(self) -> list[logging.LogRecord]:
        """Return the records since the last call."""
        records, self.records = self.records, []
        return records


def place(record: logging.LogRecord) -> str:
    """Return where a remark came from; unlike its text, this never quotes the document."""
    return f"{record.module}:{record.lineno}"


def reply(painter: Painter, remarks: Remarks, request: Mapping[str, Any]) -> bytes:
    """Return one line of JSON, a newline, and the PDF or its picture, if there is one."""
    remarks.taken()
    try:
        drawn = painter.pdf(**request["document"])
        if request["preview"]:
            drawn = first_page(drawn, width=request["preview"])
    except Refused as refusal:
        return head(failure="refused", detail=str(refusal))
    except MemoryError:
        return head(failure="memory", detail="it needs more memory than a document may use")
    except Exception as error:  # noqa: BLE001 - whatever it was, the pool must hear of it
        return head(failure="crashed", detail=describe(error))
    records = remarks.taken()
    strict = request["strict"]
    said = [record.getMessage() if strict else place(record) for record in records]
    if any(strict or record.levelno >= logging.ERROR for record in records):
        return head(failure="remarks", detail="; ".join(said))
    return head(remarks=said) + drawn


def head(**said: object) -> bytes:
    """Return the first line of a reply."""
    return json.dumps(said).encode() + b"\n"


def describe(error: Exception) -> str:
    """Return the kind of an error and where it arose, without its text."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"


def first_page(pdf: bytes, *, width: int) -> bytes:
    """Return the first page as PNG. A worker that never shows a preview never loads PDFium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page, png = document[0], BytesIO()
    page.render(scale=width / page.get_width()).to_pil().quantize(COLOURS).save(png, "PNG")
    document.close()
    return png.getvalue()


def limit_process(memory: int) -> None:
    """Limit what holds for the life of the process; no core file may keep a document."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    os.nice(LESS_URGENT_THAN_PHONES)


def allow_seconds(seconds: int) -> None:
    """Allow `seconds` of processor time from now on.

    The pool's clock ends a document first. This limit is for the process whose pool is gone.
    """
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, hard))


def warmed_up() -> Painter:
    """Return a painter that has its fonts loaded and is spared by the garbage collector.

    The objects of a document die together, at its end: there is little to find on the way.
    """
    painter = Painter()
    painter.pdf("<html lang=de><title>Aa</title><p>Aa <b>Жж</b> ابت")
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 5, 5)
    return painter


def serve(pool: Connection) -> None:
    """Answer requests."""
    remarks, painter = Remarks(), warmed_up()
    pool.send_bytes(b"ready")
    while True:
        request = json.loads(pool.recv_bytes())
        allow_seconds(request["seconds"])
        pool.send_bytes(reply(painter, remarks, request))


def main(descriptor: int, memory: int, folder: Path) -> None:
    """Serve the socket `descriptor` until the pool hangs up; then remove the `folder` it gave us.

    Whatever else ends this process is told in ``folder/stderr``, which the pool reads.
    """
    limit_process(memory)
    with suppress(EOFError, ConnectionError), Connection(descriptor) as pool:
        serve(pool)
    if folder.name.startswith(FOLDER_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
