"""Marks the region of a Python program that countercheck counts.

    import countercheck

    with countercheck.region(items=steps * cells):
        for _ in range(steps):
            advance(grid)
    countercheck.digest_real(grid.sum())

    countercheck stat --region -- python3 program.py

Run without countercheck, every call does nothing: the marks may stay in the program. What the marks do, and their
limits, is told in countercheck's docs/marking.md: mark from the main thread, and let regions not nest.

The marks themselves are those of countercheck/region.h, in the shared library that lies beside this file. Where it
cannot be loaded, Python sets them as well as it can, and `lacking` says what is missing then.
"""

import ctypes
import operator
import os

__all__ = ["begin", "digest_exact", "digest_real", "end", "lacking", "name_array", "region"]

_BEGIN, _END, _NEITHER = range(3)  # of marks.c
_LIBRARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "libcountercheck-region.so")


class _Marks:
    """The marks of region.h."""

    def __init__(self):
        library = ctypes.CDLL(_LIBRARY)
        self.mark = library.countercheck_mark
        self.mark.argtypes = [ctypes.c_int, ctypes.c_uint64]
        self.mark.restype = None
        self.exact = library.countercheck_exact
        self.exact.argtypes = [ctypes.c_uint64]
        self.exact.restype = None
        self.real = library.countercheck_real
        self.real.argtypes = [ctypes.c_double]
        self.real.restype = None
        self.array = library.countercheck_array
        self.array.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p]
        self.array.restype = None


class _PlainMarks:
    """The same without the library, but for what only machine instructions can do: tell the simulator."""

    _DISABLE, _ENABLE = 31, 32  # PR_TASK_PERF_EVENTS_…, linux/prctl.h

    def __init__(self):
        descriptor, colon, owner = os.environ.get("COUNTERCHECK_REGION", "").partition(":")
        self._descriptor = int(descriptor) if colon and descriptor.isdigit() else -1
        self._owner = int(owner) if owner.isdigit() else 0
        self._prctl = ctypes.CDLL(None).prctl
        self._begin = None

    def mark(self, which, items):
        if self._descriptor < 0:
            return
        if which == _BEGIN:
            self._switch(self._DISABLE)
            self._usage()  # everything once before it counts
            self._begin = self._usage()
            self._switch(self._ENABLE)
        if which == _END and self._begin is not None:
            self._switch(self._DISABLE)
            self._report(items)

    def exact(self, value):
        self._line(f"digest exact={value:016x}\n")

    def real(self, value):
        self._line(f"digest real={ctypes.c_uint64.from_buffer_copy(ctypes.c_double(value)).value:016x}\n")

    def array(self, address, size, name):
        pass  # for the simulator alone

    def _switch(self, how):
        self._prctl(how, 0, 0, 0, 0)

    @staticmethod
    def _usage():
        import resource
        import time

        now = time.monotonic_ns()
        both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        total = [sum(getattr(one, field) for one in both) for field in ("ru_minflt", "ru_majflt", "ru_nvcsw", "ru_nivcsw")]
        times = [round(sum(getattr(one, field) for one in both) * 1e6) for field in ("ru_utime", "ru_stime")]
        return [now, *total, *times]

    def _report(self, items):
        import threading

        grown = [after - before for after, before in zip(self._usage(), self._begin)]
        names = ("minflt", "majflt", "nvcsw", "nivcsw", "utime_us", "stime_us")
        told = " ".join(f"{name}={value}" for name, value in zip(names, grown[1:]))
        owner = int(threading.get_native_id() == self._owner)
        self._line(f"region wall_ns={grown[0]} items={items} {told} owner={owner}\n")

    def _line(self, line):
        if self._descriptor >= 0:
            os.write(self._descriptor, line.encode())


#: What these marks cannot do, as a sentence; None when they can do everything.
lacking = None
try:
    _marks = _Marks()
except OSError as error:
    lacking = (
        f"countercheck's marks do without their library ({error}): counters follow them, but the simulator sees neither "
        "the region nor the names of arrays; install countercheck again, built for this machine"
    )
    _marks = _PlainMarks()
    if "COUNTERCHECK_REGION" in os.environ:
        import warnings

        warnings.warn(lacking, RuntimeWarning, stacklevel=2)

_is_open = False


def _word(value, what):
    """A value that has 64 bits and no sign."""
    value = operator.index(value)
    if not 0 <= value < 1 << 64:
        raise ValueError(f"{what} wants a number from 0 to 2**64 - 1, got {value}")
    return value


def begin():
    """Begins the region: the counters start. Better write `with countercheck.region():`."""
    global _is_open
    if _is_open:
        raise RuntimeError("the region has begun already: regions do not nest, end() it first")
    _is_open = True
    _marks.mark(_NEITHER, 0)
    _marks.mark(_BEGIN, 0)


def end(items=0):
    """Ends the region. `items`: how many work items were done in it, 0 where there is no such unit."""
    if not _is_open:
        raise RuntimeError("there is no region to end: begin() it first")
    _close(_word(items, "items"))


def _close(items):
    global _is_open
    _marks.mark(_END, items)
    _is_open = False


class region:
    """`with countercheck.region(items=n):` counts what is done within, which is n work items.

    Where their number is known afterwards only, set it within:

        with countercheck.region() as counted:
            counted.items = solve()
    """

    def __init__(self, items=0):
        self.items = items

    @property
    def items(self):
        return self._items

    @items.setter
    def items(self, number):
        self._items = _word(number, "items")

    def __enter__(self):
        begin()
        return self

    def __exit__(self, *failure):
        _close(self._items)


def digest_exact(value):
    """Adds a 64-bit number to what the program computed; compared to the last bit. Call it outside the region."""
    _marks.exact(_word(value, "digest_exact"))


def digest_real(value):
    """Adds a real number to what the program computed; compared with a relative tolerance of 1e-9."""
    _marks.real(float(value))


def name_array(array, name):
    """Gives an array (of numpy, or anything with a writable buffer) the name it has in the tables of `countercheck misses`."""
    numpys = getattr(array, "__array_interface__", None)
    if numpys is not None:
        address, size = numpys["data"][0], array.nbytes
    else:
        view = memoryview(array).cast("B")
        address, size = ctypes.addressof(ctypes.c_char.from_buffer(view)), view.nbytes
    _marks.array(address, size, name.encode())
