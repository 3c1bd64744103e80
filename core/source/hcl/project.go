package hcl

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// ProjectFile is the name of the project file.
const ProjectFile = "whimbrel.hcl"

// ReadProject reads the project file in the folder root. Where the file is not
// there, the diagnostic names the command that makes one. The error is about
// reading it at all. Known are the manifests of plugins that need not be started;
// see resolve.Project.
func ReadProject(root string, known ...*detect.Manifest) (source.Project, diag.List, error) {
	project, _, found, err := ReadProjectFile(root, known...)
	return project, found, err
}

// ReadProjectFile is ReadProject with the file as it was parsed, for Parsed. It is
// nil if there is none.
func ReadProjectFile(root string, known ...*detect.Manifest) (source.Project, *declare.Document, diag.List, error) {
	project := source.Project{Root: root, File: ProjectFile}
	if _, err := os.Lstat(filepath.Join(root, ProjectFile)); errors.Is(err, fs.ErrNotExist) {
		return project, nil, diag.List{noProject()}, nil
	}
	text, err := readFile(root, ProjectFile)
	if err != nil {
		return project, nil, nil, err
	}
	project, file, found := ParseProjectFile(root, text, known...)
	return project, file, found, nil
}

// ParseProjectFile is ReadProjectFile of a text that is the project file of a folder, or
// is to be.
func ParseProjectFile(root string, text []byte, known ...*detect.Manifest) (source.Project, *declare.Document, diag.List) {
	file, problems := syntax.Parse(ProjectFile, text)
	project, found := resolve.Project(root, file, problems, known...)
	return project, file, found
}

func noProject() diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH1101", Summary: "there is no project here",
		Detail: fmt.Sprintf("A project is a folder with the file %s in it.", ProjectFile),
		Next:   "run: whimbrel init",
	}
}
