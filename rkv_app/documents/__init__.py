# SPDX-License-Identifier: MIT
"""Documents for people and archives: tagged PDF made from domain values. Only this room knows reportlab and pikepdf."""
