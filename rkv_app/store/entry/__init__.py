# SPDX-License-Identifier: MIT
"""The way into a store: from a passphrase to an open database that can be trusted."""
