# SPDX-License-Identifier: MIT
"""The keys that the store works with, and the issuers of certificates that it believes."""
