// A choice that changes which fields a form has sends it, by the button whose
// value it names: what was typed is kept, and the right fields come back.
for (const group of document.querySelectorAll("[data-resubmit]")) {
  group.addEventListener("change", () => {
    const form = group.closest("form");
    form.requestSubmit(form.querySelector(`button[value="${CSS.escape(group.dataset.resubmit)}"]`));
  });
}
