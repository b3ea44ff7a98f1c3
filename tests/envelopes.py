"""Envelopes as a device seals them, written a second time in Python from their description.

The original is web/static/queue.js; services/sealing.py opens them.
"""

import os
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LABEL = b"mitreden sealed sheet 1"
STEP = 8192


def envelope(
    form: bytes,
    public: bytes,
    code: str,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    iv: bytes | None = None,
    plain: bytes | None = None,
) -> bytes:
    """Return `form` sealed to a wave; `own`, `iv` and the padded `plain` are drawn and made."""
    own = own or ec.generate_private_key(ec.SECP256R1())
    iv = iv or os.urandom(12)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    wave = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    secret = own.exchange(ec.ECDH(), wave)
    key = HKDF(SHA256(), length=32, salt=None, info=LABEL + point + public).derive(secret)
    sealed = AESGCM(key).encrypt(iv, plain or padded(form), LABEL + code.encode())
    return b"\x01" + point + iv + sealed


def padded(form: bytes) -> bytes:
    """Return a form with its length in front, filled up to a whole number of steps."""
    plain = struct.pack(">I", len(form)) + form
    return plain + bytes(-len(plain) % STEP)
