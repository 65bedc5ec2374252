# SPDX-License-Identifier: MIT
"""Hostile packets, one or more for each row of the threat table (design, section 8).

They lie in tests/data/broken/ as `.rkvpakke` (sealed) and `.asice` (the container alone, which the tests seal).
`python tests/packets/broken_files.py` writes them, the same bytes on every run. Large ones are made by the tests only.
"""

import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rkv_app.crypto import der
from support import hand_made, honest_parts
from support import packet_forgery as forgery
from support.hand_made import Seal
from support.packet_samples import MIMETYPE, RawEntry, raw_zip

FOLDER = Path(__file__).resolve().parents[1] / "data" / "broken"
FILES = honest_parts.message_files()
BOMB = b'<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
EXTERNAL = b'<!DOCTYPE a SYSTEM "http://127.0.0.1/evil.dtd">'
STOLEN = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Broken:
    """A hostile file.

    Attributes:
        row: which threat it is, in the words of the table.
        code: the one code it is refused with.
        opener: whose key or code it is opened with: `code`, `county` or `office`.
        kept: whether it is small enough to lie in the repository.
    """

    row: str
    code: str
    make: Callable[[], bytes]
    opener: str = "code"
    kept: bool = True


def code() -> bytes:
    return hand_made.code_info()


def content() -> bytes:
    return honest_parts.container()


def seal(**lies: object) -> Callable[[], bytes]:
    return lambda: Seal(infos=[code()], **lies).around(content())  # type: ignore[arg-type]


def to_county(**lies: str) -> Callable[[], bytes]:
    county = hand_made.identity("county").sealing_certificate
    return lambda: Seal(infos=[hand_made.key_info(county, **lies)]).around(content())


