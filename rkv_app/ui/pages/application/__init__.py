# SPDX-License-Identifier: MIT
"""One application as the county reads it."""
