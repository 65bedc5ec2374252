# SPDX-License-Identifier: MIT
"""The open store itself: its ways in, backups, check, locking, and facts."""
