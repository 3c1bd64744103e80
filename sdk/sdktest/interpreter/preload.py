# Loads the shared libraries below ROOT, so that a module that is linked with them finds
# them, wherever they are. One needs another, in an order that nobody has written down.

import ctypes
import glob
import os


def load(paths):
    """Load what can be loaded, again and again, until nothing more can be."""
    while paths:
        left = []
        for path in paths:
            try:
                ctypes.CDLL(path, ctypes.RTLD_GLOBAL)
            except OSError:
                left.append(path)
        if left == paths:
            return
        paths = left


# Both names of one library are one file to the loader.
load(sorted(set(map(os.path.realpath, glob.glob(ROOT + "/usr/lib/*-linux-gnu*/*.so*") + glob.glob(ROOT + "/lib/*-linux-gnu*/*.so*")))))
