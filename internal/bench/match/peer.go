package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"baton/match"
)

// peerScript solves an instance of the OR-Library's form with scipy's HiGHS
// and prints value, bound and processor time as JSON.
//
//go:embed peer.py
var peerScript string

// peerTable are the instances that the peer is measured on.
const peerTable = "c20200,c20400,d05100,d10100,d20200,d20400,e10200,e20200,e20400"

// beside measures the engine and the peer in turns.
func beside(ctx context.Context, w io.Writer, known []instance) error {
	version, err := exec.CommandContext(ctx, peerPython(), "-c", "import scipy; print(scipy.__version__)").Output()
	if err != nil {
		return errors.New("the peer needs python3 with scipy; on Debian: apt install python3-scipy, and PYTHON=/usr/bin/python3 if there are several")
	}
	fmt.Fprintf(w, "\nBeside HiGHS in SciPy %s, in turns, at most ten seconds each; its limit is one of wall time, of which a busy machine gives it a part:\n\n", strings.TrimSpace(string(version)))
	fmt.Fprint(w, "| instance | best known | match | s | HiGHS | s |\n|---|---|---|---|---|---|\n")
	for _, one := range known {
		if !wanted(one.name, peerTable) {
			continue
		}
		p, err := one.problem()
		if err != nil {
			return err
		}
		one.limit = 10
		ours, err := measure(ctx, p, one, 1)
		if err != nil {
			return err
		}
		theirs, err := askPeer(ctx, p)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		fmt.Fprintf(w, "| %s | %d | %d | %.2f | %s | %.2f |\n", one.name, abs(one.best), abs(ours.solution.Value), ours.took, theirs.value(), theirs.Seconds)
	}
	return nil
}

type peerAnswer struct {
	Value   *float64 `json:"value"`
	Seconds float64  `json:"seconds"`
}

func (a peerAnswer) value() string {
	if a.Value == nil {
		return "none"
	}
	return fmt.Sprintf("%.0f", *a.Value)
}

func askPeer(ctx context.Context, p *match.Problem) (a peerAnswer, err error) {
	var in bytes.Buffer
	if err := match.WriteJSON(&in, p, nil); err != nil {
		return a, err
	}
	cmd := exec.CommandContext(ctx, peerPython(), "-c", peerScript, "10")
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(out[bytes.LastIndexByte(bytes.TrimSpace(out), '\n')+1:], &a)
}

// peerPython is the interpreter that has the distribution's packages.
func peerPython() string {
	if path := os.Getenv("PYTHON"); path != "" {
		return path
	}
	return "python3"
}
