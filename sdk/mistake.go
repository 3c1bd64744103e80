package sdk

import (
	"errors"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A mistake is something in the source of a plugin that makes no sense. It is what
// the functions panic with that have nothing to return it by.
type mistake struct{ says string }

func (m mistake) Error() string { return m.says }

// wrong panics with a mistake.
func wrong(format string, args ...any) { panic(mistake{fmt.Sprintf(format, args...)}) }

// take adds a part to a plugin, or what is wrong with it.
func (d *definition) take(i int, part Part) {
	if part == nil {
		d.wrong(fmt.Sprintf("part %d is nil: take it out", i+1))
		return
	}
	defer func() {
		switch cause := recover().(type) {
		case nil:
		case mistake:
			d.wrong(cause.says)
		default:
			panic(cause) // it is ours
		}
	}()
	part(d)
}

func (d *definition) wrong(says string) {
	d.found = append(d.found, fmt.Errorf("plugin %q: %s", d.manifest.Name, says))
}

// mistakes returns what is wrong with a plugin: with its parts, or else with what they
// are together.
func (d *definition) mistakes() error {
	d.forVersions()
	d.forJudges()
	if len(d.found) > 0 {
		return errors.Join(d.found...)
	}
	for _, found := range detect.ValidateAlone(&d.manifest) {
		d.found = append(d.found, advised(found.Summary, found.Code))
	}
	return errors.Join(d.found...)
}

// advised returns an error with what to do about it.
func advised(says, code string) error {
	if advice := detect.Advice(code); advice != "" {
		says += " - " + advice
	}
	return errors.New(says)
}

// forVersions reports kinds of several versions of which nothing reads the former ones.
func (d *definition) forVersions() {
	for _, kind := range d.manifest.Kinds {
		if kind.Version > 0 && d.upgrades[kind.Name] == nil {
			d.wrong(fmt.Sprintf("kind %s has version %d, and nothing reads what the former ones have left: give its option Version(%d, upgrade) with a function", kind.Name, kind.Version, kind.Version))
		}
	}
}

// forJudges reports judges that are never asked, and kinds that are judged by nobody.
func (d *definition) forJudges() {
	judged := false
	for _, kind := range d.manifest.Kinds {
		if kind.Likeness != detect.Judged {
			continue
		}
		judged = true
		if d.judges[kind.Name] == nil && d.judges[anyKind] == nil {
			d.wrong(fmt.Sprintf("the likeness of kind %s is judged, and nothing judges it: add JudgedBy to its option, or Judges to the plugin", kind.Name))
		}
	}
	if d.judges[anyKind] != nil && !judged {
		d.wrong("it has Judges, and no kind whose likeness is judged: take it out, or set the Likeness of a kind of Owns to detect.Judged")
	}
}
