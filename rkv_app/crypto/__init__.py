# SPDX-License-Identifier: MIT
"""Keys, seals and signatures: the only caller of cryptographic libraries. Knows nothing of cases or packets."""
