// Passkeys need the browser's own hand: a button that uses one shows where
// browsers can. What they say travels as base64url.
const text = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytes = (words) => Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.problem);
  return said;
}

// use has a passkey sign the server's challenge.
async function use(path) {
  const asked = await post(`${path}/ask`);
  const { rawId, response } = await navigator.credentials.get({
    publicKey: { challenge: bytes(asked.challenge), rpId: asked.site, userVerification: "required" },
  });
  return post(path, {
    challenge: asked.challenge, id: text(rawId), data: text(response.authenticatorData),
    said: text(response.clientDataJSON), signature: text(response.signature),
  });
}

// make has the browser make one: EdDSA, ES256 or RS256.
async function make(path) {
  const asked = await post(`${path}/ask`);
  const { rawId, response } = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(asked.challenge), rp: { id: asked.site, name: "Baton" },
      user: { id: bytes(asked.user), name: asked.name, displayName: asked.name },
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: (asked.known ?? []).map((id) => ({ type: "public-key", id: bytes(id) })),
    },
  });
  return post(path, {
    challenge: asked.challenge, id: text(rawId), data: text(response.getAuthenticatorData()),
    said: text(response.clientDataJSON), key: text(response.getPublicKey()),
  });
}

const causes = {
  NotAllowedError: "No passkey was chosen.",
  InvalidStateError: "This device has a passkey for you already.",
};

for (const button of document.querySelectorAll("button[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  button.hidden = false;
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { next } = await (button.dataset.passkey === "make" ? make : use)(button.value);
      location.assign(next);
    } catch (problem) {
      said.textContent = causes[problem.name] ?? problem.message;
      button.disabled = false;
    }
  });
}
