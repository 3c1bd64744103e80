package detect

import "slices"

// A Fault is something in an option, or in one of its arguments, that makes no
// sense. It needs neither models nor other plugins to be found.
type Fault struct {
	Code string
	// Path leads to the argument: its name, behind those of the blocks that it is in.
	// Empty: the fault is the option's.
	Path []string
	// Says is what is wrong, to be read behind what Path names.
	Says string
}

// Faults returns what makes no sense in an option, in the order of its arguments.
// Without a place, only what is wrong at every place is.
func (o Option) Faults() []Fault {
	i := inspection{option: o}
	i.standing()
	i.shape(nil, o.Shape)
	return i.found
}

// ConfigFaults returns what makes no sense in the shape of a plugin's configuration.
func (s Shape) ConfigFaults() []Fault {
	i := inspection{option: Option{Shape: s}, config: true}
	i.shape(nil, s)
	return i.found
}

// An inspection collects the faults of one option.
type inspection struct {
	option Option
	config bool // it is the configuration of a plugin
	over   bool // it is at a block whose label names a model
	found  []Fault
}

func (i *inspection) fault(code string, path []string, says string) {
	if says != "" {
		i.found = append(i.found, Fault{Code: code, Path: slices.Clone(path), Says: says})
	}
}

// shape checks the arguments of a block.
func (i *inspection) shape(path []string, shape Shape) {
	for n, a := range shape.Attrs {
		at := append(path[:len(path):len(path)], a.Name)
		i.fault(codeName, at, i.called(shape.Attrs[:n], a, len(path) == 0))
		for _, rule := range attrRules {
			i.fault(rule.code, at, rule.wrong(a))
		}
		i.fault(codeConfigType, at, i.configured(a))
		i.fault(codeNoModel, at, i.overModel(a))
		i.fault(codeNameArgument, at, i.naming(a))
		i.fault(codeNoSchema, at, i.nowhere(a, len(path) == 0))
		i.leads(at, shape, a)
		if a.Shape != nil {
			inner := inspection{option: i.option, config: i.config, over: i.over || a.LabelsName() && slices.Contains(a.Kinds, modelKind)}
			inner.shape(at, *a.Shape)
			i.found = append(i.found, inner.found...)
		}
	}
}

// The codes of faults.
const (
	codeNoLabel      = "WH4080"
	codeNoModel      = "WH4081"
	codeLeads        = "WH4083"
	codeClass        = "WH4084"
	codeNameArgument = "WH4087"
	codeName         = "WH4088"
	codeWord         = "WH4089"
	codeValue        = "WH4090"
	codeWrongType    = "WH4091"
	codeSetting      = "WH4092"
	codeConfigType   = "WH4093"
	codeVersion      = "WH4096"
	codeQuery        = "WH4097"
	codeDoc          = "WH4098"
	codeNoSchema     = "WH4099"
	codeSlot         = "WH4100"
)

// attrRules are what is asked of an argument by itself. Each says what is wrong,
// or nothing.
var attrRules = []struct {
	code  string
	wrong func(Attr) string
}{
	{codeWord, Attr.wrongType},
	{codeName, Attr.wrongLabel},
	{codeWord, Attr.wrongSQL},
	{codeWord, Attr.wrongAspects},
	{codeClass, Attr.wrongClass},
	{codeValue, Attr.wrongPattern},
	{codeValue, Attr.wrongBounds},
	{codeValue, Attr.wrongList},
	{codeValue, Attr.wrongDefault},
	{codeValue, Attr.wrongExample},
	{codeValue, Attr.wrongWords},
	{codeDoc, Attr.wrongDoc},
}
