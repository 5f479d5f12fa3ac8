"""Where every script begins: check Python, set up, then go on in the project's own environment.

The script, this and the program it becomes are one and the same process, so that whoever stops the
script stops everything.
"""

import os
import sys

OLDEST = (3, 11)


def main() -> None:
    name, arguments = sys.argv[1], sys.argv[2:]
    if sys.version_info < OLDEST:
        sys.exit("IV-centrum heeft Python 3.11 of nieuwer nodig; dit is " + sys.version.split()[0])

    from script.lib import console, setup  # noqa: PLC0415  # an older Python cannot read them

    console.prepare()
    # Hundreds of processes come from here; each would compile the product and its tests anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    tests = name in {"setup", "test", "check", "fix", "run", "bench", "screenshots"}
    partial = "--fast" in arguments or name != "test"
    try:
        browser = name == "screenshots" or not partial
        setup.set_up(tests=tests, browser=browser, mail=name == "test")
    except console.SetupError as trouble:
        sys.exit(f"\n{trouble}")
    except KeyboardInterrupt:
        sys.exit(130)
    if name == "setup":
        console.say("Klaar: alles staat er.")
        return
    os.environ["PATH"] = f"{setup.VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.execv(setup.PYTHON, [str(setup.PYTHON), "-m", f"script.lib.{name}", *arguments])


if __name__ == "__main__":
    main()
