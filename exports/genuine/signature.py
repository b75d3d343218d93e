"""The signature inside a sealed PDF, judged strictly: as we make it, or not at all.

CMS (RFC 5652) leaves room outside what is signed. Here nothing is left open: every field is what a seal of ours has,
and the bytes are the only ones that say it (DER, X.690). So a change of any byte is a broken seal.
"""

import re

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

# What libraries say of an envelope that is none.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError)
_HELD = re.compile(rb"<([0-9A-F]*)>")
_HASHES: dict[str, type[HashAlgorithm]] = {"sha256": SHA256, "sha384": SHA384, "sha512": SHA512}


def intact_signature(held: bytes, digest: bytes) -> list[bytes]:
    """Return the certificates (DER) of a signature over `digest`, that of who signed first; none when it is broken.

    `held` is what stands between the signed ranges: the signature in hexadecimal, and zeros after it.
    """
    found = _HELD.fullmatch(held)
    if found is None or len(found[1]) % 2:
        return []
    try:
        return _certificates(bytes.fromhex(found[1].decode()), digest)
    except (*_BROKEN, InvalidSignature, UnsupportedAlgorithm):
        return []


def _certificates(padded: bytes, digest: bytes) -> list[bytes]:
    info = cms.ContentInfo.load(padded)
    signed = info["content"]
    (signer,) = signed["signer_infos"]
    certificates = [choice.chosen for choice in signed["certificates"]]
    (own,) = (
        each
        for each in certificates
        if signer["sid"].name == "issuer_and_serial_number"
        and each.issuer == signer["sid"].chosen["issuer"]
        and each.serial_number == signer["sid"].chosen["serial_number"].native
    )
    attributes = {each["type"].native: each["values"].native for each in signer["signed_attrs"]}
    algorithms = [each["algorithm"].native for each in signed["digest_algorithms"]]
    if (
        info["content_type"].native != "signed_data"
        or signed["version"].native != "v1"
        or algorithms != ["sha256"]
        or signed["encap_content_info"]["content_type"].native != "data"
        or signed["encap_content_info"]["content"].native is not None
        or signed["crls"].native
        or signer["version"].native != "v1"
        or signer["digest_algorithm"]["algorithm"].native != "sha256"
        or signer["unsigned_attrs"].native
        or attributes["content_type"] != ["data"]
        or attributes["message_digest"] != [digest]
    ):
        return []
    # RFC 5652, section 5.4: the attributes are signed as a SET, whatever tag they carry here.
    message = signer["signed_attrs"].untag().dump(force=True)
    _verify(own.dump(), signer["signature_algorithm"], signer["signature"].native, message)
    # Writing all of it anew takes most of the time: so it comes last, when nothing else is wrong.
    der = info.dump(force=True)
    if not padded.startswith(der) or padded[len(der) :].strip(b"\0"):
        return []
    return [own.dump(), *(each.dump() for each in certificates if each is not own)]


def _verify(
    certificate: bytes, algorithm: cms.SignedDigestAlgorithm, signature: bytes, message: bytes
) -> None:
    """Raises `InvalidSignature`."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    name = algorithm["algorithm"].native
    if isinstance(key, ec.EllipticCurvePublicKey) and name.endswith("_ecdsa"):
        key.verify(signature, message, ec.ECDSA(_HASHES[name.removesuffix("_ecdsa")]()))
    elif isinstance(key, rsa.RSAPublicKey) and name.endswith("_rsa"):
        key.verify(signature, message, padding.PKCS1v15(), _HASHES[name.removesuffix("_rsa")]())
    else:
        raise InvalidSignature
