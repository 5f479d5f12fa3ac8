"""script/bench: the measurements, on throwaway servers and with the product's own settings."""

import sys

from ivcentrum.processes import Programs, stop_on_signals
from ivcentrum.servers import ServerError, throwaway_servers
from script.lib.console import prepare
from script.lib.setup import PYTHON, chromium, environment

# bench and screenshots are started alike, each by its own thin script.
MODULES = {"bench": "bench", "screenshots": "tests.screenshots"}


def main(name: str) -> int:
    prepare()
    stop_on_signals()
    try:
        with Programs() as programs, throwaway_servers(programs) as found:
            env = environment(**found, CHROMIUM_PATH=chromium())
            return programs.run([PYTHON, "-m", MODULES[name], *sys.argv[1:]], env=env)
    except ServerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    sys.exit(main("bench"))
