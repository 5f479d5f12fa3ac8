"""A program for test_servers.py: holds the servers up until it is told to stop, or killed."""

import json
import sys
from pathlib import Path

from ivcentrum.processes import Programs, stop_on_signals
from ivcentrum.servers import servers, throwaway_servers


def main() -> None:
    stop_on_signals()
    with Programs() as programs:
        place = sys.argv[1]
        up = servers(Path(place), programs) if place else throwaway_servers(programs)
        with up as found:
            sys.stdout.write(json.dumps(found) + "\n")
            sys.stdout.flush()
            sys.stdin.read()


if __name__ == "__main__":
    main()
