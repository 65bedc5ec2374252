# SPDX-License-Identifier: MIT
"""Applications in the shapes that others take: loose files for eFormidling, an encrypted container for Fiks IO."""
