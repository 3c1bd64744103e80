"""The command line of a plugin's executable."""

import json
import os
import signal
import sys
import tempfile
import threading

from google.protobuf import json_format

from . import bundle, process, service
from . import whimbrel_plugin_v1_pb2 as pb

BY_HAND = """This is {0.name} {0.version}, a plugin of whimbrel: {0.doc}

whimbrel starts it when a project asks for it. To enable and pin it in a project:

    whimbrel plugin add {0.name} path/of/this/program

    --manifest       print what it owns, reads and emits, as JSON
    --version        print its version
    --detect         read a request as JSON from standard input, print the answer
    --debug          serve until Ctrl-C, such as in a debugger, and print the variable
                     that makes whimbrel use this process
    --bundle FILE    write all of it to one executable file, to be pinned and released
"""


def main(plugin):
    """Answer the command line, or serve the plugin to the whimbrel that started the process."""
    args = sys.argv[1:]
    answers = {"--manifest": manifest, "--version": version, "--detect": detect, "--debug": debug}
    if len(args) == 1 and args[0] in answers:
        answers[args[0]](plugin)
    elif len(args) == 2 and args[0] == "--bundle":
        bundle.write(sys.argv[0], args[1])
    elif process.started_by_whimbrel():
        process.serve(plugin)
    else:
        sys.exit(BY_HAND.format(plugin))


def manifest(plugin):
    """Print the manifest."""
    print(json_format.MessageToJson(plugin.manifest(), preserving_proto_field_name=True))


def version(plugin):
    """Print the version."""
    print("%s %s (protocol 1)" % (plugin.name, plugin.version))


def detect(plugin):
    """Answer one request, as "whimbrel plugin trace --record" writes it."""
    request = json_format.Parse(sys.stdin.read(), pb.DetectRequest())
    print(json_format.MessageToJson(pb.DetectResponse(result=plugin.detect(getattr(request, "pass")))))


def debug(plugin):
    """Serve until the process is interrupted. No whimbrel has started it, so none ends it."""
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    with tempfile.TemporaryDirectory(prefix="whimbrel-debug-") as folder:
        socket = os.path.join(folder, "plugin.sock")
        server = service.start(plugin, "unix:" + socket, threading.Event())
        at = {plugin.name: {"network": "unix", "address": socket}}
        print("WHIMBREL_REATTACH_PLUGINS='%s'" % json.dumps(at), flush=True)
        done.wait()
        server.stop(grace=0.2).wait()
