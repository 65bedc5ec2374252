# SPDX-License-Identifier: MIT
"""A secret for quick unlocking goes into the machine's own key store, or nowhere."""

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import PasswordDeleteError

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.entry.os_keys import OsKeys, trusted

STORE = "6f0f2d4e-5c3b-4c8e-9b0a-0f6f1f2d3c4b"
SECRET = bytes(range(256))


class InMemory(KeyringBackend):
    """A key store with keyring's own interface that keeps what it is given."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("none")
        del self.kept[service, username]


class Refusing(InMemory):
    """A key store whose owner says no when asked, with an error of its own."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionError(f"no {service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise LookupError(f"no {service} {username}")

    def delete_password(self, service: str, username: str) -> None:
        raise OSError(f"no {service} {username}")


def test_a_secret_is_there_until_it_is_forgotten() -> None:
    backend = InMemory()
    keys = OsKeys(backend)
    assert keys.available()
    assert keys.read(STORE) is None
    keys.save(STORE, b"earlier")
    keys.save(STORE, SECRET)
    assert OsKeys(backend).read(STORE) == SECRET
    assert list(backend.kept) == [("rkv_app", STORE)]
    keys.forget(STORE)
    keys.forget(STORE)
    assert backend.kept == {}
    assert keys.read(STORE) is None


def test_what_somebody_else_put_there_is_no_secret() -> None:
    backend = InMemory()
    backend.kept["rkv_app", STORE] = "not base64 æøå"
    assert OsKeys(backend).read(STORE) is None


def test_a_key_store_that_refuses_is_a_plain_refusal_without_the_secret() -> None:
    keys = OsKeys(Refusing())
    with pytest.raises(UserError) as refused:
        keys.save(STORE, SECRET)
    assert (refused.value.code, refused.value.status) == ("RKV-STO-009", ExitStatus.LOCKED)
    assert STORE not in f"{refused.value!r} {refused.value}"
    assert keys.read(STORE) is None
    keys.forget(STORE)


class PlaintextKeyring(InMemory):
    """What a library of other key stores offers: a file in clear, as good as any if one goes by its word."""

    __module__ = "keyrings.alt.file"


class OwnKeyStore(InMemory):
    """Poses as the one that an operating system keeps."""

    __module__ = "keyring.backends.SecretService"


class Forgotten(InMemory):
    """Poses as one the system keeps, but not recommended."""

    __module__ = "keyring.backends.kwallet"
    priority = 0.5


# keyring offers every class there is to the whole process; other tests must not be given these.
KeyringBackend._classes -= {InMemory, Refusing, PlaintextKeyring, OwnKeyStore, Forgotten}


def test_no_secret_goes_where_the_system_does_not_keep_it() -> None:
    untrusted = [InMemory(), PlaintextKeyring(), null.Keyring(), fail.Keyring(), chainer.ChainerBackend(), Forgotten()]
    assert trusted(untrusted) is None
    own = OwnKeyStore()
    assert trusted([*untrusted, own]) is own


@pytest.mark.parametrize(
    "backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "no.such.Keyring"]
)
def test_a_machine_without_a_key_store_says_so(backend: str, tmp_path: Path) -> None:
    program = (
        "from rkv_app.store.entry.os_keys import OsKeys\n"
        "from rkv_app.foundation.errors import UserError\n"
        "keys = OsKeys()\n"
        "print(keys.available(), keys.read('a'), keys.forget('a'))\n"
        "try:\n    keys.save('a', b'secret')\nexcept UserError as refused:\n    print(refused.code)\n"
    )
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": backend, "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("False None None\nRKV-STO-009\n", "")


def test_the_key_stores_are_looked_for_when_they_are_needed() -> None:
    program = "import sys; from rkv_app.store.entry.os_keys import OsKeys; OsKeys(); sys.exit('keyring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


LOGGED_IN = 'printf %s "$0" | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"'
USING = """
import sys
from rkv_app.store.entry.os_keys import OsKeys
assert OsKeys().available()
OsKeys().save(sys.argv[1], bytes(range(256)))
OsKeys().save(sys.argv[1] + "-other", b"other")
assert OsKeys().read(sys.argv[1]) == bytes(range(256))
OsKeys().forget(sys.argv[1])
assert OsKeys().read(sys.argv[1]) is None
assert OsKeys().read(sys.argv[1] + "-other") == b"other"
print("kept and forgotten")
"""


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")), reason="no Secret Service here"
)
def test_a_real_secret_service_keeps_and_forgets(tmp_path: Path, own_home: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    environment["XDG_RUNTIME_DIR"] = str(runtime)
    session = ["dbus-run-session", "--", "sh", "-c", LOGGED_IN, "a login password", sys.executable, "-c", USING, STORE]
    done = subprocess.run(session, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "kept and forgotten\n", done.stderr
    kept = [path.read_bytes() for path in own_home.rglob("*.keyring")]
    assert kept
    assert not any(base64.b64encode(b"other") in content for content in kept)
