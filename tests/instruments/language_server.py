"""A client of yaml-language-server, the program that VS Code and others ask about YAML files.

It speaks the Language Server Protocol: JSON messages with a length before each, over standard
input and output. Nothing is asked of any network: the store of public schemas is switched off, and
the format is found by the first line of a questionnaire.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

LONGEST_WAIT = 60
SETTINGS = {"yaml": {"schemaStore": {"enable": False}, "completion": True, "validate": True}}


def program() -> str | None:
    """Return the language server, if there is one: on the path, or named by the environment."""
    return os.environ.get("YAML_LANGUAGE_SERVER") or shutil.which("yaml-language-server")


@dataclass
class Editor:
    """An editor that has one folder open."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    asked: int = 0

    def open(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a file as it would be typed now and return what is underlined in it."""
        document = {"languageId": "yaml", "version": 1, "uri": self._uri(name), "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while not self._is_about(message := self._next(), name):
            pass
        found: list[dict[str, Any]] = message["params"]["diagnostics"]
        return found

    def proposals(self, name: str, line: int, column: int) -> dict[str, str]:
        """Return what is proposed at a place counted from 0, each with what is said about it."""
        answer = self._ask("textDocument/completion", self._at(name, line, column))
        return {item["label"]: _said(item.get("documentation")) for item in answer["items"]}

    def explanation(self, name: str, line: int, column: int) -> str:
        """Return what is shown when the mouse rests at a place."""
        return _said(
            (self._ask("textDocument/hover", self._at(name, line, column)) or {})["contents"]
        )

    def begin(self) -> None:
        """Introduce the editor to the server."""
        capabilities = {"workspace": {"configuration": True}}
        folder = self.folder.as_uri()
        values = {"processId": os.getpid(), "rootUri": folder, "capabilities": capabilities}
        self._ask("initialize", values)
        self._tell("initialized", {})

    def _is_about(self, message: dict[str, Any], name: str) -> bool:
        """Return whether a message says what is underlined in a file."""
        told = message.get("method") == "textDocument/publishDiagnostics"
        return told and message["params"]["uri"] == self._uri(name)

    def _uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def _at(self, name: str, line: int, column: int) -> dict[str, Any]:
        position = {"line": line, "character": column}
        return {"textDocument": {"uri": self._uri(name)}, "position": position}

    def _ask(self, method: str, params: Any) -> Any:
        self.asked += 1
        number = self.asked
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                return message["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _next(self) -> dict[str, Any]:
        """Return the next message; what the server asks on the way is answered."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "id" in message and "method" in message:
            items = message.get("params", {}).get("items", [])
            settings = [SETTINGS.get(item.get("section", ""), {}) for item in items]
            wanted = message["method"] == "workspace/configuration"
            self._send({"id": message["id"], "result": settings if wanted else None})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()


@contextmanager
def editor_in(folder: Path) -> Iterator[Editor]:
    """Open an editor on a folder; it is closed at the latest after a minute."""
    command = [str(program()), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        latest = Timer(LONGEST_WAIT, process.kill)
        latest.start()
        try:
            editor = Editor(process, folder)
            editor.begin()
            yield editor
        finally:
            latest.cancel()
            process.kill()


def _said(documentation: Any) -> str:
    return documentation["value"] if isinstance(documentation, dict) else str(documentation or "")
