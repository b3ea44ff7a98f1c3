"""A network between phones and the server that loses replies.

What it loses is the worst that can happen at sending: the server has counted the answers, and its
"counted" never arrives. The phone cannot tell this from a form that never came.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import urlsplit


@dataclass
class BadNetwork:
    """Passes everything on, but loses one reply in `nth` to a form."""

    server: str
    nth: int
    address: str = ""
    carried: int = 0
    lost: int = 0
    _counting: Lock = field(default_factory=Lock)

    def loses(self) -> bool:
        """Return whether the reply at hand gets lost, and count it."""
        with self._counting:
            self.carried += 1
            is_lost = self.carried % self.nth == 0
            self.lost += is_lost
            return is_lost


@contextmanager
def bad_network(server: str, *, nth: int) -> Iterator[BadNetwork]:
    """Open such a network before the server at an address of this machine."""
    network = BadNetwork(server, nth)
    proxy = _Proxy(("127.0.0.1", 0), _handler(network))
    network.address = f"http://127.0.0.1:{proxy.server_port}"
    thread = Thread(target=proxy.serve_forever)
    thread.start()
    try:
        yield network
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


class _Proxy(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


def _handler(network: BadNetwork) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One request per connection: a browser repeats by itself only what it sent on an old one."""

        def do_GET(self) -> None:
            self.pass_on()

        def do_POST(self) -> None:
            self.pass_on()

        def pass_on(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            upstream = HTTPConnection(urlsplit(network.server).netloc)
            upstream.request(
                self.command, self.path, self.rfile.read(length), dict(self.headers.items())
            )
            answer = upstream.getresponse()
            body = answer.read()
            upstream.close()
            if self.command == "POST" and network.loses():
                return
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name != "Connection":
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler
