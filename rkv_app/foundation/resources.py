# SPDX-License-Identifier: MIT
"""Where the data folders lie: inside an installed package, in a checkout, or in a frozen bundle; and our own."""

import sys
from functools import cache
from pathlib import Path


@cache
def _data_root() -> Path:
    package = Path(__file__).resolve().parents[1]
    bundled = Path(getattr(sys, "_MEIPASS", package)) / "rkv_app" / "_data"
    for candidate in (bundled, package / "_data"):
        if candidate.is_dir():
            return candidate
    return package.parent


def forms_dir() -> Path:
    """Folder of form definitions, `<form-id>/<version>.yaml`."""
    return _data_root() / "forms"


def own_forms_dir() -> Path:
    """Folder of the organisation's own form definitions, laid out as ours; it need not be there."""
    import platformdirs

    return platformdirs.user_data_path("rkv_app", appauthor=False) / "forms"


def own_packets_dir() -> Path:
    """Folder of the forms and lists that were added as a whole, see `added_packets`; it need not be there."""
    import platformdirs

    return platformdirs.user_data_path("rkv_app", appauthor=False) / "form-packets"


def translations_dir() -> Path:
    """Folder of gettext catalogues, `<language>/LC_MESSAGES/rkv_app.mo`."""
    return _data_root() / "translations"


def resources_dir() -> Path:
    """Folder of shipped data files: catalogue, reference, fonts, icons, theme."""
    return _data_root() / "resources"


def state_folder() -> Path:
    """This user's folder for what the program remembers of stores between runs; nothing that anybody would miss."""
    import platformdirs

    return platformdirs.user_state_path("rkv_app", appauthor=False) / "stores"


def own_lists_folders() -> tuple[Path, ...]:
    """Where an organisation's own lists may lie: the machine's folder for settings, then this user's, which wins."""
    import platformdirs

    dirs = platformdirs.PlatformDirs("rkv_app", appauthor=False)
    return dirs.site_config_path / "reference", dirs.user_config_path / "reference"


def cache_folder() -> Path:
    """This user's folder for public data that was fetched and can be fetched again, such as curricula."""
    import platformdirs

    return platformdirs.user_cache_path("rkv_app", appauthor=False)
