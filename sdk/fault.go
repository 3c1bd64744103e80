package sdk

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// refuse panics for what makes no sense in something whose arguments are the fields
// of a struct: all of it, in one line each. It names the fields.
func refuse(whose string, t reflect.Type, faults []detect.Fault) {
	if len(faults) == 0 {
		return
	}
	lines := make([]string, len(faults))
	for i, f := range faults {
		where, what := t.String(), "the option"
		if len(f.Path) > 0 {
			where, what = where+"."+goPath(t, f.Path), "the argument "+strings.Join(f.Path, ".")
		}
		lines[i] = advised(fmt.Sprintf("%s: %s %s", where, what, f.Says), f.Code).Error()
		if whose != "" {
			lines[i] = whose + ": " + lines[i]
		}
	}
	wrong("%s", strings.Join(lines, "\n"))
}

// goPath returns the fields of a struct that a path of arguments leads through.
func goPath(t reflect.Type, path []string) string {
	for field := range fields(t) {
		if name, _, _ := strings.Cut(field.Tag.Get(tagName), ","); name != path[0] {
			continue
		}
		if len(path) == 1 {
			return field.Name
		}
		return field.Name + "." + goPath(blockOf(field.Type), path[1:])
	}
	return strings.Join(path, ".") // it was in the struct that the shape was made of
}
