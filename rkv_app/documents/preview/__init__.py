# SPDX-License-Identifier: MIT
"""Pages of PDFs from strangers as pictures, drawn by a child process that can do nothing else."""
