"""Addresses: a kind, a space and a path, such as "field shop.pizza.name"."""

import re

_NAME = re.compile(r'"((?:[^"]|"")*)"|([^."]+)')


def kind(address):
    """Return the kind of an address: "field"."""
    return address.partition(" ")[0]


def path(address):
    """Return the path of an address as it is written: "shop.pizza.name"."""
    return address.partition(" ")[2]


def names(address):
    """Return the names in the path of an address: ["shop", "pizza", "name"]."""
    return [bare or quoted.replace('""', '"') for quoted, bare in _NAME.findall(path(address))]


def join(kind, *names):
    """Return the address with a kind and names: join("field", "shop", "pizza", "name")."""
    return kind + " " + ".".join(_quoted(name) for name in names)


def _quoted(name):
    if name and not re.search(r'[\x00- ."=]', name):
        return name
    return '"' + name.replace('"', '""') + '"'
