package grammar

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A shop is a small program with every sort of command, flag and argument.
type shop struct {
	Quiet bool   `help:"Say less." short:"q"`
	Till  string `help:"Which till." env:"SHOP_TILL" placeholder:"NAME"`
	Sell  sell   `cmd:"" help:"Sell something."`
	Stock stock  `cmd:"" help:"What there is."`
	Count count  `cmd:"" help:"Count the till."`
}

type count struct {
	Coins int `help:"How many."`
}

type sell struct {
	Thing    string   `arg:"" help:"What is sold."`
	Words    []string `arg:"" optional:"" help:"Why."`
	Price    *int     `help:"What it costs."`
	Tax      float64  `help:"In percent." default:"19"`
	Tags     []string `help:"Words for it."`
	Notes    []string `help:"Said of it; repeat for each." sep:"none" short:"n"`
	Size     string   `help:"small or large." enum:"small,large," short:"s"`
	GiftWrap *bool    `help:"With paper." negatable:""`
	Cash     bool     `help:"Paid in coins." xor:"how"`
	Card     bool     `help:"Paid by card." xor:"how"`
	terms
}

type terms struct {
	ReadBack uint64 `help:"How often." group:"terms"`
	SMTPHost string `help:"Where to." name:"host" group:"terms"`
}

type stock struct {
	List stockList `cmd:"" default:"" help:"List it."`
	Add  stockAdd  `cmd:"" help:"Add to it."`
}

type stockList struct {
	Shelf string `arg:"" optional:"" help:"Only here."`
	All   bool   `help:"What is gone, too."`
	Note  string `help:"For the head of the list." default:"Stock"`
}

type stockAdd struct {
	Thing string `arg:"" help:"What comes in."`
	From  string `arg:"" optional:"" default:"-" help:"Whose list it is on; - is nobody's."`
	Note  string `help:"A note."`
	Count int64  `help:"How many." required:""`
}

// Help says more.
func (stockAdd) Help() string { return "A thing is added once:\n\n  shop stock add glove --count 2" }

func ptr[T any](v T) *T { return &v }

func TestACommandLineIsRead(t *testing.T) {
	for line, want := range map[string]struct {
		path string
		shop shop
	}{
		"sell glove":                          {"shop sell", shop{Sell: sell{Thing: "glove", Tax: 19}}},
		"-q sell glove it is cold":            {"shop sell", shop{Quiet: true, Sell: sell{Thing: "glove", Words: []string{"it", "is", "cold"}, Tax: 19}}},
		"sell --price=-3 glove it -q is":      {"shop sell", shop{Quiet: true, Sell: sell{Thing: "glove", Words: []string{"it", "is"}, Price: ptr(-3), Tax: 19}}},
		"sell -qslarge -n a,b -n=c glove":     {"shop sell", shop{Quiet: true, Sell: sell{Thing: "glove", Size: "large", Notes: []string{"a,b", "c"}, Tax: 19}}},
		"sell --tags a,b --tags c\\,d glove":  {"shop sell", shop{Sell: sell{Thing: "glove", Tags: []string{"a", "b", "c,d"}, Tax: 19}}},
		"sell - -- --price -q":                {"shop sell", shop{Sell: sell{Thing: "-", Words: []string{"--price", "-q"}, Tax: 19}}},
		"sell a,b c,d":                        {"shop sell", shop{Sell: sell{Thing: "a,b", Words: []string{"c,d"}, Tax: 19}}},
		"sell glove --gift-wrap --cash=false": {"shop sell", shop{Sell: sell{Thing: "glove", GiftWrap: ptr(true), Tax: 19}}},
		"sell glove --no-gift-wrap --tax 0.5": {"shop sell", shop{Sell: sell{Thing: "glove", GiftWrap: ptr(false), Tax: 0.5}}},
		"sell glove --read-back 3 --host h":   {"shop sell", shop{Sell: sell{Thing: "glove", Tax: 19, terms: terms{ReadBack: 3, SMTPHost: "h"}}}},
		"sell glove --price 1 --price 2":      {"shop sell", shop{Sell: sell{Thing: "glove", Price: ptr(2), Tax: 19}}},
		"--till one sell glove":               {"shop sell", shop{Till: "one", Sell: sell{Thing: "glove", Tax: 19}}},
		"stock":                               {"shop stock list", shop{Stock: stock{List: stockList{Note: "Stock"}}}},
		"stock --all left":                    {"shop stock list", shop{Stock: stock{List: stockList{Shelf: "left", All: true, Note: "Stock"}}}},
		"stock add glove --count 2":           {"shop stock add", shop{Stock: stock{Add: stockAdd{Thing: "glove", From: "-", Count: 2}}}},
	} {
		var got shop
		read, err := Read("shop", "A shop.", &got).Parse(strings.Fields(line), func(string) string { return "" })
		if err != nil {
			t.Errorf("shop %s: %v", line, err)
			continue
		}
		if diff := cmp.Diff(want.shop, got, cmp.AllowUnexported(sell{})); diff != "" || read.Help || read.Command.Path() != want.path {
			t.Errorf("shop %s: %s\n%s", line, read.Command.Path(), diff)
		}
	}
}

