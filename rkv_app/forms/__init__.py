# SPDX-License-Identifier: MIT
"""The form engine: forms as data, what they ask, when, and whether the answers hold."""
