# SPDX-License-Identifier: MIT
"""Roads to a final competence, and Nav's recommendation."""
