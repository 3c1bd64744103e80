package conformance

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// hostileTexts are what nothing but quoting as text survives.
var hostileTexts = []string{`it's "here" $$ %s \ é`, `x'; SELECT 1; --`, `$whimbrel$ */ -- \`}

// texts gives each argument that is text, of each object of the detector, such a value.
// The detector may refuse it, and the server may not know what it names; but what is run
// has to be SQL.
func (t *trial) texts(ctx context.Context, stages []stage) {
	tried := map[string]bool{}
	for _, s := range stages {
		for o := range s.declared.State.All() {
			for _, attr := range t.freeTexts(o) {
				if key := o.Address.Kind() + "." + attr.Name; !tried[key] {
					tried[key] = true
					t.text(ctx, s, o, attr)
				}
			}
		}
	}
	if len(tried) == 0 {
		t.skip("it has no argument in the models that can be any text", textCheck)
	}
}

// freeTexts returns the arguments of an object that can be any text, written or not.
func (t *trial) freeTexts(o *state.Object) []detect.Attr {
	var list []detect.Attr
	for _, option := range t.Detector.Manifest().Options {
		for _, a := range option.Shape.Attrs {
			if option.Kind == o.Address.Kind() && anyText(a) {
				list = append(list, a)
			}
		}
	}
	return list
}

// anyText reports whether an argument can be any text.
func anyText(a detect.Attr) bool {
	return (a.Type == detect.TypeString || a.Type == detect.TypeStrings && a.Columns == "" && a.SQL == "") && a.Names == "" && a.Pattern == "" && len(a.OneOf) == 0
}

func (t *trial) text(ctx context.Context, s stage, o *state.Object, attr detect.Attr) {
	empty := stage{name: "nothing", declared: nothing()}
	for i, text := range hostileTexts {
		to := s
		to.name = s.name + " with " + attr.Name + " of " + o.Address.Path() + " as text that needs quoting"
		to.declared.State = with(s.declared.State, rewritten(o, attr, text))
		_, failure := t.plan(ctx, empty, to, &recorder{Detector: t.Detector})
		switch {
		case failure != nil && failure.check == ownershipCheck:
			t.wrongOn(textCheck, "nothing to "+to.name, failure.why)
			return
		case failure != nil || i > 0 || t.Database == nil || t.unplannable():
			continue
		}
		if _, why := t.atOnce(ctx, empty, to); strings.Contains(why, "syntax error") || strings.Contains(why, "unterminated") {
			t.wrongOn(textCheck, "nothing to "+to.name, why)
			return
		}
	}
}

// rewritten returns an object with another text in one attribute, or in a list of one.
func rewritten(o *state.Object, attr detect.Attr, text string) *state.Object {
	attrs := map[string]json.RawMessage{}
	_ = json.Unmarshal(o.Attrs, &attrs)      // it was read before
	attrs[attr.Name], _ = state.Encode(text) // text can always be encoded
	if attr.Type == detect.TypeStrings {
		attrs[attr.Name], _ = state.Encode([]string{text})
	}
	changed := *o
	changed.Attrs, _ = state.Encode(attrs)
	return &changed
}
