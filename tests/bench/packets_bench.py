# SPDX-License-Identifier: MIT
"""How fast packets are made and opened, against zip, openssl and the bare primitives, and in how much memory."""

import contextlib
import hashlib
import io
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from stores import measure, seconds

from rkv_app.crypto.identity import pem_files
from rkv_app.domain.exchange import MessageType
from rkv_app.packets.build import Attachment, Draft, build_packet, build_packet_file
from rkv_app.packets.opening import open_packet, open_packet_file
from rkv_app.packets.streams import file_source
from support import packet_samples as samples
from support.memory import memory_for

_MIB = 1024 * 1024
_ROUNDS = 7
_SMALL_ROUNDS = 61
_SMALL = 200_000


def measures() -> list[dict[str, object]]:
    """Makes and opens packets of 200 KB, 100 MB and 1 GB, each in turn with what it is compared to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build, read = _small_ratios(folder)
        files = _files(folder, count=20, size=5 * 1_000_000)
        large_build, large_read = _large_ratios(folder, files)
        growth = _growths(folder, files)
        one = _growths(folder, _files(folder, count=1, size=190 * _MIB))
        huge = _growths(folder, _files(folder, count=8, size=125 * 1_000_000))
    return [
        measure("packet of 200 KB: sign and seal, against the bare primitives", build, 8.0),
        measure("packet of 200 KB: open and verify, against the bare primitives", read, 5.0),
        measure("packet of 100 MB: build, speed of zip -0 and openssl = 1", large_build, 0.8, at_least=True),
        measure("packet of 100 MB: open, speed of openssl and unzip -t = 1", large_read, 0.8, at_least=True),
        measure("memory to build a packet of 100 MB, MiB", growth[0], 32.0),
        measure("memory to open a packet of 100 MB, MiB", growth[1], 32.0),
        measure("memory to build a packet with one file of 190 MiB, MiB", one[0], 48.0),
        measure("memory to open a packet with one file of 190 MiB, MiB", one[1], 48.0),
        measure("memory to build a packet of 1 GB, MiB", huge[0], 48.0),
        measure("memory to open a packet of 1 GB, MiB", huge[1], 48.0),
    ]


def _files(folder: Path, *, count: int, size: int) -> list[Path]:
    paths = [folder / f"{size}-{number}.pdf" for number in range(count)]
    for path in paths:
        with path.open("wb") as file:
            file.write(b"%PDF-1.7")
            for start in range(0, size, _MIB):
                file.write(os.urandom(min(_MIB, size - start)))
    return paths


def _draft(files: Sequence[Path]) -> Draft:
    attachments = tuple(Attachment(path.name, "application/pdf", file_source(path)) for path in files)
    return samples.draft(MessageType.APPLICATION, attachments)


def _build(folder: Path, files: Sequence[Path]) -> Path:
    path = folder / "ours.rkvpakke"
    path.unlink(missing_ok=True)
    build_packet_file(
        _draft(files), path, identity=samples.identity("adviser"), recipients=[samples.to("county")], at=samples.AT
    )
    return path


def _open(path: Path) -> None:
    with open_packet_file(path, samples.identity("county"), folder=path.parent):
        pass


def _large_ratios(folder: Path, files: Sequence[Path]) -> tuple[float, float]:
    for name in ("adviser", "county"):
        for file, content in pem_files(samples.identity(name)).items():
            (folder / f"{name}-{file}").write_bytes(content)
    times: list[list[float]] = [[], [], [], []]
    for _ in range(_ROUNDS):
        times[0].append(seconds(lambda: _raw_build(folder, files)))
        times[1].append(seconds(lambda: _build(folder, files)))
        times[2].append(seconds(lambda: _raw_open(folder)))
        times[3].append(seconds(lambda: _open(folder / "ours.rkvpakke")))
    raw_build, build, raw_open, read = (statistics.median(each) for each in times)
    return raw_build / build, raw_open / read


def _raw_build(folder: Path, files: Sequence[Path]) -> None:
    (folder / "raw.zip").unlink(missing_ok=True)
    _run(folder, "zip", "-q", "-0", "raw.zip", *(path.name for path in files))
    recipients = [
        word
        for name in ("adviser", "county")
        for word in ("-recip", f"{name}-seal-cert.pem", "-keyopt", "ecdh_kdf_md:sha256")
    ]
    command = ("openssl", "cms", "-encrypt", "-aes-256-gcm", "-binary", "-stream", "-outform", "DER")
    _run(folder, *command, "-in", "raw.zip", "-out", "raw.p7m", *recipients)


def _raw_open(folder: Path) -> None:
    key = ("-inkey", "county-seal-key.pem", "-recip", "county-seal-cert.pem")
    _run(folder, *("openssl", "cms", "-decrypt", "-binary", "-inform", "DER"), "-in", "raw.p7m", "-out", "x.zip", *key)
    _run(folder, "unzip", "-tq", "x.zip")


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _small_ratios(folder: Path) -> tuple[float, float]:
    """How many times the bare primitives making and opening a small packet take.

    Of the making, 70 % is the signature, and of that nearly all is asn1crypto, which encodes every value anew at each
    level that pyHanko puts it into. The signed attributes are handed over encoded; the rest it makes by itself.
    """
    attachment = Attachment("a.pdf", "application/pdf", b"%PDF-1.7" + os.urandom(_SMALL - 60_000))
    draft = samples.draft(MessageType.APPLICATION, (attachment,))
    draft = replace(draft, main_document=b"%PDF-1.7" + os.urandom(60_000))
    adviser, county = samples.identity("adviser"), samples.identity("county")

    def build() -> bytes:
        return build_packet(draft, identity=adviser, recipients=[samples.to("county")], at=samples.AT).data

    packet = build()
    opened = open_packet(packet, county)
    files = {name: opened.documents[name] for name in opened.documents}
    sealed = _bare_build(files)
    times: list[list[float]] = [[], [], [], []]
    for _ in range(_SMALL_ROUNDS):
        times[0].append(_busy(lambda: _bare_build(files)))
        times[1].append(_busy(build))
        times[2].append(_busy(lambda: _bare_open(sealed)))
        times[3].append(_busy(lambda: open_packet(packet, county, folder=folder)))
    bare_build, ours_build, bare_open, ours_open = (statistics.median(each) for each in times)
    return ours_build / bare_build, ours_open / bare_open


def _busy(action: Callable[[], object]) -> float:
    """How long the processor works for one call: of few milliseconds, a busy machine takes more than it gives."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


