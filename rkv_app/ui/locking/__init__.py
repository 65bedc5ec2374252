# SPDX-License-Identifier: MIT
"""Locking: what asks for it, what is kept of the window meanwhile, and the way out of an open store."""
