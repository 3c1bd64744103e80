package plugins

import (
	"bytes"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk/protocol"
)

// A question is a call as the cache of results sees it.
type question[T any] struct {
	method string
	call   func() ([]byte, error)
	write  func(T) ([]byte, error)
	read   func([]byte) (T, error)
}

func detection(b *batch) question[detect.Result] {
	return question[detect.Result]{
		method: "Detect",
		call:   func() ([]byte, error) { return protocol.DetectCall(b.message()) },
		write: func(r detect.Result) ([]byte, error) {
			return protocol.DetectAnswer(merge([]detect.Result{r})) // the order of its parts has no meaning
		},
		read: protocol.ReadDetectAnswer,
	}
}

func upgrade(old []*state.Object) question[[]json.RawMessage] {
	return question[[]json.RawMessage]{
		method: "Upgrade",
		call:   func() ([]byte, error) { return protocol.UpgradeCall(old) },
		write:  protocol.UpgradeAnswer,
		read:   protocol.ReadUpgradeAnswer,
	}
}

func judgement(c detect.Comparison) question[[]detect.Alikeness] {
	return question[[]detect.Alikeness]{
		method: "Judge",
		call:   func() ([]byte, error) { return protocol.JudgeCall(c) },
		write:  protocol.JudgeAnswer,
		read:   protocol.ReadJudgeAnswer,
	}
}

func inspection(w detect.Wanted) question[diag.List] {
	return question[diag.List]{
		method: "Check",
		call:   func() ([]byte, error) { return protocol.CheckCall(w) },
		write:  protocol.CheckAnswer,
		read:   protocol.ReadCheckAnswer,
	}
}

// caches reports whether what the plugin answers is kept: only where an answer
// would cost a process, and where the executable is all that it depends on.
func (p *plugin) caches() bool {
	return p.results.dir != "" && p.spec.Attach == nil && !p.script &&
		(p.spec.Detector == nil || p.options.Transport == Process)
}

// remembered returns the answer that is kept, else that of ask.
func remembered[T any](p *plugin, q question[T], ask func() (T, error)) (T, error) {
	if !p.caches() {
		return ask()
	}
	request, err := q.call()
	if err != nil {
		return ask()
	}
	key := p.results.key(p, q.method, request)
	known := p.results.get(key)
	if known != nil && p.results.mode == ResultsOn {
		if answer, err := q.read(known); err == nil {
			return answer, nil
		}
	}
	answer, err := ask()
	if err != nil {
		return answer, err
	}
	return answer, keep(p, q, key, known, answer)
}

// keep keeps an answer. One that is not the same as before is an error: where that
// is looked for, the plugin cannot be trusted to be a function.
func keep[T any](p *plugin, q question[T], key string, known []byte, answer T) error {
	written, err := q.write(answer)
	if err != nil {
		return nil // it cannot be kept, and can be used
	}
	if known != nil && p.results.mode == ResultsVerify && !bytes.Equal(known, written) {
		return p.diagnostic("WH4035", "answers the same question in different ways",
			"Its answer to "+q.method+" is not the one that is kept of an earlier run. A plugin is a function of what it is asked: "+
				"no clock, no randomness, no order of a map.", p.report())
	}
	p.results.put(key, written)
	return nil
}
