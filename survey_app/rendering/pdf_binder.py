"""Binds PDFs into one, in a process of its own: with `pdf_worker` all that imports PDFium.

`binding.bind` starts it as ``python -m survey_app.rendering.pdf_binder TARGET``, with the paths of
the parts on its standard input, one a line. Pages are taken over one part after the other, so the
memory it needs is that of the finished file; a limit ends it before it could harm anybody.

What is bound is for a printer. PDFium takes pages over and leaves the structure behind that a
screen reader needs, so the parts stay available as files of their own (domain/job.py, `Bundle`).
"""

import resource
import sys
from pathlib import Path
from typing import Final

import pypdfium2

MEMORY: Final = 2048 * 2**20
LARGEST_FILE: Final = 1024 * 2**20


def bound(parts: list[Path], target: Path) -> None:
    """Write the pages of `parts` to `target`, in their order."""
    whole = pypdfium2.PdfDocument.new()
    for path in parts:
        part = pypdfium2.PdfDocument(path)
        whole.import_pages(part)
        part.close()
    whole.save(target)
    whole.close()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    bound([Path(line) for line in sys.stdin.read().splitlines()], Path(sys.argv[1]))