def with_infos(*infos: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: Seal(infos=[info() for info in infos]).around(content())


def costly(iterations: int) -> Callable[[], bytes]:
    return lambda: hand_made.code_info(told_iterations=iterations)


def nested(depth: int) -> bytes:
    value = der.tlv(der.NULL)
    for _ in range(depth):
        value = der.sequence(value)
    return value


def many_segments() -> bytes:
    return hand_made.streamed([code()], content()[:2400], piece=2)


def entries() -> list[RawEntry]:
    return honest_parts.entries(honest_parts.signed(FILES))


def plus(**lies: object) -> Callable[[], bytes]:
    """An honest container with one more entry."""
    return lambda: raw_zip([*entries(), RawEntry(**{"name": b"a.txt", "data": b"x", **lies})])  # type: ignore[arg-type]


def named(name: bytes) -> Callable[[], bytes]:
    return plus(name=name)


def overlapping() -> bytes:
    return raw_zip([*entries(), RawEntry(name=b"a.txt", data=MIMETYPE, offset=0)])


def shared_content() -> bytes:
    """Fifield's way: many listed files, one stretch of content."""
    first = RawEntry(name=b"a0.txt", data=b"x" * 50)
    start = 30 + 8 + len(MIMETYPE)
    others = [RawEntry(name=b"a%d.txt" % number, data=b"x" * 50, offset=start) for number in range(1, 40)]
    return raw_zip([forgery.samples.mimetype_entry(), first, *others])


def signed_as(files: Mapping[str, bytes], extra: Mapping[str, bytes] | None = None) -> bytes:
    return honest_parts.zipped(honest_parts.signed(files, extra))


def with_manifest(manifest: bytes, **lies: object) -> bytes:
    signature = honest_parts.signature_of(manifest, **lies)  # type: ignore[arg-type]
    return honest_parts.zipped({**FILES, honest_parts.MANIFEST: manifest, honest_parts.SIGNATURE: signature})


def with_doctype(doctype: bytes, name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        declaration, rest = FILES["arkivmelding.xml"].split(b"?>", 1)
        if name == "arkivmelding.xml":
            return signed_as({**FILES, name: declaration + b"?>" + doctype + rest})
        declaration, rest = honest_parts.manifest_of(FILES).split(b"?>", 1)
        return with_manifest(declaration + b"?>" + doctype + rest)

    return make


def without(name: str) -> Callable[[], bytes]:
    return lambda: honest_parts.zipped({key: value for key, value in honest_parts.signed(FILES).items() if key != name})


def elsewhere() -> bytes:
    return with_manifest(honest_parts.manifest_of(FILES, signature="META-INF/signature-other.p7s"))


def changed() -> bytes:
    return honest_parts.zipped({**honest_parts.signed(FILES), "vedlegg-01.txt": b"something else"})


def by_office(bits: int, **lies: str) -> bytes:
    office = hand_made.office("office", bits)
    manifest = honest_parts.manifest_of(FILES)
    signature = hand_made.signed_data(manifest, office.private_key, office.certificate, **lies)
    return honest_parts.zipped({**FILES, honest_parts.MANIFEST: manifest, honest_parts.SIGNATURE: signature})


def edited(change: Callable[[dict[str, object]], None]) -> Callable[[], bytes]:
    """An honest container whose `rkv.json` was changed before it was signed."""
    return lambda: signed_as(forgery.with_message(FILES, change))


def text(make: Callable[[str], str]) -> Callable[[], bytes]:
    raw = FILES["rkv.json"].decode()
    return lambda: signed_as({**FILES, "rkv.json": make(raw).encode()})


def renamed_file(name: str) -> Callable[[dict[str, object]], None]:
    def change(tree: dict[str, object]) -> None:
        tree["filer"][1]["visningsnavn"] = name  # type: ignore[index]

    return change


def forwarded(tree: dict[str, object]) -> None:
    tree["mottakere"] = ["0" * 64]


DEEP = "[" * 40 + "0" + "]" * 40


def needing(version: int) -> bytes:
    """A container whose last file asks for a newer program than there is; found by fuzzing: zipfile refuses it."""
    whole = raw_zip(entries())
    at = whole.rindex(b"PK\1\2") + 6
    return whole[:at] + bytes([version]) + whole[at + 1 :]


LINK = (stat.S_IFLNK | 0o777) << 16
ROWS: Mapping[str, Mapping[str, Broken]] = {
    "downgrade to encryption without authentication": {
        "cbc-enveloped": Broken("", "RKV-PKT-030", seal(kind=hand_made.ENVELOPED, cipher=hand_made.AES256_CBC)),
        "cbc-in-auth-enveloped": Broken("", "RKV-PKT-030", seal(cipher=hand_made.AES256_CBC)),
        "ctr-in-auth-enveloped": Broken("", "RKV-PKT-030", seal(cipher=hand_made.AES256_CTR)),
        "gcm-in-enveloped": Broken("", "RKV-PKT-030", seal(kind=hand_made.ENVELOPED)),
    },
    "short tag": {
        "tag-of-1-byte": Broken("", "RKV-PKT-031", seal(tag_length=1)),
        "tag-of-4-bytes": Broken("", "RKV-PKT-031", seal(tag_length=4)),
        "tag-of-12-bytes": Broken("", "RKV-PKT-031", seal(tag_length=12)),
        "tag-of-4-bytes-told-as-16": Broken("", "RKV-PKT-031", seal(tag_length=4, told_tag_length=16)),
        "nonce-of-8-bytes": Broken("", "RKV-PKT-031", seal(nonce=b"8 bytes!")),
    },
    "unverified plaintext": {
        "tag-flipped": Broken("", "RKV-PKT-004", seal(flip_tag=True)),
        "sealed-cut-short": Broken("", "RKV-PKT-004", lambda: seal()()[:-1]),
    },
    "RSA v1.5, weak curves": {
        "rsa-v15": Broken(
            "", "RKV-PKT-006", with_infos(lambda: hand_made.old_rsa_info(hand_made.office("office"))), "office"
        ),
        "curve-p224": Broken("", "RKV-PKT-006", to_county(curve=hand_made.P224), "county"),
        "kdf-sha1": Broken("", "RKV-PKT-006", to_county(scheme="1.3.133.16.840.63.0.2"), "county"),
    },
    "huge or looping DER": {
        "recipients-21": Broken("", "RKV-PKT-032", with_infos(*[code] * 21)),
        "header-nested-14-deep": Broken("", "RKV-PKT-032", with_infos(code, lambda: nested(14))),
        "header-over-1-mib": Broken(
            "", "RKV-PKT-032", with_infos(code, lambda: der.octet_string(bytes(2**20))), kept=False
        ),
        "content-in-1200-segments": Broken("", "RKV-PKT-032", many_segments),
        "iterations-5000001": Broken("", "RKV-PKT-032", with_infos(costly(5_000_001))),
        "iterations-2-times-3-million": Broken("", "RKV-PKT-032", with_infos(costly(3_000_000), costly(3_000_001))),
    },
    "trailing bytes after CMS": {
        "bytes-after-the-seal": Broken("", "RKV-PKT-033", seal(after=b"more")),
        "a-second-seal-after-the-seal": Broken("", "RKV-PKT-033", lambda: seal()() * 2),
    },
    "bytes that belong to no entry": {
        "bytes-before-the-first-entry": Broken("", "RKV-PKT-034", lambda: raw_zip(entries(), prefix=b"#!/bin/sh\n")),
        "bytes-after-the-end-record": Broken("", "RKV-PKT-034", lambda: raw_zip(entries(), suffix=b"more")),
        "bytes-between-entries": Broken("", "RKV-PKT-034", plus(before=b"hidden")),
        "bytes-before-the-directory": Broken("", "RKV-PKT-034", lambda: raw_zip(entries(), gap=b"hidden")),
        "an-entry-not-listed": Broken("", "RKV-PKT-034", plus(listed=False)),
    },
    "zip bomb": {
        "bomb-3-mib": Broken("", "RKV-PKT-012", plus(data=bytes(3 * 2**20), deflate=True), kept=False),
        "bomb-that-lies": Broken("", "RKV-PKT-012", plus(data=bytes(50 * 2**20), size=9, deflate=True), kept=False),
        "bomb-of-301-files": Broken(
            "",
            "RKV-PKT-012",
            lambda: raw_zip([*entries(), *(RawEntry(name=b"f%d" % number) for number in range(301))]),
            kept=False,
        ),
        "a-file-over-200-mib": Broken("", "RKV-PKT-012", plus(size=201 * 2**20, packed=bytes(2**11), method=8)),
    },
    "overlapping entries": {
        "one-entry-listed-twice": Broken("", "RKV-PKT-035", overlapping),
        "one-content-for-40-files": Broken("", "RKV-PKT-035", shared_content),
    },
    "traversal and names": {
        "name-upwards": Broken("", "RKV-PKT-036", named(b"../evil.txt")),
        "name-absolute": Broken("", "RKV-PKT-036", named(b"/etc/evil")),
        "name-backslash": Broken("", "RKV-PKT-036", named(b"..\\evil.txt")),
        "name-with-drive": Broken("", "RKV-PKT-036", named(b"C:evil.txt")),
        "name-with-stream": Broken("", "RKV-PKT-036", named(b"a.txt:evil")),
        "name-of-device": Broken("", "RKV-PKT-036", named(b"NUL.txt")),
        "name-with-dot-at-end": Broken("", "RKV-PKT-036", named(b"evil.")),
        "name-with-space-at-end": Broken("", "RKV-PKT-036", named(b"evil ")),
        "name-with-zero": Broken("", "RKV-PKT-036", named(b"a.txt\0.exe")),
        "name-decomposed": Broken("", "RKV-PKT-036", named("søka\u030a.txt".encode())),
    },
    "duplicate names": {
        "name-twice": Broken("", "RKV-PKT-037", named(b"rkv.json")),
        "name-twice-in-another-case": Broken("", "RKV-PKT-037", named(b"RKV.JSON")),
        "mimetype-twice": Broken("", "RKV-PKT-037", named(b"mimetype")),
    },
    "local header differs": {
        "local-name-differs": Broken("", "RKV-PKT-038", plus(local_name=b"b.txt")),
        "local-size-differs": Broken("", "RKV-PKT-038", plus(local_size=9)),
        "descriptor-differs": Broken("", "RKV-PKT-038", plus(deflate=True, flags=8, descriptor=b"PK\7\10" + bytes(12))),
    },
    "encryption, methods, links": {
        "zip-encrypted": Broken("", "RKV-PKT-039", plus(flags=1)),
        "zip-method-lzma": Broken("", "RKV-PKT-039", plus(method=14)),
        "zip-version-9.3": Broken("", "RKV-PKT-039", lambda: needing(93)),
        "zip-symlink": Broken("", "RKV-PKT-039", plus(attributes=LINK)),
    },
    "XXE, billion laughs, DTD": {
        "laughs-in-the-manifest": Broken("", "RKV-PKT-015", with_doctype(BOMB, "manifest")),
        "laughs-in-arkivmelding": Broken("", "RKV-PKT-015", with_doctype(BOMB, "arkivmelding.xml")),
        "external-dtd": Broken("", "RKV-PKT-015", with_doctype(EXTERNAL, "arkivmelding.xml")),
        "external-entity": Broken("", "RKV-PKT-015", with_doctype(STOLEN, "arkivmelding.xml")),
        "xml-over-4-mib": Broken(
            "",
            "RKV-PKT-015",
            lambda: signed_as({**FILES, "arkivmelding.xml": b"<a>" + b"<b/>" * 2**20 + b"</a>"}),
            kept=False,
        ),
    },
    "signature stripped or not clear": {
        "no-signature-file": Broken("", "RKV-PKT-040", without(honest_parts.SIGNATURE)),
        "no-manifest": Broken("", "RKV-PKT-040", without(honest_parts.MANIFEST)),
        "two-manifests": Broken(
            "", "RKV-PKT-040", lambda: signed_as(FILES, {"META-INF/ASiCManifest2.xml": honest_parts.manifest_of(FILES)})
        ),
        "two-signatures": Broken("", "RKV-PKT-040", lambda: signed_as(FILES, {"META-INF/signature-2.p7s": b"x"})),
        "manifest-names-another-signature": Broken("", "RKV-PKT-040", elsewhere),
        "two-signers": Broken("", "RKV-PKT-005", lambda: with_manifest(honest_parts.manifest_of(FILES), signers=2)),
        "signature-not-detached": Broken(
            "", "RKV-PKT-005", lambda: with_manifest(honest_parts.manifest_of(FILES), attached=True)
        ),
    },
    "files not covered": {
        "file-not-covered": Broken("", "RKV-PKT-013", named(b"vedlegg-02.txt")),
        "covered-file-missing": Broken("", "RKV-PKT-013", without("vedlegg-01.txt")),
        "file-changed-after-signing": Broken("", "RKV-PKT-014", changed),
    },
    "unknown META-INF names": {
        "unknown-file-in-meta-inf": Broken("", "RKV-PKT-041", named(b"META-INF/evil.xml")),
        "time-stamp-in-meta-inf": Broken("", "RKV-PKT-041", named(b"META-INF/timestamp.tst")),
    },
    "encrypted but unsigned": {
        "sealed-but-unsigned": Broken("", "RKV-PKT-042", lambda: honest_parts.zipped(FILES)),
        "signer-is-not-the-sender": Broken(
            "", "RKV-PKT-005", lambda: with_manifest(honest_parts.manifest_of(FILES), signer="county")
        ),
    },
    "SHA-1 and short RSA": {
        "signature-sha1": Broken(
            "", "RKV-PKT-043", lambda: with_manifest(honest_parts.manifest_of(FILES), digest=hand_made.SHA1)
        ),
        "certificate-named-by-sha1": Broken(
            "", "RKV-PKT-043", lambda: with_manifest(honest_parts.manifest_of(FILES), named_by=hand_made.SHA1)
        ),
        "signer-rsa-1024": Broken("", "RKV-PKT-043", lambda: by_office(1024)),
    },
    "wrong recipient, forwarding": {
        "sealed-for-others": Broken("", "RKV-PKT-002", to_county()),
        "forwarded-under-a-new-seal": Broken("", "RKV-PKT-002", edited(forwarded)),
    },
    "oversized fields, hidden characters": {
        "text-too-long": Broken("", "RKV-PKT-044", edited(renamed_file("a" * 256))),
        "field-name-with-bidi": Broken(
            "", "RKV-PKT-044", text(lambda raw: raw.replace('"svarPaa"', '"svar\u202ePaa"'))
        ),
        "json-nested-40-deep": Broken(
            "",
            "RKV-PKT-044",
            text(lambda raw: raw.replace('"innhold":', f'"innhold":{DEEP},"x":')),
        ),
        "json-key-twice": Broken("", "RKV-PKT-016", text(lambda raw: raw.replace("{", '{"schema":"x",', 1))),
        "json-unknown-field": Broken("", "RKV-PKT-016", text(lambda raw: raw.replace("{", '{"x":1,', 1))),
    },
}
LIE = (
    b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<m:file-entry m:full-path="vedlegg-01.txt" m:media-type="application/x-msdownload"/></m:manifest>'
)


def listing_others() -> bytes:
    other = FILES["arkivmelding.xml"].replace(b"vedlegg-01.txt", b"vedlegg-09.txt")
    return signed_as({**FILES, "arkivmelding.xml": other})


def carrying(name: str, attachment: bytes) -> Callable[[], bytes]:
    return lambda: signed_as(honest_parts.files_with({name: attachment}))


def office(**files: bytes) -> bytes:
    """A word processor's file with more in it than a text."""
    inside = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **files}
    return raw_zip([RawEntry(name=name.encode(), data=content) for name, content in inside.items()])


def pdf(more: bytes) -> bytes:
    return honest_parts.PDF.replace(b"/Catalog", b"/Catalog " + more)


# What is opened, because it is whole and its sender's, and still must do no harm. The code is that of the finding.
TAKEN: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "unsigned-list-lies": ("", lambda: signed_as(FILES, {"META-INF/manifest.xml": LIE})),
    "name-turned-by-bidi": ("", edited(renamed_file("regning\u202efdp.exe"))),
    "archive-lists-other-files": ("RKV-PKT-019", listing_others),
    "attachment-program-named-pdf": ("RKV-PKT-045", carrying("vedlegg-01.pdf", b"MZ\x90\0" + bytes(60))),
    "attachment-page-named-txt": ("RKV-PKT-045", carrying("vedlegg-01.txt", b"<html><script>1</script></html>")),
    "attachment-docx-with-macros": (
        "RKV-PKT-045",
        carrying("vedlegg-01.docx", office(**{"word/vbaProject.bin": b"x"})),
    ),
    "attachment-docx-with-object": (
        "RKV-PKT-046",
        carrying("vedlegg-01.docx", office(**{"word/embeddings/oleObject1.bin": b"x"})),
    ),
    "attachment-pdf-with-script": ("RKV-PKT-046", carrying("vedlegg-01.pdf", pdf(b"/S /J#61vaScript /JS (x)"))),
    "attachment-pdf-that-launches": ("RKV-PKT-046", carrying("vedlegg-01.pdf", pdf(b"/S /Launch /F (cmd.exe)"))),
    "attachment-pdf-with-files": ("RKV-PKT-046", carrying("vedlegg-01.pdf", pdf(b"/Names << /EmbeddedFiles 3 0 R >>"))),
}
BROKEN: Mapping[str, Broken] = {
    name: Broken(row, one.code, one.make, one.opener, one.kept)
    for row, group in ROWS.items()
    for name, one in group.items()
}


def sealed_form(name: str) -> bytes:
    """The hostile file as it would come: sealed."""
    made = BROKEN[name].make()
    return made if is_sealed(made) else honest_parts.sealed(made)


def is_sealed(made: bytes) -> bool:
    """Whether a made file is the whole packet, and not the container alone."""
    return made[:1] == b"\x30"


def kept_files() -> Iterator[tuple[str, bytes]]:
    """Every file that lies in tests/data/broken/, by name."""
    for name, one in BROKEN.items():
        if one.kept:
            made = one.make()
            yield f"{name}.{'rkvpakke' if is_sealed(made) else 'asice'}", made
    for name, (_, make) in TAKEN.items():
        yield f"{name}.asice", make()
