"""Runs one variant, with the marks of countercheck around its steps."""

import argparse
import importlib
import json
import os
import sys

if not __package__:  # started by its path: the package is not where Python looks
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import countercheck
from countercheck.diffusion.digest import digest
from countercheck.diffusion.states import STATES, initial
from countercheck.diffusion.variants import VARIANTS, listing

USAGE, NOT_RUN = 3, 6  # as countercheck-workload ends
# Who starts threads by itself reads one of these when it is imported.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMEXPR_MAX_THREADS")


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(USAGE, f"countercheck.diffusion: {message}\n")


def whole(least):
    def read(text):
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"'{text}' is no whole number from {least} on")
        return int(text)

    return read


def asked():
    parser = Parser(prog="countercheck.diffusion", description=__doc__, allow_abbrev=False)
    parser.add_argument("variant", nargs="?", help="as --list shows them; the family's name may stand before: python/lists")
    parser.add_argument("--list", action="store_true", help="tell all variants as JSON")
    parser.add_argument("--size", type=whole(3), default=128, help="edge of the grid in cells (%(default)s)")
    parser.add_argument("--iterations", type=whole(1), default=50, help="steps in the region (%(default)s)")
    parser.add_argument("--initial", choices=STATES, default="block", help="initial state (%(default)s)")
    parser.add_argument("--seed", type=whole(0), default=1, help="of the random initial state (%(default)s)")
    parser.add_argument("--threads", type=whole(1), default=1, help="of numexpr and of what is below numpy (%(default)s)")
    parser.add_argument("--passive-wait", action="store_true", help="threads sleep while they wait, as they do anyway")
    request = parser.parse_args()
    if not request.list and request.variant is None:
        parser.error("which variant? --list shows them")
    return request


def find_variant(name):
    for variant in VARIANTS:
        if name in (variant.name, "python/" + variant.name):
            return variant
    sys.exit(complain(f"there is no variant '{name}'; there are {', '.join(one.name for one in VARIANTS)}", USAGE))


def complain(sentence, status):
    print(f"countercheck.diffusion: {sentence}", file=sys.stderr)
    return status


def main():
    request = asked()
    if request.list:
        print(json.dumps(listing(), indent=2))
        return 0
    variant = find_variant(request.variant)
    if variant.missing():
        return complain(f"{variant.name} cannot be run: {variant.missing()}", NOT_RUN)
    for name in THREADS:
        os.environ[name] = str(request.threads)
    scheme = importlib.import_module("countercheck.diffusion." + variant.module)
    region = countercheck.region(items=request.size**2 * request.iterations)
    grid = scheme.run(initial(request.initial, request.size, request.seed), request.iterations, region)
    parts = digest(grid)
    for part in parts:
        countercheck.digest_real(part)
    print(f"python/{variant.name}: {request.size} x {request.size} doubles, {request.iterations} iterations, sum {parts[0]:.6g}")
    return 0


sys.exit(main())
