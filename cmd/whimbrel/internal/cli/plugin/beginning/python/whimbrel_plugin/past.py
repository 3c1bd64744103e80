"""The old state as it was. In that of a pass the renames are made already, so that old and new can be compared;
what is taken away is called what it was called."""

import json

from . import whimbrel_plugin_v1_pb2 as pb


class Past:
    """Gives the objects of the old state the addresses that they had before the renames."""

    def __init__(self, renamed):
        self.was = {rename.to: getattr(rename, "from") for rename in renamed}
        self.now = {was: now for now, was in self.was.items()}

    def address(self, now):
        """Return the address that an object had."""
        return self.was.get(now, now)

    def today(self, was):
        """Return the address that an object has in operations."""
        return self.now.get(was, was)

    def object(self, object):
        """Return an object as it was."""
        if not self.was:
            return object
        old = pb.Object()
        old.CopyFrom(object)
        old.address, old.parent = self.address(object.address), self.address(object.parent)
        old.attrs = json.dumps(self.value(json.loads(object.attrs or b"{}"))).encode()
        for ref in old.refs:
            ref.target = self.address(ref.target)
        return old

    def value(self, value):
        """Return a value of attributes with references to what things were called."""
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                return {"$ref": self.address(value["$ref"])}
            return {key: self.value(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.value(each) for each in value]
        return value
