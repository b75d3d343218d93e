"""Compute a seating in a process of its own, so that nothing else in this one waits for it.

`python -m models.encounters.seating.process` reads what is asked (pickled) and writes lines of progress, then the plan.
Both ends are this program, on one machine.
"""

import os
import pickle
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from pathlib import Path

from models.encounters.seating.seat import WishesClash, seat
from models.encounters.seating.wanted import Plan, Round, Wanted
from models.encounters.seating.wishes import contradictions

ROOT = Path(__file__).resolve().parents[3]
NICER = 5


class SearchFailed(RuntimeError):
    """The other process ended without a plan: it was killed, or the machine has no room."""


def seat_apart(
    wanted: Wanted, *, seed: int, told: Callable[[float, int], None], planned: Sequence[Round] = ()
) -> Plan:
    """Return the plan that `seat` makes, computed in a process of its own; `told` hears how far it is, and its best.

    Raises `WishesClash` before anything is begun, and `SearchFailed`.
    """
    if found := contradictions(wanted):
        raise WishesClash(found)
    with subprocess.Popen(
        [sys.executable, "-m", "models.encounters.seating.process"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as search:
        assert search.stdin is not None and search.stdout is not None
        try:
            search.stdin.write(b64encode(pickle.dumps((wanted, seed, tuple(planned)))))
            search.stdin.close()
            for line in search.stdout:
                kind, _, rest = line.partition(b" ")
                if kind == b"plan":
                    plan: Plan = pickle.loads(b64decode(rest))
                    return plan
                part, best = rest.split()
                told(float(part), int(best))
        except BrokenPipeError:
            pass
        finally:
            search.kill()
    raise SearchFailed


def main() -> None:
    """Compute what comes in, and write what comes of it."""
    os.nice(NICER)
    wanted, seed, planned = pickle.loads(b64decode(sys.stdin.buffer.read()))

    def told(part: float, best: int) -> bool:
        print(f"at {part:.3f} {best}", flush=True)
        return True

    plan = seat(wanted, seed=seed, told=told, planned=planned)
    print("plan " + b64encode(pickle.dumps(plan)).decode(), flush=True)


if __name__ == "__main__":
    main()
