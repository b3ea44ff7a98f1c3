"""Envelopes: sealed on a device, opened only with the key of the wave.

1. What was sealed comes out byte for byte, however long it is; an envelope tells its length in steps
   of 8 kB only.
2. An envelope is opened with the key of its wave and for its code alone.
3. A single changed byte anywhere, a cut, an addition, a foreign version: unreadable.
4. A recorded envelope opens today as on the day it was sealed.
5. No two envelopes of one form are alike.
"""

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from survey_app.services import sealing
from survey_app.services.sealing import HEAD, LARGEST, STEP, TAG, Keys, Unreadable
from tests.envelopes import envelope

CODE = "KM7QXR2DTE"
FORM = b"k1=3&k9=Mehr+Pausen&submission=aaaaaaaaaaaaaaaaaaaaaa"


@pytest.fixture(scope="module")
def keys() -> Keys:
    return sealing.new_keys()


@pytest.mark.parametrize("length", [0, 1, STEP - 5, STEP - 4, STEP - 3, 64 * 1024])
def test_what_was_sealed_comes_out(keys: Keys, length: int) -> None:
    form = bytes(range(256)) * (length // 256) + bytes(length % 256)
    sealed = envelope(form, keys.public, CODE)
    assert sealing.opened(sealed, keys.private, CODE) == form
    assert (len(sealed) - HEAD - TAG) % STEP == 0
    assert len(sealed) <= LARGEST


def test_a_long_text_and_none_look_alike(keys: Keys) -> None:
    short, long = (envelope(b"k9=" + b"x" * n, keys.public, CODE) for n in (0, 5000))
    assert len(short) == len(long) == HEAD + STEP + TAG


def test_another_wave_cannot_open_it(keys: Keys) -> None:
    with pytest.raises(Unreadable):
        sealing.opened(envelope(FORM, keys.public, CODE), sealing.new_keys().private, CODE)


def test_another_code_cannot_open_it(keys: Keys) -> None:
    with pytest.raises(Unreadable):
        sealing.opened(envelope(FORM, keys.public, CODE), keys.private, "AAAAABBBBB")


@pytest.mark.parametrize("place", [0, 1, 2, 65, 66, 77, HEAD, HEAD + 7, -TAG, -1])
def test_a_changed_byte_is_noticed(keys: Keys, place: int) -> None:
    sealed = bytearray(envelope(FORM, keys.public, CODE))
    sealed[place] ^= 1
    with pytest.raises(Unreadable):
        sealing.opened(bytes(sealed), keys.private, CODE)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\x01",
        b"\x01" * HEAD,
        b"k1=3",
        b"\x01" + b"\x04" + bytes(HEAD - 2 + STEP + TAG),  # no point of the curve
    ],
    ids=["nothing", "a version", "a head", "a form", "zeros"],
)
def test_what_is_no_envelope_is_unreadable(keys: Keys, broken: bytes) -> None:
    with pytest.raises(Unreadable):
        sealing.opened(broken, keys.private, CODE)


@pytest.mark.parametrize("more", [-STEP, -1, 1, STEP])
def test_a_cut_and_an_addition_are_noticed(keys: Keys, more: int) -> None:
    sealed = envelope(FORM, keys.public, CODE)
    changed = sealed[:more] if more < 0 else sealed + bytes(more)
    with pytest.raises(Unreadable):
        sealing.opened(changed, keys.private, CODE)


def test_a_length_that_lies_is_unreadable(keys: Keys) -> None:
    plain = b"\xff\xff\xff\xff" + bytes(STEP - 4)
    with pytest.raises(Unreadable):
        sealing.opened(envelope(b"", keys.public, CODE, plain=plain), keys.private, CODE)


def test_no_two_envelopes_are_alike(keys: Keys) -> None:
    one, other = (envelope(FORM, keys.public, CODE) for _ in range(2))
    assert one[1:HEAD] != other[1:HEAD]
    assert one[HEAD:] != other[HEAD:]


def test_keys_are_fresh_and_belong_together() -> None:
    one, other = sealing.new_keys(), sealing.new_keys()
    assert one != other
    assert (len(one.private), len(one.public), one.public[:1]) == (32, 65, b"\x04")


def test_a_recorded_envelope_still_opens() -> None:
    """Scalars, iv and form are fixed, so the bytes are; only their hash is written down here."""
    private = (7).to_bytes(32, "big")
    owner = ec.derive_private_key(7, ec.SECP256R1()).public_key()
    own = ec.derive_private_key(11, ec.SECP256R1())
    public = owner.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    sealed = envelope(FORM, public, CODE, own=own, iv=bytes(12))
    assert sha256(sealed).hexdigest() == RECORDED
    assert sealing.opened(sealed, private, CODE) == FORM


RECORDED = "a766c024d3bf1f3257c5f3ddb3c1190c4b2dfc6acb0806edac1f381d1c73162b"
