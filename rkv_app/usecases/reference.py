# SPDX-License-Identifier: MIT
"""The dated code lists that organisations may edit: Nav measures and legal bases."""

from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

from rkv_app.foundation.resources import resources_dir


def measures(language: str) -> Mapping[str, str]:
    """Returns Nav's measures (tiltak): code to label in `language` (nb, nn, en)."""
    return {entry["code"]: entry["label"][language] for entry in _read("measures.yaml")["measures"]}


def legal_bases(language: str) -> Mapping[str, str]:
    """Returns the grounds for sharing: code to label in `language` (nb, nn, en)."""
    return {entry["code"]: entry["label"][language] for entry in _read("legal_bases.yaml")["legal_bases"]}


def _read(name: str) -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    document: dict[str, Any] = yaml.load(resources_dir() / "reference" / name)
    return document
