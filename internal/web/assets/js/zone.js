// A time zone nobody has written yet is the browser's, and the list of
// suggestions is all that the browser knows.
const zone = document.querySelector("[data-zone]");
if (zone) {
  const input = zone.querySelector("input");
  if (input.value === "") input.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  const list = zone.querySelector("datalist");
  const known = new Set([...list.options].map((o) => o.value));
  for (const name of Intl.supportedValuesOf?.("timeZone") ?? []) {
    if (!known.has(name)) list.append(new Option("", name));
  }
}
