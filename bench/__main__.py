"""`make bench`: measure, print tables, and one line of JSON."""

import json
import tempfile
from pathlib import Path

from bench import page_weight, room_follows, vote_to_projector


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="handslag-bench-") as folder:
        weights = page_weight.measure(Path(folder))
        delays = vote_to_projector.measure(Path(folder))
        followings = room_follows.measure(Path(folder))
    print("Page weight at slow 4G (1.6 Mbps, 150 ms, CPU × 4), nothing cached\n")
    print(page_weight.table(weights))
    print("\nFrom a vote to the projector\n")
    print(vote_to_projector.table(delays))
    print("\nA room that follows\n")
    print(room_follows.table(followings))
    told = {
        "page_weight": page_weight.as_json(weights),
        "vote_to_projector": vote_to_projector.as_json(delays),
        "room_follows": room_follows.as_json(followings),
    }
    print("\n" + json.dumps(told))


if __name__ == "__main__":
    main()
