// Package web serves the pages. It knows HTML, forms and sessions; whatever a
// person can do is an operation of package app, and every page works without
// scripts.
//
// How to add a page is in README.md.
package web
