package detect

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// codeConfig is the code of diagnostics about a plugin's configuration.
const codeConfig = "WH1105"

// CheckConfig checks the configuration of a plugin against the shape in its
// manifest. The diagnostics stand at the given place.
func CheckConfig(m *Manifest, config json.RawMessage, at diag.Range) diag.List {
	c := configChecker{plugin: m.Name, at: at}
	values := map[string]json.RawMessage{}
	if len(config) > 0 {
		if err := json.Unmarshal(config, &values); err != nil {
			c.report("the configuration is no block", "write config { ... }")
			return c.found
		}
	}
	c.block(m.Config, values, "config")
	return c.found
}

type configChecker struct {
	plugin string
	at     diag.Range
	found  diag.List
}

func (c *configChecker) report(text, next string) {
	c.found = append(c.found, diag.Diagnostic{Code: codeConfig, Summary: fmt.Sprintf("plugin %q: %s", c.plugin, text), Next: next, Range: c.at})
}

func (c *configChecker) block(shape Shape, values map[string]json.RawMessage, where string) {
	var names []string
	for _, a := range shape.Attrs {
		names = append(names, a.Name)
		value, ok := values[a.Name]
		switch {
		case ok:
			c.attr(a, value, where)
		case a.Required:
			c.report(fmt.Sprintf("%s has no %s", where, a.Name), fmt.Sprintf("add %s to %s", a.Name, where))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !slices.Contains(names, name) {
			c.report(fmt.Sprintf("%s has no argument %q", where, name), "it can have: "+orNone(names))
		}
	}
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

func (c *configChecker) attr(a Attr, value json.RawMessage, where string) {
	var text string
	var number json.Number
	var flag bool
	var list []string
	var inner map[string]json.RawMessage
	fits := true
	switch a.Type {
	case TypeString, TypeKeyword:
		fits = json.Unmarshal(value, &text) == nil
	case TypeInt:
		fits = json.Unmarshal(value, &number) == nil && value[0] != '"' && c.integer(a, number)
	case TypeDecimal:
		fits = json.Unmarshal(value, &number) == nil
	case TypeBool:
		fits = json.Unmarshal(value, &flag) == nil
	case TypeStrings:
		fits = json.Unmarshal(value, &list) == nil
	case TypeBlock:
		if fits = json.Unmarshal(value, &inner) == nil; fits && a.Shape != nil {
			c.block(*a.Shape, inner, where+"."+a.Name)
		}
	default:
		fits = false
	}
	if fits && a.Type == TypeKeyword {
		fits = slices.Contains(a.OneOf, text)
	}
	if fits && a.Pattern != "" && a.Type == TypeString {
		pattern, err := regexp.Compile("^(?:" + a.Pattern + ")$")
		fits = err == nil && pattern.MatchString(text)
	}
	if !fits {
		c.report(fmt.Sprintf("%s: argument %q has to be %s", where, a.Name, describe(a)), "correct the value")
	}
}

func (c *configChecker) integer(a Attr, number json.Number) bool {
	n, err := number.Int64()
	return err == nil && (a.Min == nil || n >= *a.Min) && (a.Max == nil || n <= *a.Max)
}

// describe says in words what an argument takes.
func describe(a Attr) string {
	switch {
	case a.Type == TypeKeyword:
		return "one of " + strings.Join(a.OneOf, ", ")
	case a.Type == TypeInt && a.Min != nil && a.Max != nil:
		return fmt.Sprintf("a whole number from %d to %d", *a.Min, *a.Max)
	case a.Type == TypeInt && a.Min != nil:
		return fmt.Sprintf("a whole number of at least %d", *a.Min)
	case a.Pattern != "":
		return "text of the form " + a.Pattern
	}
	return string(a.Type)
}
