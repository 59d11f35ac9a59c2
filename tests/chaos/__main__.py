"""A storm as long as wanted: `python3 -m tests.chaos --rounds 500 --seed 7`.

The last line is one JSON object with the counts; the exit status is 1 if anything was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.chaos.storm import Storm
from tests.live.live_server import LiveServer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20261122)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="myllm-chaos-") as folder,
        LiveServer(Path(folder), MODELS="scripted", RUNS_PER_DEVICE=1000) as server,
    ):
        tally = asyncio.run(Storm(server, arguments.seed).rage(arguments.rounds))
        is_whole = not (tally.lost or tally.repeated or tally.amiss)
        if not is_whole:
            print(server.log, file=sys.stderr)
    print(json.dumps({"chaos": "scripted", "seed": arguments.seed, **asdict(tally)}))
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
