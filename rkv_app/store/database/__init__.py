# SPDX-License-Identifier: MIT
"""The database of a store: its tables, its trail, and the two engines that hold them."""
