// Package function is the kind of functions. PostgreSQL keeps the body as text and takes
// another one in place, whoever calls the function; other arguments or another result
// make another function, so then it is dropped and made again.
package function

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "function"

// Kind returns the detector of functions.
func Kind() sdk.Detector {
	const doc = "functions"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Asked}
	owner := func(w *sdk.Work) sdk.Owner { return routine.Owner{Work: w, Word: "FUNCTION"} }
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, owner), sdk.Blocks(block()), sdk.FromSQL(readSQL), sdk.Consumes(usertype.Facts()...))
}
