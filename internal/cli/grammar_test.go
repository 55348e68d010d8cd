package cli

import (
	"reflect"
	"testing"

	"github.com/alecthomas/kong"
)

// TestEveryCommandCanBeReadAlone holds the names that grammar computes against
// those of the parser.
func TestEveryCommandCanBeReadAlone(t *testing.T) {
	parser, err := kong.New(&allCommands{})
	if err != nil {
		t.Fatal(err)
	}
	for _, node := range parser.Model.Children {
		one, _ := grammar([]string{node.Name})
		if reflect.TypeOf(one).Elem().NumField() != 2 {
			t.Errorf("%s is read with all other commands", node.Name)
		}
		if _, err := kong.New(one); err != nil {
			t.Errorf("%s alone: %v", node.Name, err)
		}
	}
}