_Sealed = tuple[bytes, bytes, bytes, bytes, ec.EllipticCurvePublicKey, bytes]


def _bare_build(files: dict[str, bytes]) -> _Sealed:
    adviser = samples.identity("adviser")
    digests = b"".join(hashlib.sha256(content).digest() for content in files.values())
    signature = adviser.signing_key.sign(digests, ec.ECDSA(hashes.SHA256()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            method = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, method)
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    for recipient in ("adviser", "county"):
        ephemeral = ec.generate_private_key(ec.SECP256R1())
        public = samples.identity(recipient).sealing_key.public_key()
        wrapped = keywrap.aes_key_wrap(_agreed(ephemeral, public), key)
    return AESGCM(key).encrypt(nonce, out.getvalue(), None), nonce, digests, signature, ephemeral.public_key(), wrapped


def _bare_open(sealed: _Sealed) -> None:
    ciphertext, nonce, digests, signature, public, wrapped = sealed
    key = keywrap.aes_key_unwrap(_agreed(samples.identity("county").sealing_key, public), wrapped)
    with zipfile.ZipFile(io.BytesIO(AESGCM(key).decrypt(nonce, ciphertext, None))) as archive:
        found = b"".join(hashlib.sha256(archive.read(name)).digest() for name in archive.namelist())
    if found != digests:
        raise AssertionError("it is not what was packed")
    samples.identity("adviser").signing_key.public_key().verify(signature, digests, ec.ECDSA(hashes.SHA256()))


def _agreed(own: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey) -> bytes:
    return X963KDF(hashes.SHA256(), 32, b"").derive(own.exchange(ec.ECDH(), other))


def _growths(folder: Path, files: Sequence[Path]) -> tuple[float, float]:
    """MiB that building and opening a packet of these files take beyond what a small packet takes."""
    command = [sys.executable, __file__, str(folder), *(str(path) for path in files)]
    built, read = subprocess.check_output(command, text=True).split()
    for path in files:
        path.unlink()
    return float(built), float(read)


def _print_growths(folder: Path, files: Sequence[Path]) -> None:
    small = _files(folder, count=1, size=_SMALL)
    _open(_build(folder, small))
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            print(memory_for(lambda: _build(folder, files)), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    print(memory_for(lambda: _open(folder / "ours.rkvpakke")))


if __name__ == "__main__":
    _print_growths(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
