// On the plate, Alt with an arrow moves the row the focus is in by one; the
// focus goes with it. The link of each row leads to every other place.
const rows = document.querySelector("[data-movable]");
if (rows) {
  const kept = "baton-moved";
  const held = sessionStorage.getItem(kept);
  sessionStorage.removeItem(kept);
  if (held) rows.querySelector(`[data-task="${CSS.escape(held)}"] [data-move]`)?.focus();

  rows.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-task]");
    const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    if (!event.altKey || !row || !step) return;
    event.preventDefault();
    const beside = row[step];
    if (!beside) return;
    const above = event.key === "ArrowDown" ? beside : beside.previousElementSibling;
    const form = Object.assign(document.createElement("form"), { method: "post", action: row.querySelector("[data-move]").href });
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "behind", value: above?.dataset.task ?? "" }));
    document.body.append(form);
    sessionStorage.setItem(kept, row.dataset.task);
    form.requestSubmit();
  });
}
