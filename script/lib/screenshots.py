"""script/screenshots: the pictures of README.md and the manual, made anew."""

import sys

from script.lib.bench import main

if __name__ == "__main__":
    sys.exit(main("screenshots"))
