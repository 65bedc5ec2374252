# SPDX-License-Identifier: MIT
"""A case held against the county's list."""
