# SPDX-License-Identifier: MIT
"""The files beside a store's database."""
