"""Plugins of whimbrel in Python 3, with python3-grpcio and nothing else.

    plugin = Plugin("fillfactor", "1.0.0", "Leaves room in the pages of a table.")

    @plugin.model_option("fillfactor", "How full pages are.", Argument("percent", "int", "...", default=90))
    def fillfactor(o):
        return Script(create=[...], drop=[...])

    plugin.main()

Order, renames, the comparison with what is there, and the way back are whimbrel's work.
"""

import sys

try:
    import google.protobuf
    import grpc
except ImportError as missing:
    sys.exit("%s: a plugin in Python needs gRPC for %s: apt-get install python3-grpcio" % (missing, sys.executable))

from .argument import Argument
from .option import Script
from .plugin import Plugin
from .sql import ident, literal, name, qualified

__all__ = ["Argument", "Plugin", "Script", "ident", "literal", "name", "qualified"]