func TestAnArgumentOfNothingIsRefused(t *testing.T) {
	for _, c := range []struct {
		line []string
		want string
	}{
		{[]string{"sell", ""}, "<thing> is empty. See shop sell --help."},
		{[]string{"sell", " \t"}, "<thing> is empty. See shop sell --help."},
		{[]string{"stock", ""}, "<shelf> is empty; say it or leave it out. See shop stock list --help."},
		{[]string{"sell", "glove", ""}, ""}, // of several words one may be
	} {
		var got shop
		_, err := Read("shop", "A shop.", &got).Parse(c.line, func(string) string { return "" })
		if said := fmt.Sprint(err); said != c.want && (c.want != "" || err != nil) {
			t.Errorf("shop %q: %s, not %s", c.line, said, c.want)
		}
	}
}

func TestWhatIsNotGivenComesOutOfTheEnvironment(t *testing.T) {
	env := func(name string) string { return map[string]string{"SHOP_TILL": "two"}[name] }
	for line, want := range map[string]string{"stock": "two", "stock --till one": "one", "stock --till=": ""} {
		var got shop
		if _, err := Read("shop", "A shop.", &got).Parse(strings.Fields(line), env); err != nil || got.Till != want {
			t.Errorf("shop %s: %q, %v", line, got.Till, err)
		}
	}
}

func TestWhatIsWrongIsASentence(t *testing.T) {
	for line, want := range map[string]string{
		"sel glove":                      `There is no command "sel"; did you mean sell? See shop --help.`,
		"stcok":                          `There is no command "stcok"; did you mean stock? See shop --help.`,
		"":                               "Something is missing: sell, stock or count. See shop --help.",
		"sell":                           "Something is missing: <thing>. See shop sell --help.",
		"stock add":                      "Something is missing: <thing> and --count=N. See shop stock add --help.",
		"stock --all add x --count 1":    "There is no flag --all. See shop stock add --help.",
		"stock --note a add x --count 1": "--note stands before its command; write it behind. See shop stock add --help.",
		"stock left right":               `"right" is more than stock list takes; quote what belongs together. See shop stock list --help.`,
		"sell x --pric 3":                "There is no flag --pric; did you mean --price? See shop sell --help.",
		"sell x -1":                      "-1 reads like a flag; if it is a value, write -- in front of it. See shop sell --help.",
		"sell x -.5":                     "-.5 reads like a flag; if it is a value, write -- in front of it. See shop sell --help.",
		"stock -1":                       "-1 reads like a flag; if it is a value, write -- in front of it. See shop stock --help.",
		"count -1":                       "-1 reads like a flag, and count takes no value without the name of one in front. See shop count --help.",
		"count 3":                        `"3" is more than count takes: it has only flags. See shop count --help.`,
		"sell x -z":                      "There is no flag -z. See shop sell --help.",
		"sell x --no-price":              "There is no flag --no-price; did you mean --price? See shop sell --help.",
		"sell x --no-gift-wrap=yes":      "--no-gift-wrap takes no value. See shop sell --help.",
		"sell x --price":                 "--price needs a value behind it. See shop sell --help.",
		"sell x -n -q":                   "-q reads like a flag; if it is the value, write -n=-q. See shop sell --help.",
		"sell x --price 1.5":             `--price takes a whole number, not "1.5". See shop sell --help.`,
		"sell x --tax much":              `--tax takes a number, not "much". See shop sell --help.`,
		"sell x --read-back=-1":          `--read-back takes a whole number, 0 or more, not "-1". See shop sell --help.`,
		"sell x --cash=maybe":            `--cash takes true or false, not "maybe". See shop sell --help.`,
		"sell x --size big":              `--size is small or large, not "big". See shop sell --help.`,
		"sell x --cash --card":           "--cash and --card exclude each other; give one of them. See shop sell --help.",
		"stock add x --count 99999999999999999999": `--count takes a whole number, not "99999999999999999999". See shop stock add --help.`,
	} {
		var got shop
		_, err := Read("shop", "A shop.", &got).Parse(strings.Fields(line), func(string) string { return "" })
		if wrong, ok := errors.AsType[*Error](err); !ok || wrong.Error() != want {
			t.Errorf("shop %s: %v, want %s", line, err, want)
		}
	}
}

