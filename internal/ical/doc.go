// Package ical holds calendar data: civil dates, dues with their zone,
// recurrence rules and the reading of iCalendar streams.
//
// Expansion happens in the rule's own zone, so that three in the afternoon
// stays three in the afternoon across a change of clocks. It is bounded: rules
// that repeat by the minute or second are refused, and no question expands more
// than a fixed number of instances.
package ical
