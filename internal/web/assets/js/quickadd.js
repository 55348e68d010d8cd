// Quick add shows what it understood while you type. Pressing a chip takes it
// back: its words are quoted and stay in the title.
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
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = chip.words + " ×";
      b.setAttribute("aria-label", `Understood: ${chip.words}. Take it back.`);
      b.addEventListener("click", () => {
        input.value = line.replace(chip.text, `"${chip.text}"`);
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
