# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.crypto import der


@given(st.binary(max_size=70_000))
def test_what_is_written_is_read_back(octets: bytes) -> None:
    assert der.parse(der.octet_string(octets)).octets() == octets


@given(st.integers(0, 2**62))
def test_numbers_are_read_back(value: int) -> None:
    assert der.parse(der.integer(value)).number() == value


def test_object_identifiers_are_encoded_as_the_standard_says() -> None:
    assert der.oid("1.2.840.113549.1.9.16.1.23") == bytes.fromhex("060b2a864886f70d0109100117")
    assert der.oid("2.16.840.1.101.3.4.1.46") == bytes.fromhex("060960864801650304012e")


def test_a_set_is_sorted() -> None:
    assert der.set_of(der.integer(2), der.integer(1)) == bytes.fromhex("3106020101020102")


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert der.parse(data).raw == data
    except der.MalformedError:
        pass


@pytest.mark.parametrize(
    "data",
    [
        "",
        "30",
        "0480",
        "1f0100",
        "3003020201",
        "308002010100",
        "30800000ff",
        "3002040100",
        "0489ffffffffffffffffff",
        "0000",
    ],
)
def test_what_is_not_whole_is_refused(data: str) -> None:
    with pytest.raises(der.MalformedError):
        der.parse(bytes.fromhex(data))


@pytest.mark.parametrize("data", ["0201ff", "0200", "0209010000000000000000", "040101"])
def test_what_is_no_number_is_not_read_as_one(data: str) -> None:
    with pytest.raises(der.MalformedError):
        der.parse(bytes.fromhex(data)).number()
