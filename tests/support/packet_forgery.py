# SPDX-License-Identifier: MIT
"""Takes an honest packet apart and puts it together wrongly, as somebody with keys of their own could."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping

from rkv_app.crypto.envelope import CodeRecipient, SpokenCode, seal, unseal
from rkv_app.crypto.signing import sign_detached
from rkv_app.packets.container import Container, read_container
from rkv_app.packets.manifest import Manifest, Reference, write_manifest
from support import packet_samples as samples
from support.packet_samples import RawEntry

SIGNATURE = "META-INF/signature-00000000-0000-4000-8000-000000000000.p7s"


def inner(packet: bytes) -> bytes:
    """The container in a packet that was sealed to the sample code."""
    out = io.BytesIO()
    unseal(io.BytesIO(packet), out, SpokenCode(samples.CODE))
    return out.getvalue()


def sealed(container: bytes) -> bytes:
    """Any bytes sealed to the sample code."""
    out = io.BytesIO()
    seal(io.BytesIO(container), out, [CodeRecipient(samples.CODE)])
    return out.getvalue()


def honest() -> Container:
    """What an honest packet holds."""
    return read_container(inner(samples.built().data))


def with_message(files: Mapping[str, bytes], change: Callable[[dict[str, object]], None]) -> dict[str, bytes]:
    """The files with `rkv.json` changed."""
    tree = json.loads(files["rkv.json"])
    change(tree)
    return {**files, "rkv.json": json.dumps(tree, ensure_ascii=False).encode()}


def manifest_for(files: Mapping[str, bytes], signature_name: str = SIGNATURE) -> bytes:
    """An honest manifest of any files."""
    references = tuple(Reference(name, "a/b", hashlib.sha256(data).digest()) for name, data in files.items())
    return write_manifest(Manifest(signature_name, references))


def entries(
    files: Mapping[str, bytes],
    *,
    manifest: bytes | None = None,
    signer: str = "adviser",
    extra: Mapping[str, bytes] | None = None,
) -> list[RawEntry]:
    """The entries of a container with these files, signed by one of the sample parties."""
    signed = manifest_for(files) if manifest is None else manifest
    everything = {
        **files,
        "META-INF/ASiCManifest.xml": signed,
        SIGNATURE: sign_detached(signed, samples.identity(signer), samples.AT),
        **(extra or {}),
    }
    return [samples.mimetype_entry(), *(RawEntry(name=name.encode(), data=data) for name, data in everything.items())]


def container(files: Mapping[str, bytes], **options: object) -> bytes:
    """The container of `entries`."""
    return samples.raw_zip(entries(files, **options))  # type: ignore[arg-type]
