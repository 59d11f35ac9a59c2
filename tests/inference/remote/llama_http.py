"""llama.cpp's own HTTP server on loopback, in a process that ends with its standard input.

python3 -m tests.inference.remote.llama_http MODEL.gguf KEY CONTEXT_TOKENS
"""

from __future__ import annotations

import sys

import xllamacpp


def main(model: str, key: str, context: str) -> None:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.n_parallel = 2
    parameters.n_ctx = int(context)
    parameters.kv_unified = True
    parameters.fit_params = False
    parameters.use_jinja = True
    parameters.verbosity = 0
    parameters.endpoint_metrics = True
    parameters.warmup = False
    parameters.api_keys = [key]
    # A sampled answer may end before the test that reads it is done with it.
    parameters.sampling.temp = 0.0
    server = xllamacpp.Server(parameters)
    server.handle_metrics()
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
