package protocol

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// The words of the core by their number on the wire. Number 0 is UNSPECIFIED,
// which means the zero word where the core has one.
var (
	localities   = []detect.Locality{1: detect.PerModel, 2: detect.Whole}
	places       = []detect.Place{1: detect.OnModel, 2: detect.OnField, 3: detect.OnProject, 4: detect.OnApp}
	likenesses   = []detect.Likeness{1: detect.Never, 2: detect.Asked, 3: detect.Sure, 4: detect.Judged}
	sqlKinds     = []detect.SQL{1: detect.SQLQuery, 2: detect.SQLExpression, 3: detect.SQLBody, 4: detect.SQLStatement}
	verbs        = []operation.Verb{1: operation.Create, 2: operation.Alter, 3: operation.Drop}
	transactions = []operation.Transaction{1: operation.InTransaction, 2: operation.Committed, 3: operation.Outside}
	lockModes    = append([]operation.LockMode{""}, operation.LockModes()...)
	attrTypes    = []detect.AttrType{
		1: detect.TypeString, 2: detect.TypeBool, 3: detect.TypeInt, 4: detect.TypeDecimal,
		5: detect.TypeKeyword, 6: detect.TypeStrings, 7: detect.TypeField, 8: detect.TypeFields,
		9: detect.TypeModel, 10: detect.TypeExpression, 11: detect.TypeQuery, 12: detect.TypeBlock,
		13: detect.TypeType, 14: detect.TypeRef, 15: detect.TypeSQL, 16: detect.TypeArguments,
		17: detect.TypeResult, 18: detect.TypeMap, 19: detect.TypeBlocks, 20: detect.TypeNames,
		21: detect.TypeRefs, 22: detect.TypeKeywords,
	}
	aspectNames = []string{1: "exists", 2: "name", 3: "type", 4: "definition"}
)

// toNumber returns the number of a word. A word that the protocol does not know
// becomes UNSPECIFIED, which the other side refuses where it needs a word.
func toNumber[N ~int32, W ~string](table []W, word W) N {
	return N(max(0, slices.Index(table, word)))
}

// readWord returns the word of a number that may be UNSPECIFIED.
func readWord[N ~int32, W ~string](r *reader, table []W, number N, what string) W {
	if number < 0 || int(number) >= len(table) {
		r.fail("unknown %s %d", what, number)
		return ""
	}
	return table[number]
}

// readKnown returns the word of a number that must not be UNSPECIFIED.
func readKnown[N ~int32, W ~string](r *reader, table []W, number N, what string) W {
	if number == 0 {
		r.fail("no %s", what)
	}
	return readWord(r, table, number, what)
}

func toSeverity(s diag.Severity) Severity {
	if s < diag.Error || s > diag.Note {
		return Severity_SEVERITY_UNSPECIFIED
	}
	return Severity(s + 1)
}

func readSeverity(r *reader, s Severity) diag.Severity {
	if s < Severity_SEVERITY_ERROR || s > Severity_SEVERITY_NOTE {
		r.fail("unknown severity %d", s)
		return diag.Error
	}
	return diag.Severity(s - 1)
}
