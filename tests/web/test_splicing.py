"""A page drawn once, with a fresh submission id in each copy.

1. A compressed copy unpacks to exactly the plain copy, whatever stands before and after the id.
2. The stream is one that gzip itself accepts: checksum and length are right.
3. No two phones get the same id, packed or plain.
4. A page without a place for an id is always the same; two places are an error.
5. A phone that cannot read gzip gets the plain page.
"""

import gzip
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.web.respond.splicing import MARK, SplicedPage
from tests.web.site import Site, submission_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(head=TEXTS, tail=TEXTS, submission=st.text("abc-_1", max_size=30))
def test_packed_copy_unpacks_to_the_plain_one(head: str, tail: str, submission: str) -> None:
    page = SplicedPage(head + MARK + tail)
    expected = (head + submission + tail).encode()
    assert page.plain(submission.encode()) == expected
    assert gzip.decompress(page.gzipped(submission.encode())) == expected


def test_packed_copy_is_accepted_by_gzip_itself() -> None:
    program = shutil.which("gzip")
    assert program is not None
    packed = SplicedPage(f"<p>{'ä' * 70_000}{MARK}</p>").gzipped(b"x" * 22)
    tested = subprocess.run([program, "--test"], input=packed, capture_output=True, check=False)
    assert (tested.returncode, tested.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["gzip, deflate, br", "identity"])
def test_no_two_phones_get_the_same_id(site: Site, encoding: str) -> None:
    answers = [site.get(accept_encoding=encoding) for _ in range(100)]
    unpack = gzip.decompress if encoding.startswith("gzip") else bytes
    ids = {submission_of(unpack(answer.data).decode()) for answer in answers}
    assert len(ids) == 100
    assert {len(submission) for submission in ids} == {22}


def test_page_without_a_mark_is_always_the_same() -> None:
    page = SplicedPage("<p>zu</p>")
    assert not page.has_mark
    assert gzip.decompress(page.gzipped(b"")) == page.plain(b"") == b"<p>zu</p>"


def test_two_marks_are_an_error() -> None:
    with pytest.raises(ValueError, match="room for one submission id"):
        SplicedPage(MARK * 2)


@pytest.mark.parametrize(
    ("accepts", "packed"),
    [("gzip", True), ("br, gzip;q=0.1", True), ("", False), ("br", False), ("gzip;q=0", False)],
)
def test_page_is_packed_for_whoever_can_read_it(site: Site, accepts: str, packed: bool) -> None:
    answers = [site.get(accept_encoding=accepts) for _ in range(2)]  # drawn, and from memory
    for answer in answers:
        assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert "Accept-Encoding" in answer.headers["Vary"]
