package interpreter

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
)

//go:embed preload.py
var preload []byte

// environment makes a virtual environment around the unpacked packages: a link to the
// distribution's Python that finds their modules, and the libraries that these need,
// also where plugins run isolated from variables. It is made in part, to be moved to
// home.
func environment(part, home, version string) error {
	packages := filepath.Join("lib", "python"+version, "site-packages")
	for _, folder := range []string{"bin", packages} {
		if err := os.MkdirAll(filepath.Join(part, folder), 0o755); err != nil {
			return err
		}
	}
	root := filepath.Join(home, "root")
	for name, text := range map[string]string{
		"pyvenv.cfg": fmt.Sprintf("home = %s\ninclude-system-site-packages = true\nversion = %s\n", filepath.Dir(System), version),
		// A line of a .pth file that begins with "import" is run when Python starts.
		filepath.Join(packages, "grpc.pth"):    filepath.Join(root, "usr/lib/python3/dist-packages") + "\nimport _preload\n",
		filepath.Join(packages, "_preload.py"): fmt.Sprintf("ROOT = %q\n%s", root, preload),
	} {
		if err := os.WriteFile(filepath.Join(part, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return os.Symlink(System, filepath.Join(part, "bin", "python3"))
}
