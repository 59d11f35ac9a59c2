"""The least sampling options that float32 computes with.

Divided by less, scores overflow to infinity and their differences to not-a-number. At these values
the effect is complete already: the likeliest token is certain, or only repetition is left. Both
together leave scores of up to a million finite.
"""

from __future__ import annotations

LEAST_TEMPERATURE = 1e-25
LEAST_PENALTY = 1e-6
