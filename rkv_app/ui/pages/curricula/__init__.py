# SPDX-License-Identifier: MIT
"""The curricula in the store."""
