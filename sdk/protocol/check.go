package protocol

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Check asks what is to be said of a wanted state. Its errors are gRPC statuses or wrap
// ErrAnswer.
func (c *Client) Check(ctx context.Context, wanted detect.Wanted) (diag.List, error) {
	response, err := c.rpc.Check(ctx, toWanted(wanted))
	if err != nil {
		return nil, err
	}
	return readFindings(response)
}

// Check runs the detector's Check; see Detect for the statuses.
func (s *Server) Check(ctx context.Context, request *CheckRequest) (_ *CheckResponse, err error) {
	defer s.recover(&err)
	checker, ok := detect.AsChecker(s.detector)
	if !ok {
		return nil, status.Error(codes.Unimplemented, "the plugin checks nothing")
	}
	var r reader
	wanted := readWanted(&r, request)
	if r.err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "reading the wanted state: %v", r.err)
	}
	found, err := checker.Check(ctx, wanted)
	if err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	return toFindings(found), nil
}

// toWanted returns a wanted state as a message. Equal ones give equal messages.
func toWanted(w detect.Wanted) *CheckRequest {
	request := &CheckRequest{Config: w.Config}
	for o := range w.State.All() {
		request.Objects = append(request.Objects, toObject(o))
	}
	return request
}

func readWanted(r *reader, request *CheckRequest) detect.Wanted {
	return detect.Wanted{State: state.New(readAll(r, request.GetObjects(), readObject)...), Config: readJSON(request.GetConfig())}
}

func toFindings(found diag.List) *CheckResponse {
	return &CheckResponse{Diagnostics: toAll(found, toDiagnostic)}
}

func readFindings(response *CheckResponse) (diag.List, error) {
	var r reader
	found := diag.List(readAll(&r, response.GetDiagnostics(), readDiagnostic))
	return found, answered(r)
}
