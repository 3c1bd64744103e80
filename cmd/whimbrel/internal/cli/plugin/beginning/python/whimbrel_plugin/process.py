"""The process of a plugin as whimbrel starts it: handshake, signals, and its end."""

import os
import signal
import tempfile
import threading

from . import service

COOKIE = ("WHIMBREL_PLUGIN", "9f0c1ea5-numenius-phaeopus")
"""What whimbrel sets in the environment of a plugin, and to what."""

SOCKETS = "PLUGIN_UNIX_SOCKET_DIR"
"""Names the folder for the socket."""

WATCH = "WHIMBREL_STDIN_WATCH"
"""Is "1" where standard input is a pipe that ends with whimbrel."""


def started_by_whimbrel():
    """Report whether whimbrel has started the process."""
    return os.environ.get(COOKIE[0]) == COOKIE[1]


def serve(plugin):
    """Serve the plugin until whimbrel says that it is done, or is gone."""
    stdout = os.dup(1)
    os.dup2(2, 1)  # standard output is the protocol's: stray prints go to standard error
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is whimbrel's
    folder = os.environ.get(SOCKETS) or tempfile.mkdtemp()
    socket = os.path.join(folder, "plugin.sock")
    done = threading.Event()
    server = service.start(plugin, "unix:" + socket, done)
    if os.environ.get(WATCH) == "1":
        threading.Thread(target=watch, args=(folder, socket), daemon=True).start()
    os.write(stdout, b"1|1|unix|%s|grpc\n" % os.fsencode(socket))
    os.close(stdout)
    done.wait()
    server.stop(grace=0.2).wait()


def watch(folder, socket):
    """End the process when standard input ends: whimbrel has died."""
    while os.read(0, 4096):
        pass
    tidy(folder, socket)
    os._exit(0)


def tidy(folder, socket):
    """Remove what a dead whimbrel cannot: the socket, and the folders around it that are empty."""
    room, here = os.path.dirname(folder), os.getcwd()
    removals = [(os.unlink, socket), (os.rmdir, folder)]
    if os.path.dirname(here) == room:
        removals += [(os.rmdir, here), (os.rmdir, room)]
    for remove, path in removals:
        try:
            remove(path)
        except OSError:
            pass  # it is gone, or not empty
