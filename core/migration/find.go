package migration

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Find returns the migration that a user names: by its ID, by the beginning of it,
// or by what follows the time in it, as long as there is only one. Otherwise the
// error is a diag.Diagnostic.
func (h *History) Find(name string) (*Migration, error) {
	if m := h.Migration(name); m != nil {
		return m, nil
	}
	var ids []string
	for _, m := range h.Migrations() {
		ids = append(ids, m.ID)
	}
	id, err := named(name, ids)
	if err != nil {
		return nil, err
	}
	return h.Migration(id), nil
}

// FindFile returns the folder that has the .sql of a migration, and its ID. It is
// named as for Find, but only has to be there: what is in the file and in
// whimbrel.sum does not matter.
func FindFile(name string, folders ...Folder) (Folder, string, error) {
	in := map[string]Folder{}
	var ids []string
	for _, folder := range folders {
		f, _, err := openFolder(folder.FS)
		if err != nil {
			return Folder{}, "", err
		}
		for id := range f.scripts {
			if ValidID(id) {
				in[id] = folder
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	id, err := named(name, slices.Compact(ids))
	return in[id], id, err
}

// named returns the one of the IDs that a user means.
func named(name string, ids []string) (string, error) {
	if slices.Contains(ids, name) {
		return name, nil
	}
	var near []string
	for _, id := range ids {
		_, slug, _ := strings.Cut(id, "_")
		if name != "" && (strings.HasPrefix(id, name) || slug == name) {
			near = append(near, id)
		}
	}
	if len(near) != 1 {
		return "", notFound(name, near, ids)
	}
	return near[0], nil
}

// fewIDs is how many migrations are listed where none has the name.
const fewIDs = 8

func notFound(name string, near, ids []string) error {
	d := diag.Diagnostic{
		Code:    "WH0120",
		Summary: "there is no migration " + name,
		Detail:  "A migration is named by its ID, by the beginning of it, or by what follows the time in it.",
		Next:    "name one of those that there are: " + strings.Join(ids[max(0, len(ids)-fewIDs):], ", "),
	}
	switch {
	case len(near) > 1:
		d.Summary = name + " names several migrations"
		d.Detail = "They are: " + strings.Join(near, ", ") + "."
		d.Next = "name one of them"
	case len(ids) == 0:
		d.Next = "make the first one: whimbrel make"
	}
	return d
}
