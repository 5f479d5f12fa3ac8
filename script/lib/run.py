"""script/run: a command with the development servers up."""

import sys

from ivcentrum.processes import Programs, stop_on_signals
from ivcentrum.servers import ServerError, servers
from script.lib.setup import VAR, environment


def main() -> int:
    if not sys.argv[1:]:
        sys.exit("Gebruik: script/run <opdracht>, bijvoorbeeld script/run python manage.py shell")
    stop_on_signals()
    try:
        with Programs() as programs, servers(VAR, programs) as found:
            return programs.run(sys.argv[1:], env={"DEBUG": "1", **environment(**found)})
    except ServerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    sys.exit(main())
