package bundle_test

import (
	"testing"

	"fieldguide/build/sitetest"
)

func TestSites(t *testing.T) { sitetest.Run(t, "testdata/*.txtar") }
