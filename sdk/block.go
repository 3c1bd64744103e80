package sdk

import "github.com/whimbreldb/whimbrel/core/detect"

// AppBlock adds a block with a name to the top of model files, NAME "label" { ... }.
// Its objects have the kind PLUGIN.NAME and stand by themselves. The tag names says
// of arguments that they name the object in the database:
//
//	Name   string `whimbrel:"name" names:"relation" doc:"The name in the database."`
//	Schema string `whimbrel:"schema" names:"schema" doc:"The schema that it stands in."`
//
// What nobody writes is filled in, the name with the label and the schema with that
// of the app. They are called name and schema in every plugin, because the SQL of
// others can name the object; see Declared.Qualified.
func AppBlock[T any](name, doc string, how Handling[T], settings ...Setting) Part {
	return option(detect.OnApp, name, doc, how, append([]Setting{Labelled()}, settings...))
}

// ProjectBlock adds a block with a name to the project file, for what belongs to no
// app; see AppBlock.
func ProjectBlock[T any](name, doc string, how Handling[T], settings ...Setting) Part {
	return option(detect.OnProject, name, doc, how, append([]Setting{Labelled()}, settings...))
}

// Types says that the objects of a block are types, which fields can have by the
// block's label: with Values the argument that lists their values, with Base the
// argument with the type whose values they have.
func Types(of TypeKind) Setting { return func(d *draft) { d.kind.Type = &of } }
