package detecttest

import (
	"bytes"
	"strings"
)

// An archive is a txtar file: a comment and sections, each below "-- NAME --".
type archive struct {
	comment  []byte
	sections []section
}

type section struct {
	name string
	data []byte
}

func parse(data []byte) *archive {
	a := &archive{}
	into := &a.comment
	for _, line := range bytes.SplitAfter(data, []byte("\n")) {
		if name, ok := marker(string(line)); ok {
			a.sections = append(a.sections, section{name: name})
			into = &a.sections[len(a.sections)-1].data
			continue
		}
		*into = append(*into, line...)
	}
	return a
}

func marker(line string) (name string, ok bool) {
	line = strings.TrimSpace(line)
	name, begins := strings.CutPrefix(line, "-- ")
	name, ends := strings.CutSuffix(name, " --")
	return strings.TrimSpace(name), begins && ends
}

func (a *archive) section(name string) []byte {
	for _, s := range a.sections {
		if s.name == name {
			return s.data
		}
	}
	return nil
}

func (a *archive) set(name string, data []byte) {
	for i, s := range a.sections {
		if s.name == name {
			a.sections[i].data = data
			return
		}
	}
	a.sections = append(a.sections, section{name: name, data: data})
}

func (a *archive) format() []byte {
	var b bytes.Buffer
	b.Write(a.comment)
	for _, s := range a.sections {
		b.WriteString("-- " + s.name + " --\n")
		b.Write(s.data)
	}
	return b.Bytes()
}

// difference shows two texts from the first line that differs.
func difference(want, got string) string {
	left, right := strings.Split(strings.TrimSpace(want), "\n"), strings.Split(strings.TrimSpace(got), "\n")
	at := 0
	for at < len(left) && at < len(right) && left[at] == right[at] {
		at++
	}
	return "--- want\n" + strings.Join(left[at:], "\n") + "\n--- got\n" + strings.Join(right[at:], "\n")
}
