"""What a CUDA graph does, on a CPU: Python runs once, then only its tensor operations again.

A number that the host computed for one step would be frozen in the graph and wrong in the next;
here as there.
"""

from __future__ import annotations

from torch.fx.experimental.proxy_tensor import make_fx

from inference.transformers_engine.model.static_decode import Compute


def replayed(compute: Compute) -> Compute:
    """Traces the computation over the tensors it closes over, which stay the same objects."""
    graph: Compute = make_fx(compute)()
    return graph
