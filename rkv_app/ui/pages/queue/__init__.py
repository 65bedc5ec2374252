# SPDX-License-Identifier: MIT
"""The county's queue of applications."""
