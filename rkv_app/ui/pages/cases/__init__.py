# SPDX-License-Identifier: MIT
"""The adviser's list of cases."""
