"""Seals a PDF: the Word file goes inside, then a signature over every byte, which allows no change (PAdES B-B).

It takes a second of a processor and thirty megabytes of library, so it is run as a process of its own:
`python -m exports.sealing.seal`, with the files as JSON on its standard input, and the sealed ones on its output.
"""

import json
import sys
from base64 import b64decode, b64encode
from io import BytesIO

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from exports.sealing.decoration import mark_decoration
from models.installation.seal_key import SealKey, seal_key

FIELD = "Handslag"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HASH = "sha256"
_AT_ONCE = 200


def packed(pdf: bytes) -> bytes:
    """Return the same PDF with what its tags are made of packed together: LibreOffice writes thousands of them loose.

    A document with tables takes less than half of the room then. PDF/A-3 allows it. Lines without a tag are marked.
    """
    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf)), {"stream_xrefs": True})
    mark_decoration(writer)
    kept = {writer.root_ref.idnum, *([writer._info.reference.idnum] if writer._info is not None else [])}
    loose = [
        place
        for place, found in writer.objects.items()
        # Packed they stand end to end: a bare number would run into the next one.
        if place[1] not in kept
        and isinstance(found, generic.DictionaryObject | generic.ArrayObject)
        and not isinstance(found, generic.StreamObject)
    ]
    for start in range(0, len(loose), _AT_ONCE):
        stream = writer.prepare_object_stream()  # type: ignore[no-untyped-call]
        for place in loose[start : start + _AT_ONCE]:
            stream.add_object(place[1], writer.objects.pop(place))
    written = BytesIO()
    writer.write(written)  # type: ignore[no-untyped-call]
    return written.getvalue()


def sealed(pdf: bytes, word: bytes, *, name: str, text_sha256: str, key: SealKey) -> bytes:
    """Return `pdf` with the Word file `word` in it, and a signature that nobody sees over all of it.

    It says of which text it is, so that a broken seal tells what it was a seal of. No network is used.
    """
    writer = IncrementalPdfFileWriter(BytesIO(packed(pdf)))
    embed.embed_file(
        writer,
        embed.FileSpec(
            file_spec_string=name,
            file_name=name,
            embedded_data=embed.EmbeddedFileObject.from_file_data(writer, word, mime_type=WORD_TYPE),
            description=name,
            # PDF/A-3 wants to know what it is to the document: that from which it was made.
            af_relationship=generic.pdf_name("/Source"),
        ),
    )
    others = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # It has no types.
    others.register_multiple(_certificate(other.public_bytes(Encoding.DER)) for other in key.others)
    signer = signers.SimpleSigner(
        signing_cert=_certificate(key.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(
            key.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=others,
    )
    stream = signers.sign_pdf(
        writer,
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=_HASH,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            subfilter=SigSeedSubFilter.PADES,
            reason=f"Handslag {text_sha256}",
        ),
        signer=signer,
    )
    return bytes(stream.getbuffer())


def _certificate(der: bytes) -> x509.Certificate:
    return x509.Certificate.load(der)


def main() -> None:
    """Seal the files that come in, with this installation's key."""
    key = seal_key()
    made = [
        sealed(
            b64decode(file["pdf"]),
            b64decode(file["word"]),
            name=file["name"],
            text_sha256=file["text_sha256"],
            key=key,
        )
        for file in json.load(sys.stdin)
    ]
    json.dump([b64encode(each).decode() for each in made], sys.stdout)


if __name__ == "__main__":
    main()
