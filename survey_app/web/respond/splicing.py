"""A page drawn once, with a fresh submission id in each copy, also in compressed form.

Drawing a questionnaire takes milliseconds, compressing it half of one; a class of thirty opens it
in the same seconds. What differs between two copies are 22 characters: the submission id. So the
page is cut there, and each half is compressed once:

    gzip header │ first half, deflated │ stored block: the id │ second half, deflated │ CRC, length

This is a valid gzip stream because a *full flush* ends the first half on a byte boundary, a *stored
block* (RFC 1951, 3.2.4) holds the id as it is, and the second half comes from a compressor of its
own, which cannot refer back across the cut. The checksum runs over the plain text; that of the
first half is known, so only the id and the second half are summed up each time. The mark therefore
stands near the end of the page.
"""

import secrets
import struct
import zlib

HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # deflate, no name, no time, unknown system
MARK = secrets.token_hex(16)  # a text of a questionnaire cannot contain it


class SplicedPage:
    """A page with at most one place for an id; without one it is always the same."""

    def __init__(self, html: str) -> None:
        if html.count(MARK) > 1:
            raise ValueError("a page has room for one submission id")
        head, self.has_mark, tail = (part.encode() for part in html.partition(MARK))
        self._head, self._tail = head, tail
        self._packed_head = HEADER + _deflated(head, zlib.Z_FULL_FLUSH)
        self._packed_tail = _deflated(tail, zlib.Z_FINISH)
        self._checksum = zlib.crc32(head)

    def plain(self, submission: bytes) -> bytes:
        """Return the page with this id."""
        return self._head + submission + self._tail

    def gzipped(self, submission: bytes) -> bytes:
        """Return the page with this id as a gzip stream."""
        length = len(submission)
        stored = struct.pack("<BHH", 0, length, length ^ 0xFFFF)
        checksum = zlib.crc32(self._tail, zlib.crc32(submission, self._checksum))
        size = len(self._head) + length + len(self._tail)
        end = struct.pack("<II", checksum, size)
        return b"".join((self._packed_head, stored, submission, self._packed_tail, end))


def _deflated(part: bytes, flush: int) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(part) + compressor.flush(flush)
