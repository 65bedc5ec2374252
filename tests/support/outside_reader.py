# SPDX-License-Identifier: MIT
"""A reader of packets by somebody who has docs/formats/packet.md and no more: openssl, zipfile and json."""

import base64
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

WORDS = re.findall(r"\b\w{3,4}", (Path(__file__).parents[2] / "resources/words/recovery-nb.txt").read_text())


class Refused(Exception):
    """The packet is not what the format says it must be."""


class Packet(NamedTuple):
    """What was read: the record, and the files by entry name."""

    message: dict[str, Any]
    files: dict[str, bytes]


def openssl(*arguments: object, given: bytes = b"") -> bytes:
    """What openssl writes to standard output."""
    done = subprocess.run(["openssl", *map(str, arguments)], input=given, capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise Refused(done.stderr.decode(errors="replace"))
    return done.stdout


def read(
    packet: Path, work: Path, *, key: Path | None = None, certificate: Path | None = None, code: str = ""
) -> Packet:
    """Reads a packet with an own key and certificate (PEM), or with a spoken code."""
    # Section 1: the seal. Nothing of inner.asice is looked at unless openssl has said that the tag is right.
    opener = ["-pwri_password", _digits(code)] if code else ["-recip", certificate, "-inkey", key]
    _check_seal(packet)
    inner = work / "inner.asice"
    try:
        openssl("cms", "-decrypt", "-binary", "-inform", "DER", "-in", packet, "-out", inner, *opener)
    except Refused:
        inner.unlink(missing_ok=True)
        raise
    # Section 2: the container.
    entries = _entries(inner)
    meta = {name: entries[name] for name in entries if name.startswith("META-INF/")}
    files = {name: entries[name] for name in entries if name not in meta and name != "mimetype"}
    # Section 3: one manifest, one signature by whom the record names, then every file and every digest.
    signatures = [name for name in meta if name.endswith(".p7s")]
    if len(signatures) != 1 or meta.keys() != {"META-INF/ASiCManifest.xml", "META-INF/manifest.xml", *signatures}:
        raise Refused("not one manifest and one signature")
    manifest = meta["META-INF/ASiCManifest.xml"]
    message = json.loads(files["rkv.json"].decode("utf-8"), object_pairs_hook=_unique)
    _check_signer(meta[signatures[0]], manifest, message, work)
    pointed, digests = _manifest(manifest.decode("utf-8"))
    if pointed != signatures or digests.keys() != files.keys():
        raise Refused("the manifest names other files")
    for name, data in files.items():
        if openssl("dgst", "-sha256", "-binary", given=data) != digests[name]:
            raise Refused(f"{name} was changed")
    # Section 4: the record.
    own = "kode" if code else _key_id(openssl("x509", "-in", certificate, "-outform", "DER"))
    _check_record(message, files, digests, own)
    return Packet(message, files)


def _digits(code: str) -> str:
    places = [WORDS.index(said[:4]) for said in re.findall("[a-z]+", code.lower())]
    number = sum(place << 11 * at for at, place in enumerate(reversed(places)))
    return f"{number:020d}" if places else re.sub(r"\D", "", code)


def _check_seal(packet: Path) -> None:
    """Openssl takes short tags and other ciphers, and bytes after the end, so the fields are looked at first."""
    told = openssl("asn1parse", "-inform", "DER", "-in", packet).decode()
    lines = [line for line in told.splitlines() if "d=" in line]
    if "id-smime-ct-authEnvelopedData" not in lines[1] or "aes-256-gcm" not in told:
        raise Refused("another kind of seal")
    at = next(number for number, line in enumerate(lines) if "aes-256-gcm" in line)
    sizes = {at + 2: r"l= *12 prim: OCTET STRING", at + 3: r"INTEGER +:10$", -1: r"l= *16 prim: OCTET STRING"}
    if not all(re.search(size, lines[at]) for at, size in sizes.items()):
        raise Refused("the nonce is not 12 bytes, or the tag not 16")
    if packet.stat().st_size != sum(map(int, re.findall(r"(?:^ *|hl= *|l= *)(\d+)", lines[0])[:3])):
        raise Refused("bytes after the end")


def _entries(inner: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(inner) as archive:
        names = [entry.filename for entry in archive.infolist()]
        if names[0] != "mimetype" or archive.read("mimetype") != b"application/vnd.etsi.asic-e+zip":
            raise Refused("no ASiC-E container")
        if not len({name.lower() for name in names}) == len(names) <= 300:
            raise Refused("a name stands twice, or too many files")
        flat = re.compile(r"(META-INF/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}").fullmatch
        for entry in archive.infolist():
            if not flat(entry.filename) or entry.compress_type not in (0, 8) or entry.file_size > 200 * 2**20:
                raise Refused("an entry that is not allowed")
        return {name: archive.read(name) for name in names}


def _check_signer(signature: bytes, manifest: bytes, message: dict[str, Any], work: Path) -> None:
    claimed = base64.urlsafe_b64decode(message["avsender"]["signing_certificate"])
    (work / "claimed.pem").write_bytes(openssl("x509", "-inform", "DER", given=claimed))
    (work / "signature.p7s").write_bytes(signature)
    (work / "manifest.xml").write_bytes(manifest)
    openssl(
        *("cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", work / "signature.p7s"),
        *("-content", work / "manifest.xml", "-CAfile", work / "claimed.pem", "-partial_chain", "-no_check_time"),
        *("-purpose", "any", "-signer", work / "signer.pem", "-out", work / "verified.xml"),
    )
    if openssl("x509", "-in", work / "signer.pem", "-outform", "DER") != claimed:
        raise Refused("the signer is not the sender")


def _manifest(text: str) -> tuple[list[str], dict[str, bytes]]:
    pointed = re.findall(r'<(?:\w+:)?SigReference\b[^>]*\bURI="([^"]+)"', text)
    digests = {}
    for start, body in re.findall(r"<(?:\w+:)?DataObjectReference\b([^>]*)>(.*?)</", text, re.DOTALL):
        (name,) = re.findall(r'\bURI="([^"]+)"', start)
        if 'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"' not in body or name in digests:
            raise Refused("a digest that is not SHA-256")
        digests[name] = base64.b64decode(body.rpartition(">")[2])
    return pointed, digests


def _check_record(message: dict[str, Any], files: dict[str, bytes], digests: dict[str, bytes], own: str) -> None:
    if message["schema"] != "rkv-pakke/1" or own not in message["mottakere"]:
        raise Refused("another version, or not for you")
    told = {one["navn"]: one for one in message["filer"]}
    if told.keys() | {"arkivmelding.xml", "rkv.json"} != files.keys():
        raise Refused("the record lists other files")
    if any((told[it]["sha256"], told[it]["stoerrelse"]) != (digests[it].hex(), len(files[it])) for it in told):
        raise Refused("the record has another digest or size")
    if told["hoveddokument.pdf"]["rolle"] != "hoveddokument" or not files["hoveddokument.pdf"].startswith(b"%PDF-"):
        raise Refused("no main document")


def _key_id(certificate: bytes) -> str:
    public = openssl("x509", "-inform", "DER", "-pubkey", "-noout", given=certificate)
    return openssl("dgst", "-sha256", "-binary", given=openssl("pkey", "-pubin", "-outform", "DER", given=public)).hex()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(found := dict(pairs)) != len(pairs):
        raise Refused("a key stands twice")
    return found
