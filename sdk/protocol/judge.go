package protocol

import (
	"context"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// Judge asks how alike the objects of pairs are. Its errors are gRPC statuses or
// wrap ErrAnswer.
func (c *Client) Judge(ctx context.Context, comparison detect.Comparison) ([]detect.Alikeness, error) {
	response, err := c.rpc.Judge(ctx, toComparison(comparison))
	if err != nil {
		return nil, err
	}
	verdicts, err := readVerdicts(response)
	if err == nil && len(verdicts) != len(comparison.Pairs) {
		return nil, fmt.Errorf("%w: %d verdicts on %d pairs", ErrAnswer, len(verdicts), len(comparison.Pairs))
	}
	return verdicts, err
}

// Judge runs the detector's Judge; see Detect for the statuses.
func (s *Server) Judge(ctx context.Context, request *JudgeRequest) (_ *JudgeResponse, err error) {
	defer s.recover(&err)
	judge, ok := detect.AsJudge(s.detector)
	if !ok {
		return nil, status.Error(codes.Unimplemented, "the plugin judges nothing")
	}
	var r reader
	comparison := readComparison(&r, request)
	if r.err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "reading the comparison: %v", r.err)
	}
	verdicts, err := judge.Judge(ctx, comparison)
	if err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	return toVerdicts(verdicts), nil
}

// toComparison returns a comparison as a message. Equal ones give equal messages.
func toComparison(c detect.Comparison) *JudgeRequest {
	t := table{byAddress: map[address.Address][]uint32{}}
	return &JudgeRequest{
		From: t.state(c.From),
		To:   t.state(c.To),
		Pairs: toAll(c.Pairs, func(p detect.Pair) *Pair {
			return &Pair{Before: t.number(p.Before), After: t.number(p.After)}
		}),
		Objects: toAll(t.objects, toObject),
	}
}

func readComparison(r *reader, request *JudgeRequest) detect.Comparison {
	objects := readAll(r, request.GetObjects(), readObject)
	return detect.Comparison{
		From: readState(r, objects, request.GetFrom()),
		To:   readState(r, objects, request.GetTo()),
		Pairs: readAll(r, request.GetPairs(), func(r *reader, p *Pair) detect.Pair {
			pair := detect.Pair{Before: numbered(r, objects, p.GetBefore()), After: numbered(r, objects, p.GetAfter())}
			if pair.Before == nil || pair.After == nil {
				r.fail("a pair without two objects")
			}
			return pair
		}),
	}
}

// toVerdicts numbers verdicts from 1. What is none becomes UNSPECIFIED, which the
// other side refuses.
func toVerdicts(verdicts []detect.Alikeness) *JudgeResponse {
	return &JudgeResponse{Verdicts: toAll(verdicts, func(a detect.Alikeness) Alikeness {
		if a < detect.Different || a > detect.Equal {
			return Alikeness_ALIKENESS_UNSPECIFIED
		}
		return Alikeness(a + 1)
	})}
}

func readVerdicts(response *JudgeResponse) ([]detect.Alikeness, error) {
	var r reader
	verdicts := readAll(&r, response.GetVerdicts(), func(r *reader, a Alikeness) detect.Alikeness {
		if a < Alikeness_ALIKENESS_DIFFERENT || a > Alikeness_ALIKENESS_EQUAL {
			r.fail("unknown alikeness %d", a)
		}
		return detect.Alikeness(a - 1)
	})
	return verdicts, answered(r)
}
