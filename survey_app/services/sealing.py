"""Sheets that wait on a device without a network: sealed there, opened only here.

A way in may have a queue (domain/collector.py). Then the wave has a pair of keys on the curve
P-256; the public one stands in the page, the private one in the database until the wave is closed.
A sheet that could not be sent is sealed by the page (web/static/queue.js) in an envelope:

    1 byte     version: 1
    65 bytes   public key of this envelope alone, as an uncompressed point; its private half is
               never stored, so that not even the device can open what it has sealed
    12 bytes   random iv
    the rest   ciphertext of AES-256-GCM, whose last 16 bytes are its tag

    secret    = ECDH(key of the envelope, key of the wave): 32 bytes, the x-coordinate
    key       = HKDF-SHA256(secret, no salt, info = LABEL + key of the envelope + key of the wave)
    bound to  = LABEL + the code of the way in, ten letters in ASCII, as additional data

What is sealed is the form just as it would have been sent, its submission id included, so that a
sheet that arrives twice is counted once:

    4 bytes    length of the form, the highest byte first
    the form   application/x-www-form-urlencoded
    zeros      up to the next multiple of STEP: whether somebody wrote much or nothing does not show

P-256 because every browser has it; `cryptography` is imported when a sheet arrives or a queue is
switched on, because the pages of a phone start without it. docs/adr/016 says what this protects
against.
"""

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

VERSION = b"\x01"
LABEL = b"mitreden sealed sheet 1"
STEP = 8 * 1024
POINT = 65
IV = 12
TAG = 16
HEAD = len(VERSION) + POINT + IV
LARGEST = HEAD + 9 * STEP + TAG  # a form of 64 kB, as much as an unsealed one may have
LENGTH = struct.Struct(">I")


@dataclass(frozen=True)
class Keys:
    """The keys of a wave: a scalar of 32 bytes, and an uncompressed point."""

    private: bytes
    public: bytes


class Unreadable(ValueError):
    """Raised by an envelope that was not sealed to this key and for this code."""


def new_keys() -> Keys:
    """Return fresh keys for a wave."""
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    scalar = private.private_numbers().private_value.to_bytes(32, "big")
    return Keys(scalar, _point(private.public_key()))


def opened(envelope: bytes, private: bytes, code: str) -> bytes:
    """Return the form in an envelope that was sealed on the page behind `code`.

    Raises Unreadable, always with the same words: what is wrong with an envelope helps nobody but
    an attacker.
    """
    from cryptography.exceptions import InvalidTag

    sealed = len(envelope) - HEAD - TAG
    if envelope[:1] != VERSION or sealed <= 0 or sealed % STEP:
        raise Unreadable
    try:
        return _form(_decrypted(envelope, private, code))
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _decrypted(envelope: bytes, private: bytes, code: str) -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    curve = ec.SECP256R1()
    point, iv = envelope[1 : 1 + POINT], envelope[1 + POINT : HEAD]
    sender = ec.EllipticCurvePublicKey.from_encoded_point(curve, point)
    owner = ec.derive_private_key(int.from_bytes(private, "big"), curve)
    secret = owner.exchange(ec.ECDH(), sender)
    info = LABEL + point + _point(owner.public_key())
    key = HKDF(SHA256(), length=32, salt=None, info=info).derive(secret)
    return AESGCM(key).decrypt(iv, envelope[HEAD:], LABEL + code.encode())


def _point(key: "ec.EllipticCurvePublicKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _form(plain: bytes) -> bytes:
    (length,) = LENGTH.unpack_from(plain)
    if length > len(plain) - LENGTH.size:
        raise Unreadable
    return plain[LENGTH.size : LENGTH.size + length]
