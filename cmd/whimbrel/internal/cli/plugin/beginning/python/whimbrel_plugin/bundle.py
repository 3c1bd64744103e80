"""A plugin as one executable file.

The lock file of a project pins the file that it runs, not what that file imports. A bundle is a zip archive with
all modules of the plugin that the interpreter runs as it is. Equal sources give equal bytes.
"""

import os
import zipfile


def write(script, target):
    """Write the plugin whose executable is script to the file target."""
    folder = os.path.dirname(os.path.realpath(script))
    os.makedirs(os.path.dirname(os.path.abspath(target)), exist_ok=True)
    with open(script, "rb") as source, open(target, "wb") as out:
        shebang = source.readline()
        out.write(shebang)
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(zipfile.ZipInfo("__main__.py"), shebang + source.read())
            for path in modules(folder):
                with open(os.path.join(folder, path), "rb") as module:
                    archive.writestr(zipfile.ZipInfo(path.replace(os.sep, "/")), module.read())
    os.chmod(target, 0o755)


def modules(folder):
    """Return the paths of the modules in a folder and of the packages in it, without tests."""
    found = [name for name in os.listdir(folder) if name.endswith(".py") and not name.startswith("test")]
    for package in os.listdir(folder):
        if os.path.exists(os.path.join(folder, package, "__init__.py")):
            inside = os.listdir(os.path.join(folder, package))
            found += [os.path.join(package, name) for name in inside if name.endswith(".py")]
    return sorted(found)
