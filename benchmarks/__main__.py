"""Run the benchmarks: ``python -m benchmarks [--smoke] [NAME…]``.

Every module of this package with a ``run(smoke)`` is one benchmark; what it returns is printed as a
table.  A ratio is taken against a baseline of the same run, so that a slow machine is no excuse.
Several run one after the other, each in a process of its own: what one leaves behind, threads and
widgets, is no part of what the next one measures.
"""

import argparse
import importlib
import pkgutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run what was asked for; everything by default."""
    names = sorted(one.name for one in pkgutil.iter_modules([str(HERE)]) if one.name != "__main__")
    asked = argparse.ArgumentParser(prog="benchmarks", description="Measure what is promised.")
    asked.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(names)}")
    asked.add_argument("--smoke", action="store_true", help="small and quick: does it run at all?")
    given = asked.parse_args()
    if unknown := set(given.names) - set(names):
        asked.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {names}")
    wanted = given.names or names
    if len(wanted) == 1:
        measure(wanted[0], smoke=given.smoke)
        return
    flags = ["--smoke"] if given.smoke else []
    failed = [
        name
        for name in wanted
        if subprocess.run(
            [sys.executable, "-m", "benchmarks", name, *flags], check=False
        ).returncode
    ]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def measure(name: str, *, smoke: bool) -> None:
    """Run one benchmark in this process and print what it returns."""
    for folder in ("src", "tests"):  # the small scheme and the faulty disk live with the tests
        sys.path.insert(0, str(HERE.parent / folder))
    began = time.perf_counter()
    figures = importlib.import_module(f"benchmarks.{name}").run(smoke)
    print(f"\n{name}  ({time.perf_counter() - began:.1f} s)", flush=True)
    width = max(map(len, figures), default=0)
    for what, figure in figures.items():
        shown = f"{figure:,.2f}" if isinstance(figure, float) else f"{figure}"
        print(f"  {what:<{width}}  {shown:>12}")


if __name__ == "__main__":
    main()
