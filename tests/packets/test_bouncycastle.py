# SPDX-License-Identifier: MIT
"""A second maker's library, BouncyCastle, opens and checks what we seal and sign, and we what it seals and signs."""

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from rkv_app.crypto.envelope import CertificateRecipient, CodeRecipient, OpenWith, SealTo, SpokenCode, seal, unseal
from rkv_app.crypto.signing import sign_detached, verify_detached
from support import hand_made

JARS = [Path("/usr/share/java") / name for name in ("bcprov.jar", "bcpkix.jar", "bcutil.jar")]
SOURCE = Path(__file__).resolve().parents[1] / "support" / "bouncycastle" / "Cms.java"
PLAIN = bytes(range(256)) * 3000
COUNTY, OFFICE = hand_made.identity("county"), hand_made.office("office")
RECIPIENTS: dict[str, SealTo] = {
    "rsa": CertificateRecipient(OFFICE.certificate),
    "ec": CertificateRecipient(COUNTY.sealing_certificate),
    "code": CodeRecipient(hand_made.CODE),
}
OPENERS: dict[str, OpenWith] = {"rsa": OFFICE, "ec": COUNTY, "code": SpokenCode(hand_made.CODE)}
TOLD = {"rsa": "rsa:rsa.crt", "ec": "ec:ec.crt", "code": f"code:{hand_made.CODE}"}

BouncyCastle = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def bouncy_castle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BouncyCastle]:
    """Runs Cms.java in a folder that has the keys; the working folder is `bouncy_castle.folder`."""
    lacking = [str(jar) for jar in JARS if not jar.exists()]
    if lacking or not shutil.which("javac"):
        pytest.skip(
            f"javac or {', '.join(lacking) or 'the JDK'} is not installed (libbcpkix-java, default-jdk-headless)"
        )
    folder = tmp_path_factory.mktemp("bouncycastle")
    path = ":".join(str(jar) for jar in JARS)
    made = subprocess.run(
        ["javac", "-nowarn", "-cp", path, "-d", str(folder), str(SOURCE)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert made.returncode == 0, made.stderr
    _write_keys(folder)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{path}:{folder}", "Cms", *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    run.folder = folder  # type: ignore[attr-defined]
    yield run
    shutil.rmtree(folder, ignore_errors=True)


def _write_keys(folder: Path) -> None:
    pairs = {
        "rsa": (OFFICE.private_key, OFFICE.certificate),
        "ec": (COUNTY.sealing_key, COUNTY.sealing_certificate),
        "sign": (COUNTY.signing_key, COUNTY.signing_certificate),
    }
    for name, (key, certificate) in pairs.items():
        (folder / f"{name}.crt").write_bytes(certificate)
        (folder / f"{name}.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    (folder / "plain").write_bytes(PLAIN)


def folder_of(bouncy_castle: BouncyCastle) -> Path:
    folder = bouncy_castle.folder  # type: ignore[attr-defined]
    assert isinstance(folder, Path)
    return folder


@pytest.mark.parametrize("kind", RECIPIENTS)
def test_it_opens_what_we_seal_to_all_kinds_of_receivers(bouncy_castle: BouncyCastle, kind: str) -> None:
    folder = folder_of(bouncy_castle)
    with (folder / "ours").open("wb") as sealed:
        seal(io.BytesIO(PLAIN), sealed, list(RECIPIENTS.values()))
    named = hand_made.CODE if kind == "code" else f"{kind}.crt"
    done = bouncy_castle("open", kind, named, f"{kind}.key", "ours", f"opened-{kind}")
    assert done.returncode == 0, done.stderr
    assert (folder / f"opened-{kind}").read_bytes() == PLAIN


def test_it_does_not_open_what_was_changed_on_the_way(bouncy_castle: BouncyCastle) -> None:
    folder = folder_of(bouncy_castle)
    out = io.BytesIO()
    seal(io.BytesIO(PLAIN), out, [RECIPIENTS["ec"]])
    changed = bytearray(out.getvalue())
    changed[-1] ^= 1
    (folder / "changed").write_bytes(changed)
    assert bouncy_castle("open", "ec", "ec.crt", "ec.key", "changed", "opened-changed").returncode != 0


def test_we_open_what_it_seals_to_all_kinds_of_receivers(bouncy_castle: BouncyCastle) -> None:
    done = bouncy_castle("seal", "plain", "theirs", *TOLD.values())
    assert done.returncode == 0, done.stderr
    sealed = (folder_of(bouncy_castle) / "theirs").read_bytes()
    for opener in OPENERS.values():
        out = io.BytesIO()
        unseal(io.BytesIO(sealed), out, opener)
        assert out.getvalue() == PLAIN


def test_it_holds_our_signature_for_good_and_not_over_other_bytes(bouncy_castle: BouncyCastle) -> None:
    folder = folder_of(bouncy_castle)
    (folder / "ours.p7s").write_bytes(sign_detached(PLAIN, COUNTY, hand_made.AT))
    (folder / "other").write_bytes(PLAIN + b"x")
    done = bouncy_castle("verify", "plain", "ours.p7s")
    assert done.returncode == 0, done.stderr
    assert bouncy_castle("verify", "other", "ours.p7s").returncode != 0


@pytest.mark.parametrize(("name", "certificate"), [("sign", COUNTY.signing_certificate), ("rsa", OFFICE.certificate)])
def test_we_hold_its_signature_for_good(bouncy_castle: BouncyCastle, name: str, certificate: bytes) -> None:
    done = bouncy_castle("sign", "plain", "theirs.p7s", f"{name}.crt", f"{name}.key")
    assert done.returncode == 0, done.stderr
    found = verify_detached((folder_of(bouncy_castle) / "theirs.p7s").read_bytes(), PLAIN)
    assert (found.certificate, found.weak) == (certificate, False)
