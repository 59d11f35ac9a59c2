"""`python3 -m tests.chaos.kills --kills 100 --engine llama_cpp --temperature all --seed 7`.

A real server is killed with -9 at a drawn moment of each answer and started again. Its readers
come back with their cursors, and all that they ever received is held against what is stored.
The last line is one JSON object; the exit status is 1 if a single character was changed, lost
or doubled, if numbers had gaps, if an end was missing or told twice, or if an epoch changed.
With `--damage` the journal is spoiled after each kill; then a new epoch may change the text.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from pathlib import Path

from tests.chaos.damage import Damage, damages, no_damage
from tests.chaos.engines import ENGINES, settings
from tests.chaos.kill_series import KillSeries
from tests.chaos.score import Score
from tests.live.live_server import SERVE, LiveServer


def main() -> int:
    wanted = _arguments()
    with tempfile.TemporaryDirectory(prefix="myllm-kills-") as name:
        folder = Path(name)
        model = wanted.model or ENGINES[wanted.engine](folder)
        with LiveServer(folder, SERVE, **settings(model)) as server:
            damage = _damage(wanted)
            series = KillSeries(server, wanted.seed, wanted.temperature, wanted.tokens, damage)
            score = asyncio.run(series.run(wanted.kills))
            is_whole = score.is_whole and (bool(wanted.damage) or not score.epochs_changed)
            if not is_whole:
                print(server.log, file=sys.stderr)
    _print(wanted, score)
    return 0 if is_whole else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--engine", choices=ENGINES, default="llama_cpp")
    parser.add_argument("--model", help="a file or folder in place of the engine's small one")
    parser.add_argument("--temperature", choices=("0", "default", "all"), default="all")
    parser.add_argument("--tokens", type=int, default=160, help="of each answer")
    parser.add_argument("--damage", choices=damages(random.Random()))
    parser.add_argument("--seed", type=int, default=20261122)
    return parser.parse_args()


def _damage(wanted: argparse.Namespace) -> Damage:
    dice = random.Random(wanted.seed)
    return damages(dice)[wanted.damage] if wanted.damage else no_damage


def _print(wanted: argparse.Namespace, score: Score) -> None:
    figures = score.figures()
    for name, figure in figures.items():
        print(f"{name:>28}  {figure}")
    print(json.dumps({"figures": figures, **vars(wanted)}))


if __name__ == "__main__":
    sys.exit(main())
