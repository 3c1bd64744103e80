// Package procedure is the kind of procedures. PostgreSQL keeps the body as text and
// takes another one in place; other arguments make another procedure, so then it is
// dropped and made again.
package procedure

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "procedure"

// Kind returns the detector of procedures.
func Kind() sdk.Detector {
	const doc = "procedures"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Asked}
	owner := func(w *sdk.Work) sdk.Owner { return routine.Owner{Work: w, Word: "PROCEDURE"} }
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, owner), sdk.Blocks(block()), sdk.FromSQL(readSQL), sdk.Consumes(usertype.Facts()...))
}
