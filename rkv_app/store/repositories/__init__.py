# SPDX-License-Identifier: MIT
"""What the domain keeps, one module for each repository of `rkv_app.domain.ports`."""
