package plugins

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// DevVariable begins the environment variables that name the executable of a
// plugin under development: WHIMBREL_PLUGIN_DEV_rls=/path/of/it. A hyphen in the
// plugin's name is an underscore in the variable's.
const DevVariable = "WHIMBREL_PLUGIN_DEV_"

// Develop returns the specs with those of plugins under development replaced by
// what the environment names: an executable, or a plugin that runs already, which
// goes first. No lock pins either, so each is a warning, and an error where that
// is not allowed.
func Develop(specs []Spec, getenv func(string) string, allowed bool) ([]Spec, diag.List, error) {
	running, err := ParseReattach(getenv(ReattachVariable))
	if err != nil {
		return nil, nil, err
	}
	developed := make([]Spec, len(specs))
	var found diag.List
	for i, spec := range specs {
		path := getenv(DevVariable + strings.ReplaceAll(spec.Name, "-", "_"))
		at, attached := running[spec.Name]
		switch {
		case attached:
			spec.Attach = &at
		case path != "":
			spec.Path = path
		default:
			developed[i] = spec
			continue
		}
		spec.Dev, spec.Detector, spec.Args, spec.Absent = true, nil, nil, nil
		developed[i] = spec
		found = append(found, spec.developed(allowed))
	}
	return developed, found, nil
}

// developed says that a plugin is not the one that the project asks for.
func (s Spec) developed(allowed bool) diag.Diagnostic {
	d := diag.Diagnostic{
		Severity: diag.Warning,
		Code:     "WH4009",
		Summary:  fmt.Sprintf("using the running plugin %s, which no lock pins", s.Name),
		Detail:   fmt.Sprintf("%s says that it listens at %s.", ReattachVariable, s.where()),
		Range:    s.Range,
	}
	if s.Attach == nil {
		d.Summary = fmt.Sprintf("using %s as plugin %s, which no lock pins", s.Path, s.Name)
		d.Detail = fmt.Sprintf("%s%s says so.", DevVariable, strings.ReplaceAll(s.Name, "-", "_"))
		if !filepath.IsAbs(s.Path) {
			d.Severity = diag.Error
			d.Next = "set it to an absolute path"
		}
	}
	if !allowed {
		d.Severity = diag.Error
		d.Detail += " That is for development, and refused where the variable CI is true."
		d.Next = "unset the variable, or give --allow-dev-plugins"
	}
	return d
}

func (s Spec) where() string {
	if s.Attach == nil {
		return s.Path
	}
	return s.Attach.Network + " " + s.Attach.Address
}
