# SPDX-License-Identifier: MIT
"""What keeps a store, and mends it."""
