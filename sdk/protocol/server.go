package protocol

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A Server is the plugin's end: it answers calls with a detector.
type Server struct {
	UnimplementedPluginServer
	detector detect.Detector
	log      io.Writer
}

// NewServer returns the server of a detector. The stack of a panic goes to log.
func NewServer(detector detect.Detector, log io.Writer) *Server {
	return &Server{detector: detector, log: log}
}

// GetManifest returns the detector's manifest.
func (s *Server) GetManifest(context.Context, *GetManifestRequest) (_ *GetManifestResponse, err error) {
	defer s.recover(&err)
	return &GetManifestResponse{Manifest: toManifest(s.detector.Manifest())}, nil
}

// Detect runs the detector. A panic in it is a status Internal with the text of
// Panic, its error a status Unknown, a request that makes no sense a status InvalidArgument.
func (s *Server) Detect(ctx context.Context, request *DetectRequest) (_ *DetectResponse, err error) {
	defer s.recover(&err)
	var r reader
	pass := readPass(&r, request.GetPass())
	if r.err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "reading the pass: %v", r.err)
	}
	result, err := s.detector.Detect(ctx, pass)
	if err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	return &DetectResponse{Result: toResult(result)}, nil
}

func (s *Server) recover(err *error) {
	if cause := recover(); cause != nil {
		text := Panic(cause)
		fmt.Fprintln(s.log, text)
		*err = status.Error(codes.Internal, text)
	}
}

// Panic returns the text that reports a panic: "panic: ", the cause, an empty
// line and the stack of the goroutine that recovers, at most 8 KiB.
func Panic(cause any) string {
	text := fmt.Sprintf("panic: %v\n\n%s", cause, debug.Stack())
	return strings.ToValidUTF8(text[:min(len(text), 8<<10)], "")
}
