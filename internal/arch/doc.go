// Package arch holds the test that keeps the architecture: which package may
// import which, and which stay pure. docs/architecture.md says why.
package arch
