"""script/fix: repair what the tools can repair, then show what is left."""

import subprocess
import sys

from script.lib import check
from script.lib.setup import ROOT, VENV


def main() -> int:
    pages = check.templates()
    for command in (
        ["ruff", "check", "--fix", "--quiet", "."],
        ["ruff", "format", "--quiet", "."],
        ["djade", "--target-version", "5.2", *pages],
        ["djhtml", "--tabwidth", "2", *pages],
    ):
        subprocess.run([VENV / "bin" / command[0], *command[1:]], cwd=ROOT, check=False)
    return check.main()


if __name__ == "__main__":
    sys.exit(main())
