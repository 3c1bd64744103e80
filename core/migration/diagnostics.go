package migration

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// wholeLine returns the range of a line, counted from 0.
func wholeLine(name string, lines []string, i int) diag.Range {
	offset := 0
	for _, line := range lines[:i] {
		offset += len(line) + 1
	}
	return lineRange(name, i+1, offset, 0, lines[i])
}

// lineRange returns the range from a byte of a line to its end.
func lineRange(name string, number, offset, from int, line string) diag.Range {
	at := func(i int) diag.Pos {
		return diag.Pos{Line: number, Column: utf8.RuneCountInString(line[:i]) + 1, Byte: offset + i}
	}
	return diag.Range{File: name, Start: at(min(from, len(line))), End: at(len(line))}
}

// top returns the range at the beginning of a file.
func top(name string) diag.Range {
	return diag.Range{File: name, Start: diag.Pos{Line: 1, Column: 1}, End: diag.Pos{Line: 1, Column: 1}}
}

// idOf returns the ID in the name of a file.
func idOf(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, sqlSuffix), sidecarSuffix)
}

func conflictInSum() *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "WH3010", Summary: "whimbrel.sum has the marks of a merge conflict",
		Detail: "Two branches both added migrations.",
		Next:   unbranch,
	}
}

// unbranch is the way out where two branches have a migration each.
const unbranch = "bring the branches together, if it makes no difference which one comes first: whimbrel merge\n" +
	"or take a migration back that no database has, the newest or one that you name, and make it anew behind the others:\n  whimbrel make --undo\n  whimbrel make"

func tangledSum(files string) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "WH3024", Summary: "whimbrel.sum has the lines of two branches", Range: top(SumName),
		Detail: "Both added migrations, and merging kept the lines of both; each hash covers the line before it on its own branch. The files are as they were written.",
		Next:   unbranch,
	}
	if files != "" {
		d.Detail += " Those of another branch than the line before: " + files + "."
	}
	return d
}

func damagedSum(why string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "WH3011", Summary: "whimbrel.sum cannot be read", Detail: why,
		Next: "restore the file: git checkout -- whimbrel.sum",
	}
}

func missingSum() diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3012", Summary: "the migrations folder has no whimbrel.sum", Range: top(SumName),
		Detail: "It holds the hashes of the migrations, so that an edit or a file left out is noticed before it reaches a database.",
		Next:   "restore the file: git checkout -- whimbrel.sum",
	}
}

func notInSum(name string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3013", Summary: fmt.Sprintf("%s is not in whimbrel.sum", name), Range: top(name),
		Detail: "The file was put here by hand, or writing it was interrupted.",
		Next:   fmt.Sprintf("delete it, or take it in: whimbrel make --seal %s", idOf(name)),
	}
}

func notAMigration(name string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3014", Summary: fmt.Sprintf("%s is not the name of a migration", name), Range: top(name),
		Detail: "The folder holds files named like 20261122101500_create_pizza.sql: a time in UTC, an underscore, and lower case letters, digits and underscores.",
		Next:   "move the file elsewhere; for SQL of your own, run whimbrel make --empty -n NAME and write it there",
	}
}

func missingFile(name string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3015", Summary: fmt.Sprintf("%s is missing", name), Range: top(name),
		Detail: "whimbrel.sum lists it. A migration that was written stays: databases may have it.",
		Next:   fmt.Sprintf("restore the file: git checkout -- %s; or, if no database has the migration, take it back: whimbrel make --undo %s", name, idOf(name)),
	}
}

func changed(name string) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "WH3016", Summary: fmt.Sprintf("%s was changed after it was written", name), Range: top(name),
		Detail: "Its hash in whimbrel.sum is another one.",
	}
	if strings.HasSuffix(name, sidecarSuffix) {
		d.Next = fmt.Sprintf("restore the file, which nobody should edit: git checkout -- %s", name)
		return d
	}
	d.Next = fmt.Sprintf("undo the edit (git checkout -- %s), or say that you mean it: whimbrel make --seal %s", name, idOf(name))
	return d
}

func damagedSidecar(name string, data []byte, at int, err error) diag.Diagnostic {
	before := string(data[:min(at, len(data))])
	line := strings.Count(before, "\n") + 1
	start := strings.LastIndexByte(before, '\n') + 1
	pos := diag.Pos{Line: line, Column: utf8.RuneCountInString(before[start:]) + 1, Byte: len(before)}
	return diag.Diagnostic{
		Code: "WH3017", Summary: fmt.Sprintf("%s cannot be read: %v", name, err),
		Range: diag.Range{File: name, Start: pos, End: pos},
		Next:  fmt.Sprintf("restore the file: git checkout -- %s", name),
	}
}

func wrongApp(name, app, folder string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3018", Summary: fmt.Sprintf("%s belongs to the app %q, not to %q", name, app, folder), Range: top(name),
		Detail: "Each app has a migrations folder of its own, and its label stands in its migrations.",
		Next:   "look at the app blocks in whimbrel.hcl: the label or the folder was changed",
	}
}
