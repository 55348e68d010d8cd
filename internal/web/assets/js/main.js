// Every page works without this file. Each module adds one behaviour.
import "./ready.js";
import "./toast.js";
import "./once.js";
import "./quickadd.js";
import "./autosubmit.js";
import "./keys.js";
import "./zone.js";
import "./move.js";
import "./resubmit.js";
import "./passkey.js";
