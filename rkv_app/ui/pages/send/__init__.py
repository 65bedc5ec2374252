# SPDX-License-Identifier: MIT
"""Sending an application to the county."""
