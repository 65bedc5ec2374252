# SPDX-License-Identifier: MIT
"""Trades that somebody's experience may be worth talking about."""
