package plan

import (
	"context"
	"testing"
)

func BenchmarkClinic(b *testing.B) {
	in := clinic(b).input(b)
	for b.Loop() {
		if _, err := Make(context.Background(), in); err != nil {
			b.Fatal(err)
		}
	}
}
