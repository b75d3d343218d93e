"""The app on a slow disk: every fsync of SQLite takes longer, by a delay inside the call itself.

`python -m bench.slow_disk run app.py …` is `python -m streamlit run app.py …` with SLOW_DISK_MILLISECONDS more for each
fsync. SQLite reaches its files through a table of functions (https://www.sqlite.org/vfs.html); here its own table is
copied and made the default, with one change: a file that was opened gets an xSync that waits first. Nothing has to be
compiled. Python's sqlite3 must use the shared library, as Debian's does; else it says so and stops.
"""

import ctypes
import ctypes.util
import os
import runpy
import sqlite3
import sys
import time
from typing import Any

# https://www.sqlite.org/c3ref/io_methods.html: how many functions follow iVersion.
FUNCTIONS = {1: 12, 2: 16, 3: 18}
SYNC = 4
OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
)
SYNC_FILE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Methods(ctypes.Structure):
    _fields_ = (("iVersion", ctypes.c_int), ("functions", ctypes.c_void_p * FUNCTIONS[3]))


class _FileSystem(ctypes.Structure):
    """sqlite3_vfs, third version (https://www.sqlite.org/c3ref/vfs.html)."""

    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", ctypes.c_void_p),
        ("zName", ctypes.c_char_p),
        ("pAppData", ctypes.c_void_p),
        ("xOpen", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 15),
    )


class SlowDisk:
    """SQLite's file system with a slower fsync. Close every connection before Python ends: SQLite calls into it."""

    def __init__(self, milliseconds: float) -> None:
        self.syncs = 0
        self._seconds = milliseconds / 1000
        self._library = _library_of_python()
        self._methods: dict[int, _Methods] = {}
        self._kept: list[Any] = []

    def install(self) -> None:
        """Make it the file system of every database that is opened from now on."""
        self._library.sqlite3_vfs_find.restype = ctypes.POINTER(_FileSystem)
        found = self._library.sqlite3_vfs_find(None).contents
        slow = _FileSystem()
        ctypes.memmove(ctypes.byref(slow), ctypes.byref(found), ctypes.sizeof(slow))
        slow.pNext = None
        slow.zName = b"slow"
        open_file = OPEN(found.xOpen)

        def open_slowly(system: int, name: int, file: int, flags: int, out: int) -> int:
            status: int = open_file(system, name, file, flags, out)
            methods = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
            if methods[0]:
                methods[0] = ctypes.addressof(self._slowed(methods[0]))
            return status

        opening = OPEN(open_slowly)
        slow.xOpen = ctypes.cast(opening, ctypes.c_void_p).value
        self._kept += [slow, opening]
        if self._library.sqlite3_vfs_register(ctypes.byref(slow), 1) != 0:
            raise RuntimeError("SQLite did not take the slow file system")

    def _slowed(self, address: int) -> _Methods:
        if address not in self._methods:
            found = _Methods.from_address(address)
            methods = _Methods(iVersion=found.iVersion)
            size = FUNCTIONS[min(found.iVersion, 3)]
            for place in range(size):
                methods.functions[place] = found.functions[place]
            sync = SYNC_FILE(found.functions[SYNC])

            def sync_slowly(file: int, flags: int) -> int:
                self.syncs += 1
                time.sleep(self._seconds)
                status: int = sync(file, flags)
                return status

            slow = SYNC_FILE(sync_slowly)
            methods.functions[SYNC] = ctypes.cast(slow, ctypes.c_void_p).value
            self._kept.append(slow)
            self._methods[address] = methods
        return self._methods[address]


def _library_of_python() -> ctypes.CDLL:
    """Return the SQLite that Python's sqlite3 uses. Raises `RuntimeError` when it is built in and cannot be reached."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        loaded = {line.split()[-1] for line in maps if "libsqlite3" in line}
    if not loaded:
        raise RuntimeError(
            f"SQLite {sqlite3.sqlite_version} is built into Python: its disk cannot be slowed down"
        )
    return ctypes.CDLL(loaded.pop())


def main() -> None:
    disk = SlowDisk(float(os.environ["SLOW_DISK_MILLISECONDS"]))
    disk.install()
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    sys.argv[0] = "streamlit"
    main()
