// Keys: "/" searches, "a" adds, and a number presses the choice that shows it.
const typing = (el) => el.matches("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox]):not([type=range])");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const press = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (press) {
    event.preventDefault();
    press.focus();
    if (!press.matches("input:not([type=radio]):not([type=checkbox])")) press.click();
  }
});
