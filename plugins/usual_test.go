package plugins_test

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// usual returns the answer of an honest plugin that uses as much of the protocol as
// it can.
func usual(method string) proto.Message {
	switch method {
	case "GetManifest":
		return &protocol.GetManifestResponse{Manifest: usualManifest()}
	case "Detect":
		return &protocol.DetectResponse{Result: usualResult()}
	case "Upgrade":
		return &protocol.UpgradeResponse{Attrs: [][]byte{[]byte("{}")}}
	case "Inspect":
		return &protocol.InspectResponse{Objects: []*protocol.Object{usualThing()}}
	case "Judge":
		return &protocol.JudgeResponse{Verdicts: []protocol.Alikeness{protocol.Alikeness_ALIKENESS_ALIKE}}
	}
	return nil
}

func usualManifest() *protocol.Manifest {
	shape := func() *protocol.Shape {
		return &protocol.Shape{Attrs: []*protocol.Attr{
			{Name: "keyword", Type: protocol.AttrType_ATTR_TYPE_KEYWORD, OneOf: []string{"a", "b"}, Default: "a"},
			{Name: "number", Type: protocol.AttrType_ATTR_TYPE_INT, Min: proto.Int64(1), Max: proto.Int64(9)},
			{Name: "string", Type: protocol.AttrType_ATTR_TYPE_STRING, Pattern: "^[a-z]+$", Names: "relation"},
			{Name: "block", Type: protocol.AttrType_ATTR_TYPE_BLOCK, Shape: &protocol.Shape{Attrs: []*protocol.Attr{
				{Name: "fields", Type: protocol.AttrType_ATTR_TYPE_FIELDS, Aspects: []protocol.Aspect{protocol.Aspect_ASPECT_TYPE}},
			}}},
		}}
	}
	return &protocol.Manifest{
		Name: "hostile", Version: "1.0.0", Doc: "Does harm.", Config: shape(),
		Kinds: []*protocol.Kind{{
			Name: "hostile.thing", Doc: "a thing", Siblings: []string{"field", "constraint pkey"}, Version: 1, Naming: []string{"string"},
			Likeness: protocol.Likeness_LIKENESS_JUDGED, Members: []string{"field"},
		}},
		Options:      []*protocol.Option{{Name: "thing", On: protocol.Place_PLACE_MODEL, Kind: "hostile.thing", Switch: true, Shape: shape()}},
		Implications: []*protocol.Implication{{Kind: "hostile.thing", Names: []string{"all"}, ByTypes: []string{"hstore"}}},
		Emits:        []string{"hostile.create_thing"}, Reads: []string{"model"}, Produces: []string{"hostile.fact"}, Consumes: []string{"rename"},
		Observes: []string{"create_model"}, Locality: protocol.Locality_LOCALITY_WHOLE,
		Queries: []*protocol.CatalogQuery{{Name: "things", Sql: "SELECT 1", MinServer: 14, MaxServer: 18}},
	}
}

func usualThing() *protocol.Object {
	return &protocol.Object{
		Address: "hostile.thing shop.t", Parent: "model shop.t", Attrs: []byte("{}"), App: "shop",
		Refs: []*protocol.Reference{{Target: "model shop.t", Aspects: []protocol.Aspect{protocol.Aspect_ASPECT_EXISTS, protocol.Aspect_ASPECT_NAME}}},
	}
}

func usualResult() *protocol.Result {
	sql := func(text string) []*protocol.Statement { return []*protocol.Statement{{Sql: text}} }
	return &protocol.Result{
		Operations: []*protocol.Operation{{
			Kind: "hostile.create_thing", Target: "hostile.thing shop.t", Summary: "create thing",
			Edits:   []*protocol.Edit{{Edit: &protocol.Edit_Put{Put: usualThing()}}},
			Needs:   []*protocol.Need{{Verb: protocol.Verb_VERB_CREATE, Object: "model shop.t", Why: "it is there"}},
			Touches: []*protocol.Touch{{Object: "hostile.thing shop.t", Aspects: []protocol.Aspect{protocol.Aspect_ASPECT_TYPE}}},
			Takes:   []string{"relation\x00public\x00thing"},
			Inline:  &protocol.Inline{Clause: &protocol.Clause{Sql: "CONSTRAINT thing CHECK (true)", Group: 1}},
			Aside:   &protocol.Aside{Up: sql("CREATE VIEW public.thing AS SELECT 1"), RestDown: sql("DROP VIEW public.thing")},
			Up:      []*protocol.Statement{{Sql: "CREATE TABLE public.thing", Table: true, Tail: " WITH (fillfactor = 70)", Clauses: []*protocol.Clause{{Sql: "a int"}}}},
			Down:    sql("DROP TABLE public.thing"),
			Hazards: []*protocol.Hazard{{Code: "data_loss", Object: "hostile.thing shop.t", Text: "things are lost", Down: true, Probe: "SELECT true"}},
			Locks:   []*protocol.Lock{{Object: "model shop.t", Mode: protocol.LockMode_LOCK_MODE_SHARE}},
		}},
		Facts: []*protocol.Fact{{Name: "hostile.fact", Subject: "model shop.t", Value: []byte("1")}},
		Diagnostics: []*protocol.Diagnostic{{
			Severity: protocol.Severity_SEVERITY_NOTE, Code: "HO0001", Summary: "look", Detail: "why", Next: "do", Address: "model shop.t",
			Range: &protocol.Range{File: "models/shop.hcl", Start: &protocol.Pos{Line: 1, Column: 2, Byte: 3}, End: &protocol.Pos{Line: 1, Column: 3, Byte: 4}},
		}},
	}
}

// protocolMessage returns an empty message of a type.
func protocolMessage(d protoreflect.MessageDescriptor) proto.Message {
	found, err := protoregistry.GlobalTypes.FindMessageByName(d.FullName())
	if err != nil {
		panic(err)
	}
	return found.New().Interface()
}
