package detect

// Configuration is what messages call the config block of a plugin.
const Configuration = "the configuration"

// Advice returns what the author of a plugin does about a fault of a code, to be read
// as a command, or nothing for a code that is none of a manifest.
func Advice(code string) string { return advices[code] }

var advices = map[string]string{
	"WH4001":         "give one of the two another name",
	"WH4002":         "list the kind among those of the plugin",
	"WH4004":         "take the setting out",
	codeNoLabel:      "make it a block with a label",
	codeNoModel:      "give the argument another type, or put the option on a model",
	codeNoKind:       "correct the name of the kind",
	codeLeads:        "name what is there, or add it",
	codeClass:        "use one of these classes",
	"WH4085":         "set one of the two",
	"WH4086":         "say how it is judged, or set another likeness",
	codeNameArgument: "call it so",
	codeName:         "choose another name",
	codeWord:         "use what there is",
	codeValue:        "take it out, or correct it",
	codeWrongType:    "take it out, or lead to an argument of the right type",
	codeSetting:      "take the setting out",
	codeConfigType:   "use a type that a configuration can have",
	codeNoOperation:  "name an operation of somebody else, such as create_model",
	codeImplication:  "give it a name, and say what implies it",
	codeVersion:      "write a version such as 1.4.0",
	codeQuery:        "write one SELECT under a name of its own",
	codeDoc:          "write text alone",
	codeNoSchema:     "add an argument schema of the class schema; what nobody writes is that of the app",
}

// detailOf says of a fault what it is, and what its author does about it.
func detailOf(code string) string {
	detail := "A manifest is checked before anything is asked of its plugin. This is a mistake in the plugin, not in the models."
	if advice := Advice(code); advice != "" {
		detail += "\nIts author would " + advice + "."
	}
	return detail
}
