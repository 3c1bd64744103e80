package autodetector

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// listedValues are those of one type, before and after.
type listedValues struct {
	*renamer
	of      address.Address
	word    string // what one is called
	hint    string
	was, is []string
	renamed map[string]string // new names by old ones
	dropped map[string]bool   // by the user's word
	fits    func(old, name string) bool
}

// decide pairs values that go with values that come: as the models say, as flags say,
// and as the user answers.
func (v *listedValues) decide(ctx context.Context) error {
	declared := v.declaredValues()
	v.renamed, v.dropped = openRenames(declared, v.was, v.is), map[string]bool{}
	for i, answer := range v.in.Answers.Renames {
		for _, old := range v.gone() {
			if !v.used[i] && v.isNamed(answer.Old, old) {
				v.used[i] = v.take(old, answer.New)
			}
		}
	}
	if err := v.askAll(ctx); err != nil || len(v.renamed)+len(declared) == 0 {
		return err
	}
	return v.publish()
}

// askAll asks about the values that nobody has spoken of.
func (v *listedValues) askAll(ctx context.Context) error {
	for _, old := range v.gone() {
		coming := slices.DeleteFunc(v.coming(), func(a address.Address) bool { return !v.fits(old, a.Name()) })
		if len(coming) == 0 {
			continue
		}
		name, err := v.ask(ctx, v.value(old), coming, v.in.Declaration.Places[v.of])
		if err != nil {
			return err
		}
		if !name.IsZero() {
			v.renamed[old] = name.Name()
		}
	}
	return nil
}

// declaredValues returns the renames of the models.
func (v *listedValues) declaredValues() map[string]string {
	declared := map[string]string{}
	for _, f := range v.facts {
		var said map[string]string
		if f.Name == v.hint && f.Subject == v.of.String() && json.Unmarshal(f.Value, &said) == nil {
			maps.Copy(declared, said)
		}
	}
	return declared
}

// gone returns the values that go, and of which nothing is said.
func (v *listedValues) gone() []string {
	var list []string
	for _, old := range v.was {
		if _, renamed := v.renamed[old]; !renamed && !v.dropped[old] && !slices.Contains(v.is, old) {
			list = append(list, old)
		}
	}
	return list
}

// coming returns the values that come, and are nobody's new name.
func (v *listedValues) coming() []address.Address {
	taken := map[string]bool{}
	for _, name := range v.renamed {
		taken[name] = true
	}
	var list []address.Address
	for _, name := range v.is {
		if !taken[name] && !slices.Contains(v.was, name) {
			list = append(list, v.value(name))
		}
	}
	return list
}

// take does what a flag says of a value. It is false if there is no such new one.
func (v *listedValues) take(old, answer string) bool {
	if answer == "" {
		v.dropped[old] = true
		return true
	}
	for _, name := range v.coming() {
		if answer == name.Name() || samePath(answer, name) {
			v.renamed[old] = name.Name()
			return true
		}
	}
	return false
}

// value returns what a value is called.
func (v *listedValues) value(name string) address.Address { return v.of.Child(v.word, name) }

// isNamed reports whether a path of the user's names a value, below the old name of
// its type or the new one.
func (v *listedValues) isNamed(path, old string) bool {
	return samePath(path, v.value(old)) || samePath(path, v.before(v.of).Child(v.word, old))
}

// publish tells the owner of the type which values are renamed, instead of what the
// models say.
func (v *listedValues) publish() error {
	value, err := state.Encode(v.renamed)
	if err != nil {
		return err
	}
	subject := v.of.String()
	v.facts = slices.DeleteFunc(v.facts, func(f detect.Fact) bool { return f.Name == v.hint && f.Subject == subject })
	v.facts = append(v.facts, detect.Fact{Name: v.hint, Subject: subject, Value: value})
	return nil
}
