package hcl

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// WithoutPlugin returns the text of a project file without the block of a plugin.
// Everything else stays as it is written. It returns an error for a text that is
// no HCL.
func WithoutPlugin(text []byte, name string) ([]byte, error) {
	file, problems := hclwrite.ParseConfig(text, ProjectFile, hcl.InitialPos)
	if problems.HasErrors() {
		return nil, fmt.Errorf("reading the project file: %w", problems)
	}
	if block := file.Body().FirstMatchingBlock("plugin", []string{name}); block != nil {
		file.Body().RemoveBlock(block)
	}
	return file.Bytes(), nil
}
