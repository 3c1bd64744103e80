package domain_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
)

func TestCases(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata")
}

// A domain that is made anew takes those over it along.
func TestDomainsOverDomains(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/over")
}

// What a domain's check or default calls is made anew.
func TestChangedFunctions(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/calls")
}

// Values of domains over enums are compared as values of the enum.
func TestDomainsOverEnums(t *testing.T) {
	t.Parallel()
	detecttest.OnServer(t, "testdata/enum")
}

// What the check of a domain over an enum calls may take the enum, which is made anew.
func TestTakenDomains(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/taken")
	detecttest.OnServer(t, "testdata/taken")
}
