# SPDX-License-Identifier: MIT
"""rkv_app: prior learning documented against the Norwegian national curriculum, handed over signed and sealed."""

__version__ = "0.1.0"
