# SPDX-License-Identifier: MIT
"""Every way of building a hostile container that the packet design names has its own refusal (design, section 8)."""

import stat
import tracemalloc
from collections.abc import Callable

import pytest

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.packets.checking import check_signed_container
from rkv_app.packets.container import read_container
from rkv_app.packets.opening import Verdict, verify_packet
from support import packet_forgery as forgery
from support.packet_samples import MIMETYPE, RawEntry, mimetype_entry, raw_zip

START = mimetype_entry()


def zipped(*entries: RawEntry) -> bytes:
    return raw_zip([START, *entries])


def named(name: bytes) -> bytes:
    return zipped(RawEntry(name=name, data=b"x"))


def overlapping() -> bytes:
    first = RawEntry(name=b"a.txt", data=b"a" * 50)
    offset = 30 + 8 + len(MIMETYPE)
    return zipped(first, RawEntry(name=b"a.txt", data=b"a" * 50, offset=offset))


def end_record_in_comment() -> bytes:
    empty_end = b"PK\5\6" + bytes(18)
    return raw_zip([START], comment=empty_end)


def two_parts() -> bytes:
    data = bytearray(zipped())
    data[-22 + 4] = 1
    return bytes(data)


UNSAFE: dict[str, Callable[[], bytes]] = {
    "bytes_before_the_first_entry": lambda: raw_zip([START], prefix=b"#!/bin/sh\n"),
    "bytes_after_the_end": lambda: raw_zip([START], suffix=b"more"),
    "bytes_between_entries": lambda: zipped(RawEntry(name=b"a.txt", before=b"hidden")),
    "bytes_before_the_directory": lambda: raw_zip([START], gap=b"hidden"),
    "an_entry_that_is_not_listed": lambda: zipped(RawEntry(name=b"a.txt", data=b"x", listed=False)),
    "overlapping_entries": overlapping,
    "a_second_end_record": end_record_in_comment,
    "several_disks": two_parts,
    "cut_short": lambda: zipped(RawEntry(name=b"a.txt", data=b"x"))[:-30],
    "the_same_name_twice": lambda: zipped(RawEntry(name=b"a.txt"), RawEntry(name=b"a.txt", data=b"2")),
    "the_same_name_in_another_case": lambda: zipped(RawEntry(name=b"a.txt"), RawEntry(name=b"A.TXT")),
    "a_second_mimetype": lambda: zipped(mimetype_entry()),
    "names_that_differ_by_unicode_form": lambda: zipped(
        RawEntry(name="søk\u00e5.txt".encode(), flags=0x800), RawEntry(name="søka\u030a.txt".encode(), flags=0x800)
    ),
    "another_name_in_the_local_header": lambda: zipped(RawEntry(name=b"a.txt", local_name=b"b.txt")),
    "another_size_in_the_local_header": lambda: zipped(RawEntry(name=b"a.txt", data=b"x", local_size=9)),
    "a_descriptor_that_disagrees": lambda: zipped(
        RawEntry(name=b"a.txt", data=b"x", deflate=True, flags=8, descriptor=b"PK\7\10" + bytes(12))
    ),
    "an_encrypted_entry": lambda: zipped(RawEntry(name=b"a.txt", data=b"x", flags=1)),
    "an_unknown_method": lambda: zipped(RawEntry(name=b"a.txt", data=b"x", method=14)),
    "a_symbolic_link": lambda: zipped(RawEntry(name=b"a.txt", attributes=(stat.S_IFLNK | 0o777) << 16)),
    "a_device": lambda: zipped(RawEntry(name=b"a.txt", attributes=(stat.S_IFCHR | 0o600) << 16)),
    "a_folder": lambda: zipped(RawEntry(name=b"a", attributes=0x10)),
    "an_extra_field_that_renames": lambda: zipped(RawEntry(name=b"a.txt", extra=b"\x75\x70\x01\x00x")),
    "a_zip64_extra_field": lambda: zipped(RawEntry(name=b"a.txt", extra=b"\x01\x00\x08\x00" + bytes(8))),
    "a_broken_extra_field": lambda: zipped(RawEntry(name=b"a.txt", extra=b"\x0a\x00\x09\x00")),
    "a_wrong_checksum": lambda: zipped(RawEntry(name=b"a.txt", data=b"x", crc=7)),
    "content_that_does_not_inflate": lambda: zipped(RawEntry(name=b"a.txt", size=5, packed=b"\xff" * 9, method=8)),
    "content_cut_short": lambda: zipped(RawEntry(name=b"a.txt", size=5, packed=b"\x4b", method=8)),
    "bytes_after_the_deflated_content": lambda: zipped(
        RawEntry(name=b"a.txt", data=b"x", packed=b"\xab\x00\x00more", method=8)
    ),
    "a_path_upwards": lambda: named(b"../evil.txt"),
    "an_absolute_path": lambda: named(b"/etc/evil"),
    "a_backslash": lambda: named(b"..\\evil.txt"),
    "a_drive": lambda: named(b"C:evil.txt"),
    "an_alternate_data_stream": lambda: named(b"a.txt:evil"),
    "a_device_name": lambda: named(b"NUL.txt"),
    "a_dot_at_the_end": lambda: named(b"evil."),
    "a_space_at_the_end": lambda: named(b"evil "),
    "a_hidden_file": lambda: named(b".profile"),
    "a_folder_in_the_name": lambda: named(b"sub/evil.txt"),
    "a_zero_byte_in_the_name": lambda: named(b"a.txt\0.exe"),
    "an_empty_name": lambda: named(b""),
    "a_name_too_long": lambda: named(b"a" * 101),
    "an_unknown_name_in_meta_inf": lambda: named(b"META-INF/evil.xml"),
    "a_path_upwards_from_meta_inf": lambda: named(b"META-INF/../signature.p7s"),
}
# What has a code of its own; everything else is RKV-PKT-011.
SEEN_AS = {
    "RKV-PKT-034": "bytes_before_the_first_entry bytes_after_the_end bytes_between_entries bytes_before_the_directory "
    "an_entry_that_is_not_listed a_second_end_record",
    "RKV-PKT-035": "overlapping_entries",
    "RKV-PKT-036": "names_that_differ_by_unicode_form a_path_upwards an_absolute_path a_backslash a_drive "
    "an_alternate_data_stream a_device_name a_dot_at_the_end a_space_at_the_end a_hidden_file a_folder_in_the_name "
    "a_zero_byte_in_the_name an_empty_name a_name_too_long a_path_upwards_from_meta_inf",
    "RKV-PKT-037": "the_same_name_twice the_same_name_in_another_case a_second_mimetype",
    "RKV-PKT-038": "another_name_in_the_local_header another_size_in_the_local_header a_descriptor_that_disagrees",
    "RKV-PKT-039": "an_encrypted_entry an_unknown_method a_symbolic_link a_device a_folder",
    "RKV-PKT-041": "an_unknown_name_in_meta_inf",
}
CODE_OF = {name: code for code, names in SEEN_AS.items() for name in names.split()}
TOO_LARGE: dict[str, Callable[[], bytes]] = {
    "too_many_files": lambda: zipped(*(RawEntry(name=b"f%d.txt" % number) for number in range(300))),
    "a_huge_file": lambda: zipped(RawEntry(name=b"a.txt", size=201 * 2**20, packed=b"x" * 2**11, method=8)),
    "a_huge_sum": lambda: zipped(
        *(RawEntry(name=b"f%d.bin" % n, size=199 * 2**20, packed=bytes(2**20), method=8) for n in range(8))
    ),
    "a_bomb": lambda: zipped(RawEntry(name=b"a.txt", data=bytes(3 * 2**20), deflate=True)),
    "a_bomb_that_lies_about_its_size": lambda: zipped(
        RawEntry(name=b"a.txt", data=bytes(50 * 2**20), size=9, deflate=True)
    ),
}
NOT_OURS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a_pdf": lambda: b"%PDF-1.7 " * 9,
    "an_empty_zip": lambda: raw_zip([]),
    "a_zip_without_mimetype": lambda: raw_zip([RawEntry(name=b"a.txt", data=b"x")]),
    "mimetype_not_first": lambda: raw_zip([RawEntry(name=b"a.txt", data=b"x"), START]),
    "mimetype_deflated": lambda: raw_zip([RawEntry(name=b"mimetype", data=MIMETYPE, deflate=True)]),
    "mimetype_with_an_extra_field": lambda: raw_zip(
        [RawEntry(name=b"mimetype", data=MIMETYPE, extra=b"\x55\x54\x01\x00x")]
    ),
    "another_mimetype": lambda: raw_zip([RawEntry(name=b"mimetype", data=b"application/epub+zip")]),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_an_unsafe_container_is_refused(case: str) -> None:
    with pytest.raises(UserError) as caught:
        read_container(UNSAFE[case]())
    assert caught.value.code == CODE_OF.get(case, "RKV-PKT-011")


