"""touch_pages.py [--before N] [--region N] [--after N] [--entries K] [--fail] [--known-afterwards]

Touches fresh pages of 4 KiB, a known number at each place, and marks the region among them, as touch_pages.cpp does.
"""

import argparse
import mmap

import countercheck

PAGE = 4096

parser = argparse.ArgumentParser()
for place in ("--before", "--region", "--after"):
    parser.add_argument(place, type=int, default=0)
parser.add_argument("--entries", type=int, default=1)
parser.add_argument("--fail", action="store_true", help="leave the region by an exception")
parser.add_argument("--known-afterwards", action="store_true", help="tell the work items within the region")
wanted = parser.parse_args()


def fresh(pages):
    """Mapping takes no fault, touching exactly one a page."""
    if pages == 0:
        return b""
    memory = mmap.mmap(-1, pages * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.madvise(mmap.MADV_NOHUGEPAGE)
    return memory


def touch(memory):
    for at in range(0, len(memory), PAGE):
        memory[at] = 1


touch(fresh(wanted.before))
for _ in range(wanted.entries):
    memory = fresh(wanted.region)
    try:
        with countercheck.region(0 if wanted.known_afterwards else wanted.region) as counted:
            touch(memory)
            if wanted.known_afterwards:
                counted.items = wanted.region
            if wanted.fail:
                raise KeyError("left by an exception")
    except KeyError:
        pass
countercheck.digest_exact(wanted.region)
countercheck.digest_real(wanted.region / 3)
touch(fresh(wanted.after))