func TestHelpIsThereWhateverElseIsTyped(t *testing.T) {
	for line, want := range map[string]string{
		"-h": "shop", "--help": "shop", "sell --help": "shop sell", "sell --nonsense -h": "shop sell", "stock --help add": "shop stock add",
		"stock add --count x --help": "shop stock add", "sell --price --help": "shop sell",
	} {
		read, err := Read("shop", "A shop.", &shop{}).Parse(strings.Fields(line), func(string) string { return "" })
		if err != nil || !read.Help || read.Command.Path() != want {
			t.Errorf("shop %s: %+v, %v", line, read, err)
		}
	}
	for _, line := range []string{"sell --nonsense -- -h", "sell -- a b c --help"} {
		if read, _ := Read("shop", "A shop.", &shop{}).Parse(strings.Fields(line), func(string) string { return "" }); read.Help {
			t.Errorf("shop %s is answered with help", line)
		}
	}
}

func TestPages(t *testing.T) {
	root := Read("shop", "A shop.", &shop{})
	sell, stock := root.Commands()[0], root.Commands()[1]
	for _, row := range []struct {
		of      *Command
		columns int
		want    string
	}{
		{root, 80, `Usage: shop <command> [flags]

A shop.

Flags:
  -h, --help         Show this help.
  -q, --quiet        Say less.
      --till=NAME    Which till ($SHOP_TILL).

Commands:
  sell     Sell something.
  stock    What there is.
  count    Count the till.

Run "shop <command> --help" for more information on a command.
`},
		{sell, 45, `Usage: shop sell <thing> [<words> ...] [flags]

Sell something.

Arguments:
  <thing>          What is sold.
  [<words> ...]    Why.

Flags:
  -h, --help              Show this help.
  -q, --quiet             Say less.
      --till=NAME         Which till
                          ($SHOP_TILL).

      --price=N           What it costs.
      --tax=N             In percent (default
                          19).
      --tags=TAGS,...     Words for it.
  -n, --notes=NOTES       Said of it; repeat
                          for each.
  -s, --size=SIZE         small or large.
      --[no-]gift-wrap    With paper.
      --cash              Paid in coins.
      --card              Paid by card.

Terms:
  --read-back=N    How often.
  --host=HOST      Where to.
`},
		{stock.Commands()[1], 80, `Usage: shop stock add <thing> [<from>] --count=N [flags]

Add to it.

A thing is added once:

    shop stock add glove --count 2

Arguments:
  <thing>     What comes in.
  [<from>]    Whose list it is on; - is nobody's (default -).

Flags:
  -h, --help         Show this help.
  -q, --quiet        Say less.
      --till=NAME    Which till ($SHOP_TILL).

      --note=NOTE    A note.
      --count=N      How many.
`},
		{stock, 80, `Usage: shop stock [<command>] [flags]

What there is.

Flags:
  -h, --help         Show this help.
  -q, --quiet        Say less.
      --till=NAME    Which till ($SHOP_TILL).

Commands:
  stock list    List it.
  stock add     Add to it.
`},
	} {
		if diff := cmp.Diff(row.want, row.of.Page(row.columns)); diff != "" {
			t.Errorf("%s:\n%s", row.of.Path(), diff)
		}
	}
}

// TestAValueNoCommandLineHas is told of before somebody gives its flag.
func TestAValueNoCommandLineHas(t *testing.T) {
	defer func() {
		if p := recover(); p != "grammar: no value of a command line is a map[string]int, as Prices is" {
			t.Error(p)
		}
	}()
	Read("shop", "A shop.", &struct{ Prices map[string]int }{}).Flags()
}

// FuzzParse reads any command line: what is wrong with it is a sentence, and a
// page of help has no line wider than its words force it to be.
func FuzzParse(f *testing.F) {
	for _, line := range []string{"sell glove it is cold --price=3 -qslarge", "stock --all -- -x", "stock add --count", "-", "--=", "--no-", "-h=", "sell -n"} {
		f.Add(line, 40)
	}
	f.Fuzz(func(t *testing.T, line string, columns int) {
		var got shop
		read, err := Read("shop", "A shop.", &got).Parse(strings.Split(line, " "), func(string) string { return "" })
		if wrong, ok := errors.AsType[*Error](err); err != nil && (!ok || wrong.At == nil || !strings.HasSuffix(wrong.Error(), " --help.")) {
			t.Errorf("%q: %v", line, err)
		}
		if err == nil && read.Help && read.Command.Page(columns%200) == "" {
			t.Errorf("%q: no help", line)
		}
		if err == nil && !read.Help && len(read.Command.Commands()) > 0 {
			t.Errorf("%q gives %s, which is no command", line, read.Command.Path())
		}
	})
}
