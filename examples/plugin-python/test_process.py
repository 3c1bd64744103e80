"""Tests of the process: what whimbrel does to it, and what it may do."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import unittest

import grpc

from whimbrel_plugin import whimbrel_plugin_v1_pb2 as pb

HERE = os.path.dirname(os.path.abspath(__file__))
PLUGIN = os.path.join(HERE, "whimbrel-plugin-statistics")

NOISY = """#!/usr/bin/python3 -IB
import os, sys
sys.path.append(%r)
from whimbrel_plugin import Plugin, Script
plugin = Plugin("noisy", "1.0.0", "Prints.")
@plugin.model_option("noisy", "Noise.")
def noisy(o):
    print("a stray print", flush=True)
    raise KeyError("broken")
plugin.main()
""" % HERE


class ProcessTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(dir="/tmp")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.sockets, self.cwd = os.path.join(self.folder, "s"), os.path.join(self.folder, "cwd")
        os.mkdir(self.sockets)
        os.mkdir(self.cwd)

    def start(self, program=PLUGIN):
        """Start a plugin as whimbrel does, with nothing in the environment that it does not need."""
        env = {"WHIMBREL_PLUGIN": "9f0c1ea5-numenius-phaeopus", "WHIMBREL_STDIN_WATCH": "1",
               "PLUGIN_UNIX_SOCKET_DIR": self.sockets}
        pipe = subprocess.PIPE
        process = subprocess.Popen([program], env=env, cwd=self.cwd, stdin=pipe, stdout=pipe, stderr=pipe)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        line = process.stdout.readline().decode()
        self.assertEqual("1|1|unix|%s/plugin.sock|grpc\n" % self.sockets, line)
        return process

    def call(self, method, request=b""):
        """Call a method with bytes, and return the bytes that it answers."""
        options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
        with grpc.insecure_channel("unix:%s/plugin.sock" % self.sockets, options) as channel:
            return channel.unary_unary(method)(request, timeout=30)

    def test_health_large_messages_interrupt_and_shutdown(self):
        process = self.start()
        self.assertEqual(b"\x08\x01", self.call("/grpc.health.v1.Health/Check"))
        process.send_signal(signal.SIGINT)
        manifest = pb.GetManifestResponse.FromString(self.call("/whimbrel.plugin.v1.Plugin/GetManifest")).manifest
        self.assertEqual("statistics", manifest.name)
        request = pb.DetectRequest()
        getattr(request, "pass").objects.add(address="x y", attrs=b'"%s"' % (b"x" * (8 << 20)))
        self.assertEqual(pb.Result(), pb.DetectResponse.FromString(self.call("/whimbrel.plugin.v1.Plugin/Detect", request.SerializeToString())).result)
        self.assertEqual(b"", self.call("/plugin.GRPCController/Shutdown"))
        self.assertEqual(0, process.wait(60))
        self.assertEqual((b"", b""), (process.stdout.read(), process.stderr.read()))

    def test_ends_with_whimbrel_and_leaves_nothing(self):
        process = self.start()
        process.stdin.close()
        self.assertEqual(0, process.wait(60))
        self.assertFalse(os.path.exists(self.folder))
        process.stdin = None

    def test_stray_prints_and_exceptions_are_on_standard_error(self):
        program = os.path.join(self.folder, "noisy")
        with open(program, "w") as file:
            file.write(NOISY)
        os.chmod(program, 0o755)
        process = self.start(program)
        request = pb.DetectRequest()
        wanted = getattr(request, "pass")
        wanted.objects.add(address="model a.b", attrs=b"{}")
        wanted.objects.add(address="noisy.noisy a.b.c", parent="model a.b", attrs=b"{}")
        wanted.to.extend([1, 2])
        wanted.changes.add(after=2)
        with self.assertRaisesRegex(grpc.RpcError, "panic: KeyError: 'broken'"):
            self.call("/whimbrel.plugin.v1.Plugin/Detect", request.SerializeToString())
        process.kill()
        out, err = process.communicate()
        self.assertEqual(b"", out)
        self.assertIn(b"a stray print", err)
        self.assertIn(b"KeyError", err)

    def test_by_hand_and_as_a_bundle(self):
        def said(*args):
            run = subprocess.run(args, env={}, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            return run.returncode, run.stdout, run.stderr

        bundles = [os.path.join(self.folder, name) for name in ("first", "second")]
        for bundle in bundles:
            self.assertEqual((0, "", ""), said(PLUGIN, "--bundle", bundle))
        first, second = (open(bundle, "rb") for bundle in bundles)
        with first, second:
            self.assertEqual(first.read(), second.read())
        for program in (PLUGIN, bundles[0]):
            self.assertEqual((0, "statistics 1.0.0 (protocol 1)\n", ""), said(program, "--version"))
            self.assertEqual(0, said(program, "--manifest")[0])
            code, out, err = said(program)
            self.assertEqual((1, ""), (code, out))
            self.assertIn("whimbrel plugin add statistics", err)
        shutil.move(bundles[0], alone := os.path.join(self.cwd, "alone"))
        self.start(alone)

    def test_under_a_debugger(self):
        process = subprocess.Popen([PLUGIN, "--debug"], env={"TMPDIR": self.folder}, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        name, _, value = process.stdout.readline().partition("=")
        self.assertEqual("WHIMBREL_REATTACH_PLUGINS", name)
        at = json.loads(value.strip().strip("'"))["statistics"]
        self.assertEqual("unix", at["network"])
        with grpc.insecure_channel("unix:" + at["address"]) as channel:
            self.assertEqual(b"\x08\x01", channel.unary_unary("/grpc.health.v1.Health/Check")(b"", timeout=30))
        process.send_signal(signal.SIGINT)
        self.assertEqual(0, process.wait(60))
        self.assertFalse(os.path.exists(os.path.dirname(at["address"])))

    def test_one_request(self):
        asked = subprocess.run([PLUGIN, "--detect"], env={}, input='{"pass": {}}', stdout=subprocess.PIPE, text=True)
        self.assertEqual((0, {"result": {}}), (asked.returncode, json.loads(asked.stdout)))


if __name__ == "__main__":
    unittest.main()
