package partition

import (
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A part is a partition, of a table or of another partition.
type part struct {
	By        *expression.Node `json:"partition_by,omitempty"`
	Comment   string           `json:"comment,omitempty"`
	Default   bool             `json:"default,omitempty"`
	From      *expression.Node `json:"from,omitempty"`
	Label     string           `json:"label,omitempty"` // of one in another
	Modulus   *int64           `json:"modulus,omitempty"`
	Name      string           `json:"name,omitempty"`
	Parts     []part           `json:"partition,omitempty"`
	Remainder *int64           `json:"remainder,omitempty"`
	Schema    string           `json:"schema,omitempty"` // none: that of the one around it
	To        *expression.Node `json:"to,omitempty"`
	Values    *expression.Node `json:"values,omitempty"`
}

// bounds returns what decides which rows a partition has.
func (p part) bounds() part {
	return part{Default: p.Default, From: p.From, Modulus: p.Modulus, Remainder: p.Remainder, To: p.To, Values: p.Values}
}

// inner returns the partitions of a partition, with what they are called.
func (p part) inner() []part {
	list := make([]part, len(p.Parts))
	for i, one := range p.Parts {
		one.Schema = p.Schema
		if one.Name == "" {
			one.Name = model.Name(p.Name, one.Label)
		}
		list[i] = one
	}
	return list
}

// named returns the partition of a partition that has a label.
func (p part) named(label string) (part, bool) {
	for _, one := range p.inner() {
		if one.Label == label {
			return one, true
		}
	}
	return part{}, false
}

func (p part) table() string { return sdk.Qualified(p.Schema, p.Name) }

// keys are the names of a partition, and of those in it.
func (p part) keys() []string {
	names := []string{sdk.Name("relation", p.Schema, p.Name), sdk.Name("type", p.Schema, p.Name)}
	for _, one := range p.inner() {
		names = append(names, one.keys()...)
	}
	return names
}
