package protocol

import (
	"encoding/json"

	"google.golang.org/protobuf/proto"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// DetectCall returns what a plugin is asked, as bytes: the same for equal passes,
// as long as the program is the same.
func DetectCall(pass *Pass) ([]byte, error) { return stored(&DetectRequest{Pass: pass}) }

// DetectAnswer returns a result as bytes, for ReadDetectAnswer.
func DetectAnswer(result detect.Result) ([]byte, error) {
	return stored(&DetectResponse{Result: toResult(result)})
}

// ReadDetectAnswer returns a result that was stored. Its errors wrap ErrAnswer.
func ReadDetectAnswer(data []byte) (detect.Result, error) {
	var response DetectResponse
	if err := proto.Unmarshal(data, &response); err != nil {
		return detect.Result{}, answered(reader{err})
	}
	var r reader
	return readResult(&r, response.GetResult()), answered(r)
}

// UpgradeCall, UpgradeAnswer and ReadUpgradeAnswer are the same for Upgrade.
func UpgradeCall(old []*state.Object) ([]byte, error) {
	return stored(&UpgradeRequest{Objects: toAll(old, toObject)})
}

// UpgradeAnswer returns attributes as bytes, for ReadUpgradeAnswer.
func UpgradeAnswer(attrs []json.RawMessage) ([]byte, error) {
	response := &UpgradeResponse{}
	for _, written := range attrs {
		response.Attrs = append(response.Attrs, written)
	}
	return stored(response)
}

// ReadUpgradeAnswer returns attributes that were stored. Its errors wrap ErrAnswer.
func ReadUpgradeAnswer(data []byte) ([]json.RawMessage, error) {
	var response UpgradeResponse
	if err := proto.Unmarshal(data, &response); err != nil {
		return nil, answered(reader{err})
	}
	attrs := make([]json.RawMessage, len(response.GetAttrs()))
	for i, written := range response.GetAttrs() {
		attrs[i] = written
	}
	return attrs, nil
}

// JudgeCall, JudgeAnswer and ReadJudgeAnswer are the same for Judge.
func JudgeCall(c detect.Comparison) ([]byte, error) { return stored(toComparison(c)) }

// JudgeAnswer returns verdicts as bytes, for ReadJudgeAnswer.
func JudgeAnswer(verdicts []detect.Alikeness) ([]byte, error) { return stored(toVerdicts(verdicts)) }

// ReadJudgeAnswer returns verdicts that were stored. Its errors wrap ErrAnswer.
func ReadJudgeAnswer(data []byte) ([]detect.Alikeness, error) {
	var response JudgeResponse
	if err := proto.Unmarshal(data, &response); err != nil {
		return nil, answered(reader{err})
	}
	return readVerdicts(&response)
}

// CheckCall, CheckAnswer and ReadCheckAnswer are the same for Check.
func CheckCall(w detect.Wanted) ([]byte, error) { return stored(toWanted(w)) }

// CheckAnswer returns findings as bytes, for ReadCheckAnswer.
func CheckAnswer(found diag.List) ([]byte, error) { return stored(toFindings(found)) }

// ReadCheckAnswer returns findings that were stored. Its errors wrap ErrAnswer.
func ReadCheckAnswer(data []byte) (diag.List, error) {
	var response CheckResponse
	if err := proto.Unmarshal(data, &response); err != nil {
		return nil, answered(reader{err})
	}
	return readFindings(&response)
}

func stored(message proto.Message) ([]byte, error) {
	return proto.MarshalOptions{Deterministic: true}.Marshal(message)
}
