// Quick add shows what it understood while you type. Pressing a chip takes it
// back: its words are quoted and stay in the title. Words about time that are
// refused are title already; a sentence says why.
const form = document.querySelector("[data-quickadd]");
if (form) {
  const input = form.querySelector("input");
  const out = form.querySelector("[data-understood]");
  let timer, turn = 0;

  const ask = async () => {
    const mine = ++turn;
    const line = input.value;
    if (line.trim() === "") return out.replaceChildren();
    const answer = await fetch(`${form.dataset.quickadd}?line=${encodeURIComponent(line)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (mine !== turn || !answer?.ok) return;
    const chips = await answer.json();
    out.replaceChildren(...chips.map((chip) => {
      if (chip.kind === "unclear") {
        const p = document.createElement("p");
        p.textContent = chip.words;
        return p;
      }
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = chip.words + " ×";
      b.setAttribute("aria-label", `Understood: ${chip.words}. Take it back.`);
      b.addEventListener("click", () => {
        input.value = line.replace(chip.text, `"${chip.text.replaceAll('"', "")}"`);
        input.focus();
        ask();
      });
      return b;
    }));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
}
