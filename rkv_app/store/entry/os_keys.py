# SPDX-License-Identifier: MIT
"""The key store of the machine itself, opened by logging in: Windows' vault, macOS' keychain, Linux' Secret Service.

Only those: a library that finds none of them may offer a file in clear instead, and no secret goes there.
"""

import base64
import contextlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE: Final = "rkv_app"
_KEPT_BY_THE_SYSTEM: Final = frozenset(
    {
        "keyring.backends.Windows",
        "keyring.backends.macOS",
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
    }
)


class OsKeys:
    """Secrets by store, readable by the logged-in user's programs on this machine.

    Args:
        backend: the key store to use; the machine's own when None, looked for when it is first needed.
    """

    def __init__(self, backend: "KeyringBackend | None" = None) -> None:
        self._given = backend

    def available(self) -> bool:
        """Whether the machine has a key store that can be used now."""
        try:
            with _explained():
                return self._backend() is not None
        except UserError:
            return False

    def save(self, store_id: str, secret: bytes) -> None:
        """Keeps `secret` for the store, in place of an earlier one.

        Raises:
            UserError: RKV-STO-009 there is no key store, or it refused.
        """
        with _explained():
            backend = self._backend()
            if backend is None:
                raise _unavailable()
            backend.set_password(_SERVICE, store_id, base64.b64encode(secret).decode("ascii"))

    def read(self, store_id: str) -> bytes | None:
        """Returns the secret of the store; None where there is none, or it is not given out."""
        try:
            with _explained():
                backend = self._backend()
                kept = backend.get_password(_SERVICE, store_id) if backend else None
                return None if kept is None else base64.b64decode(kept, validate=True)
        except UserError:
            return None

    def forget(self, store_id: str) -> None:
        """Takes the secret of the store away, if there is one."""
        with contextlib.suppress(UserError), _explained():
            backend = self._backend()
            if backend is not None:
                backend.delete_password(_SERVICE, store_id)

    def _backend(self) -> "KeyringBackend | None":
        return self._given or _of_the_system()


def trusted(backends: Iterable["KeyringBackend"]) -> "KeyringBackend | None":
    """Returns the best of the key stores that the operating system itself keeps; None where there is none of them."""
    kept = [backend for backend in backends if _home(backend) in _KEPT_BY_THE_SYSTEM and backend.priority >= 1]
    return max(kept, key=lambda backend: backend.priority, default=None)


def _home(backend: "KeyringBackend") -> str:
    # One class for one system may lie in a package of its own.
    return ".".join(type(backend).__module__.split(".")[:3])


def _of_the_system() -> "KeyringBackend | None":
    import keyring

    chosen = keyring.get_keyring()
    # Several at once come as a chain, which would go on to the next, whichever it is, when the first one fails.
    links = getattr(chosen, "backends", None)
    return trusted((chosen,) if links is None else links)


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except UserError:
        raise
    except Exception as problem:
        # Each system's key store fails with errors of its own, which have no class in common.
        raise _unavailable() from problem


def _unavailable() -> UserError:
    return UserError(
        "RKV-STO-009",
        message("This machine's key store cannot be used."),
        message("Nothing was changed. Open the store with the passphrase."),
        ExitStatus.LOCKED,
    )
