package detect

import "slices"

// Reserved returns the words of the model language that no option can have as its name
// where it stands: those of the project file, of model files, of models or of fields.
func Reserved(at Place) []string {
	switch at {
	case OnProject:
		return []string{"app", "environment", "mixin", "model", "online", "plugin", "policy"}
	case OnApp:
		return []string{"mixin", "model"}
	case OnModel:
		return []string{
			"check", "comment", "exclude", "field", "foreign_key", "include", "index", "managed", "partition_by", "primary_key", "renamed_from", "schema",
			"storage", "table", "tablespace", "unique", "unlogged",
		}
	case OnField:
		return []string{
			"collate", "column", "comment", "compression", "default", "deferrable", "generated", "identity", "null", "on_delete", "on_update", "primary_key",
			"renamed_from", "statistics", "storage", "table", "through", "to_field", "type", "unique", "using",
		}
	}
	return nil
}

// sharedWords are those of an app in the project file, where inherited options can
// stand too.
var sharedWords = []string{"migrations", "models", "schema"}

// reserved says what has a word already that an option is called by, or nothing.
func (o Option) reserved() string {
	switch {
	case slices.Contains(Reserved(o.On), o.Name):
		return o.On.Article()
	case o.Inherited && slices.Contains(Reserved(OnProject), o.Name):
		return OnProject.Article()
	case o.Inherited && slices.Contains(sharedWords, o.Name):
		return OnApp.Article()
	}
	return ""
}
