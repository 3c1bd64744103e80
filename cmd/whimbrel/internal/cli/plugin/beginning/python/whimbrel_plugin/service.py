"""What a plugin serves by gRPC, without generated stubs: the plugin, its health, and its end."""

import sys
import traceback
from concurrent import futures

import grpc

from . import whimbrel_plugin_v1_pb2 as pb

UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
"""gRPC's own limit of 4 MiB is too small for large projects."""

SERVING = b"\x08\x01"
"""A grpc.health.v1.HealthCheckResponse with the status SERVING."""


def start(plugin, address, done):
    """Return a server that answers at an address, and sets done when it is told to end."""
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=4), options=UNLIMITED)
    server.add_generic_rpc_handlers([
        grpc.method_handlers_generic_handler("whimbrel.plugin.v1.Plugin", calls(plugin)),
        grpc.method_handlers_generic_handler("grpc.health.v1.Health", {"Check": constant(SERVING)}),
        grpc.method_handlers_generic_handler("plugin.GRPCController", {"Shutdown": constant(b"", done.set)}),
    ])
    server.add_insecure_port(address)
    server.start()
    return server


def calls(plugin):
    """Return the handlers of the plugin's own service."""
    handlers = {
        "GetManifest": call(pb.GetManifestRequest, lambda _: pb.GetManifestResponse(manifest=plugin.manifest())),
        "Detect": call(pb.DetectRequest, lambda asked: pb.DetectResponse(result=plugin.detect(getattr(asked, "pass")))),
    }
    if plugin.judges():
        handlers["Judge"] = call(pb.JudgeRequest, lambda asked: pb.JudgeResponse(verdicts=plugin.judge(asked)))
    return handlers


def call(request, answer):
    """Return the handler of a call. An exception is a failure of the plugin, and whimbrel shows where."""

    def handle(asked, context):
        try:
            return answer(asked)
        except Exception as failure:
            stack = traceback.format_exc()
            print(stack, file=sys.stderr, flush=True)
            cause = "".join(traceback.format_exception_only(type(failure), failure)).strip()
            context.abort(grpc.StatusCode.INTERNAL, "panic: %s\n\n%s" % (cause, stack[-2000:]))

    return grpc.unary_unary_rpc_method_handler(handle, request.FromString, lambda answer: answer.SerializeToString())


def constant(answer, then=lambda: None):
    """Return the handler of a call whose answer is always the same bytes."""

    def handle(asked, context):
        then()
        return answer

    return grpc.unary_unary_rpc_method_handler(handle)
