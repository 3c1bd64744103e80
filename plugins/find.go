package plugins

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
)

// Find returns the specs of the plugins that a project asks for. The program's
// own plugins are those of linked, by name: self is the path of the program
// (os.Executable), which serves one when it is started with the arguments
// "plugin serve NAME". Any other is the executable that the source of its block
// names, relative to the project's root, else whimbrel-plugin-NAME on PATH. The
// current directory is never searched. What is not found has the diagnostic in
// its spec: Open decides whether that matters.
func Find(project source.Project, self string, linked ...detect.Detector) []Spec {
	var specs []Spec
	for _, asked := range project.Plugins {
		spec := Spec{Name: asked.Name, Config: asked.Config, Version: asked.Version, Timeout: asked.Timeout, Range: asked.Range}
		if own := named(linked, asked.Name); own != nil && asked.Source == "" {
			spec.Path, spec.Args, spec.Detector = self, []string{"plugin", "serve", asked.Name}, own
			specs = append(specs, spec)
			continue
		}
		path, err := executable(project.Root, asked.Name, asked.Source, os.Getenv("PATH"))
		if err != nil {
			spec.Absent = missing(asked, err, linked)
		}
		spec.Path = path
		specs = append(specs, spec)
	}
	return specs
}

func named(linked []detect.Detector, name string) detect.Detector {
	for _, detector := range linked {
		if detector.Manifest().Name == name {
			return detector
		}
	}
	return nil
}

func missing(asked source.Plugin, err error, linked []detect.Detector) *diag.Diagnostic {
	var known []string
	for _, own := range linked {
		known = append(known, own.Manifest().Name)
	}
	meant := ""
	next := fmt.Sprintf("install whimbrel-plugin-%s on PATH, or write source = \"path\" into its block", asked.Name)
	if asked.Source != "" {
		next = fmt.Sprintf("build the plugin, or correct source = %q", asked.Source)
	} else if best := resolve.Nearest(asked.Name, known); best != "" {
		meant, next = fmt.Sprintf("; did you mean %q?", best), fmt.Sprintf("write plugin %q {}", best)
	}
	return &diag.Diagnostic{
		Code:    "WH4005",
		Summary: fmt.Sprintf("plugin %q was not found%s", asked.Name, meant),
		Detail:  err.Error(),
		Next:    next,
		Range:   asked.Range,
	}
}

// executable returns the absolute path of a plugin's executable.
func executable(root, name, from, search string) (string, error) {
	if from != "" {
		if !filepath.IsAbs(from) {
			from = filepath.Join(root, filepath.FromSlash(from))
		}
		path, err := filepath.Abs(from)
		if err != nil {
			return "", err
		}
		return path, runnable(path)
	}
	file := "whimbrel-plugin-" + name + suffix(runtime.GOOS)
	if name == "" || filepath.Base(file) != file {
		return "", fmt.Errorf("%q is no name of a plugin", name)
	}
	for _, dir := range filepath.SplitList(search) {
		// An empty or relative entry of PATH would run what lies in the current directory.
		if path := filepath.Join(dir, file); filepath.IsAbs(dir) && runnable(path) == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no folder of PATH has an executable %s", file)
}

func suffix(system string) string {
	if system == "windows" {
		return ".exe"
	}
	return ""
}

// runnable returns why a file cannot be run.
func runnable(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is no file", path)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o111 == 0:
		return fmt.Errorf("%s is not executable", path)
	}
	return nil
}
