package postgres

import (
	"embed"
	"path"
	"strings"
)

// catalogFiles are the queries of a snapshot: NAME.sql reads the objects that are
// called NAME in it, behind owned.sql. Names of objects are built with format, so
// that each can be read back.
//
//go:embed catalog/*.sql
var catalogFiles embed.FS

// owned is the file that every query begins with.
const owned = "owned.sql"

// catalog returns the queries of a snapshot, by name.
func catalog() ([]catalogQuery, error) {
	files, err := catalogFiles.ReadDir("catalog")
	if err != nil {
		return nil, err
	}
	begin, err := catalogFiles.ReadFile(path.Join("catalog", owned))
	if err != nil {
		return nil, err
	}
	var queries []catalogQuery
	for _, file := range files {
		if file.Name() == owned {
			continue
		}
		text, err := catalogFiles.ReadFile(path.Join("catalog", file.Name()))
		if err != nil {
			return nil, err
		}
		name := strings.ReplaceAll(strings.TrimSuffix(file.Name(), ".sql"), "_", " ")
		queries = append(queries, catalogQuery{name, string(begin) + string(text)})
	}
	return queries, nil
}
