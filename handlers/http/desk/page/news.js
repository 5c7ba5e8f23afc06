// A sound and a notification for a ticket that begins to wait, for whoever has asked for them.

import { effect, untracked } from "./html.js";
import { arrived, counts, me } from "./state.js";
import { t } from "./texts.js";
import { wished } from "./wishes.js";

const HIGH_HZ = 660;
const LASTS_S = 0.18;

export function watch() {
  effect(() => {
    const { waiting } = counts.value;
    document.title = `${waiting ? `(${waiting}) ` : ""}${t("title")}`;
  });
  effect(() => arrived.value && untracked(() => tell(arrived.value)));
}

// What somebody turns on or off later tells of nothing once more.
function tell(ticket) {
  const who = me.value?.operator.id;
  if (wished("sound", who)) beep();
  if (wished("notify", who) && document.hidden && "Notification" in window && Notification.permission === "granted") notify(ticket);
}

function notify(ticket) {
  const shown = new Notification(t("new_ticket", { n: ticket.id, name: ticket.customer }), { body: ticket.question.slice(0, 120), tag: `t${ticket.id}` });
  shown.onclick = () => {
    window.focus();
    location.hash = `#t${ticket.id}`;
  };
}

function beep() {
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = HIGH_HZ;
  volume.gain.setValueAtTime(0.12, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + LASTS_S);
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + LASTS_S);
  tone.onended = () => sound.close();
}
