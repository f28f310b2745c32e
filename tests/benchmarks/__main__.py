"""What does Microscribe do, how fast, and beside whom?

    python -m tests.benchmarks NAME [OPTIONS]

`python -m tests.benchmarks` lists the names, `python -m tests.benchmarks NAME --help` the options of one.
"""

from __future__ import annotations

import sys
from importlib import import_module

COMMANDS = {
    "sites": ("sites.command", "builds of whole sites, beside other generators"),
    "figures": ("figures", "feature visualization beside torch-lucent and Horama, a scan beside plain loops"),
    "feature_visualization": ("feature_visualization", "many units in one batch against one by one"),
    "gpu": ("gpu", "a GPU against the CPU: the same answers, and how much sooner"),
    "killed": ("killed", "commands that are killed at random changes of files: what is left wrong"),
    "live": ("live", "networks in a page on each device of a browser: the same answers, and how soon"),
    "lighthouse": ("lighthouse", "what Lighthouse says of the example articles"),
    "recipes": ("recipes", "settings of feature visualization side by side, as a sheet"),
    "scans": ("scans", "a scan against a plain loop over images in memory"),
    "workers": ("workers", "two workers against one"),
}


def main() -> None:
    """Run the benchmark that the first argument names, with the other arguments."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        lines = "".join(f"  {name:24}{words}\n" for name, (_, words) in COMMANDS.items())
        sys.exit(f"python -m tests.benchmarks NAME [OPTIONS]; the names are\n{lines}")
    sys.argv = [f"python -m tests.benchmarks {name}", *sys.argv[2:]]
    import_module(f"tests.benchmarks.{COMMANDS[name][0]}").main()


if __name__ == "__main__":
    main()
