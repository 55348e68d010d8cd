// A toast leaves after a while, but not while somebody points at it or is in it.
const toast = document.querySelector("[data-toast]");
if (toast) {
  const stay = () => toast.matches(":hover, :focus-within");
  const leave = () => (stay() ? setTimeout(leave, 4000) : toast.remove());
  setTimeout(leave, 12000);
  toast.addEventListener("keydown", (event) => event.key === "Escape" && toast.remove());
}
