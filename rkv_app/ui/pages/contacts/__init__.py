# SPDX-License-Identifier: MIT
"""Who this store knows, and its own card."""
