"""Style sheets and scripts: joined, named by their content, kept forever by the browser.

An audience has one style sheet and one script, so a first visit costs one request for each:
`respond.css` is tokens.css (colours, distances, type), base.css (components), respond.css and what
lies in the folder respond/, `respond.js` is the scripts of that folder inside one function. They
only say what there is, so their order is of no account; begin.js comes last and begins. The name
holds a hash of the content; a changed file has a changed name, and the old one may be kept forever.
Everything lies in memory, also compressed; there is no build step.
"""

import gzip
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request
from werkzeug.http import parse_accept_header

COMMON = ("tokens.css", "base.css")
LAST = "begin.js"
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
FOREVER = "public, max-age=31536000, immutable"
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
INDENT = re.compile(r"^\s+", re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    name: str
    kind: str
    plain: bytes
    packed: bytes


class Assets:
    """The assets of all audiences, by file name (`respond.css`) and by sent name."""

    def __init__(self, folder: Path) -> None:
        common = [folder / name for name in COMMON]
        self._by_file: dict[str, Asset] = {}
        self._by_name: dict[str, Asset] = {}
        for name in _names(folder):
            parts = _parts(folder, name)
            self._keep(name, [*common, *parts] if name.endswith(".css") else parts)

    def add(self, path: Path) -> None:
        """Serve a file of another room too, as it is: without the common style sheets."""
        self._keep(path.name, [path])

    def _keep(self, name: str, parts: Sequence[Path]) -> None:
        asset = _asset(name, parts)
        self._by_file[name] = self._by_name[asset.name] = asset

    def file(self, name: str) -> Asset:
        """Return an asset by the name of its file."""
        return self._by_file[name]

    def address(self, file: str) -> str:
        """Return the address of an asset, for templates."""
        return f"/assets/{self.file(file).name}"

    def response(self, name: str) -> Response:
        """Answer with an asset, compressed if the browser can read that."""
        asset = self._by_name.get(name) or abort(404)
        packed = reads_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
        response = Response(asset.packed if packed else asset.plain, content_type=asset.kind)
        response.headers["Cache-Control"] = FOREVER
        response.headers["Vary"] = "Accept-Encoding"
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response

    def blueprint(self) -> Blueprint:
        """Return the route of the assets."""
        blueprint = Blueprint("assets", __name__)
        blueprint.add_url_rule("/assets/<name>", view_func=self.response, endpoint="file")
        return blueprint


@lru_cache(maxsize=128)
def reads_gzip(accepted: str) -> bool:
    """Return whether a browser that sent this Accept-Encoding can read gzip."""
    return parse_accept_header(accepted).quality("gzip") > 0


def _names(folder: Path) -> list[str]:
    """Return the names of the assets below `folder`: its files, and its folders by kind."""
    files = {path.name for path in folder.iterdir() if path.suffix in KINDS}
    joined = {f"{path.parent.name}{path.suffix}" for path in folder.glob("*/*")}
    return sorted((files | joined) - set(COMMON))


def _parts(folder: Path, name: str) -> list[Path]:
    """Return the files that are sent as `name`: the one of this name, then those of its folder."""
    own = [folder / name] if (folder / name).exists() else []
    stem, _, kind = name.rpartition(".")
    inside = folder.joinpath(stem).glob(f"*.{kind}")
    return own + sorted(inside, key=lambda path: (path.name == LAST, path.name))


def _asset(name: str, parts: Sequence[Path]) -> Asset:
    text = "\n".join(part.read_text() for part in parts)
    stem, _, suffix = name.rpartition(".")
    if suffix == "js" and len(parts) > 1:
        text = f'"use strict";\n(() => {{\n{text}}})();\n'
    plain = INDENT.sub("", COMMENT.sub("", text)).encode()
    digest = hashlib.sha256(plain).hexdigest()[:10]
    packed = gzip.compress(plain, mtime=0)
    return Asset(f"{stem}.{digest}.{suffix}", KINDS[f".{suffix}"], plain, packed)
