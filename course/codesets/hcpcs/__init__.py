"""HCPCS Level II: supplies, drugs, equipment and services that CPT does not name.

from course.codesets import hcpcs
hcpcs.get("J1885").amount       # what one billing unit stands for
"""

from __future__ import annotations

from course.codesets.hcpcs.codes import EDITION, codes, forget, get, letters, normalise, terms
from course.codesets.hcpcs.model import Entry, is_shape

__all__ = ["EDITION", "Entry", "codes", "forget", "get", "is_shape", "letters", "normalise", "terms"]