@pytest.mark.parametrize("case", TOO_LARGE)
def test_a_bomb_is_refused_without_being_unpacked(case: str) -> None:
    data = TOO_LARGE[case]()
    tracemalloc.start()
    try:
        with pytest.raises(UserError) as caught:
            read_container(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.code == "RKV-PKT-012"
    assert peak < 2**20


@pytest.mark.parametrize("case", NOT_OURS)
def test_another_kind_of_file_is_told_apart(case: str) -> None:
    with pytest.raises(UserError) as caught:
        read_container(NOT_OURS[case]())
    assert caught.value.code == "RKV-PKT-010"


def test_a_nested_archive_stays_closed() -> None:
    nested = zipped(RawEntry(name=b"a.txt", data=b"x"))
    assert read_container(zipped(RawEntry(name=b"b.zip", data=nested))).files["b.zip"] == nested


FILES = {"a.txt": b"one", "b.txt": b"two"}


def code_of(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        check_signed_container(data)
    return caught.value.code


def test_an_honest_container_made_by_hand_passes() -> None:
    assert check_signed_container(forgery.container(FILES)).container.files == FILES


def test_a_file_changed_after_signing_is_told_as_altered() -> None:
    data = forgery.container({**FILES, "b.txt": b"TWO"}, manifest=forgery.manifest_for(FILES))
    with pytest.raises(UserError) as caught:
        check_signed_container(data)
    assert (caught.value.code, caught.value.status) == ("RKV-PKT-014", ExitStatus.DAMAGED)


def test_a_file_that_is_not_covered_is_refused() -> None:
    assert code_of(forgery.container({**FILES, "c.txt": b"3"}, manifest=forgery.manifest_for(FILES))) == "RKV-PKT-013"


def test_a_covered_file_that_is_missing_is_refused() -> None:
    assert code_of(forgery.container({"a.txt": b"one"}, manifest=forgery.manifest_for(FILES))) == "RKV-PKT-013"


def test_a_manifest_that_points_at_another_signature_is_refused() -> None:
    manifest = forgery.manifest_for(FILES, "META-INF/signature-other.p7s")
    assert code_of(forgery.container(FILES, manifest=manifest)) == "RKV-PKT-040"


def test_a_second_manifest_is_refused() -> None:
    extra = {"META-INF/ASiCManifest2.xml": forgery.manifest_for(FILES)}
    assert code_of(forgery.container(FILES, extra=extra)) == "RKV-PKT-040"


def test_a_second_signature_is_refused() -> None:
    assert code_of(forgery.container(FILES, extra={"META-INF/signature-2.p7s": b"x"})) == "RKV-PKT-040"


def test_a_stripped_signature_is_refused() -> None:
    left = [entry for entry in forgery.entries(FILES) if entry.name != forgery.SIGNATURE.encode()]
    assert code_of(raw_zip(left)) == "RKV-PKT-040"


def test_a_container_without_any_signature_is_not_our_format() -> None:
    assert code_of(zipped(RawEntry(name=b"a.txt", data=b"x"))) == "RKV-PKT-010"


def test_a_manifest_exchanged_after_signing_is_told_as_altered() -> None:
    made = {entry.name: entry for entry in forgery.entries(FILES)}
    made[b"META-INF/ASiCManifest.xml"].data = forgery.manifest_for({**FILES, "b.txt": b"TWO"})
    made[b"b.txt"].data = b"TWO"
    report = verify_packet(raw_zip(list(made.values())), None)
    assert report.verdict is Verdict.REFUSED
    assert [finding.code for finding in report.findings] == ["RKV-PKT-005"]
