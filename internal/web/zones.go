package web

// zones are suggestions for a time zone, from west to east: large cities, so
// that somebody finds one whose clock is theirs. Any other zone of the IANA
// database is taken as well.
var zones = []string{
	"Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Vancouver", "America/Phoenix", "America/Denver",
	"America/Edmonton", "America/Mexico_City", "America/Chicago", "America/Winnipeg", "America/Lima", "America/Bogota",
	"America/New_York", "America/Toronto", "America/Caracas", "America/Santiago", "America/Halifax", "America/St_Johns",
	"America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Atlantic/Azores", "Atlantic/Reykjavik", "Europe/London",
	"Europe/Dublin", "Europe/Lisbon", "Africa/Accra", "Africa/Casablanca", "Africa/Lagos", "Europe/Madrid", "Europe/Paris",
	"Europe/Brussels", "Europe/Amsterdam", "Europe/Berlin", "Europe/Zurich", "Europe/Rome", "Europe/Vienna", "Europe/Prague",
	"Europe/Copenhagen", "Europe/Oslo", "Europe/Stockholm", "Europe/Warsaw", "Europe/Budapest", "Europe/Athens",
	"Europe/Helsinki", "Europe/Bucharest", "Europe/Kyiv", "Africa/Cairo", "Africa/Johannesburg", "Asia/Jerusalem",
	"Europe/Istanbul", "Africa/Nairobi", "Asia/Riyadh", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi",
	"Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Ho_Chi_Minh",
	"Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Manila", "Australia/Perth", "Asia/Seoul", "Asia/Tokyo",
	"Australia/Darwin", "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland", "UTC",
}
