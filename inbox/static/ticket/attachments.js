// Attaches files to what an agent is writing in a ticket: uploads them, and tells what can't be sent.

import { el, fill, find, icon } from "../shared/dom.js";
import { isUploading, update } from "./drafts.js";
import { upload, RequestError } from "../shared/api.js";
import { notice } from "../shared/toasts.js";
import { sizeOf, t } from "../shared/i18n.js";

const LARGEST = 16 * 1024 * 1024;
const MOST = 10;
const RETRY_DELAY = 3000;

// Add files to the draft `state` of that ticket; onChange() is called as they get on.
export function attach(list, ticketId, state, onChange) {
  for (const source of list) {
    if (state.files.length >= MOST) {
      notice(t("too_many_files", { count: MOST }), { isBad: true });
      return;
    }
    const kind = ["image", "audio", "video"].find((name) => source.type.startsWith(`${name}/`)) || "document";
    const file = { name: source.name, size: source.size, kind, media_type: source.type, id: "", problem: problemOf(source) };
    state.files.push(file);
    if (!file.problem) send(file, source, ticketId, state, onChange);
    onChange();
  }
}

const problemOf = ({ size }) => {
  if (!size) return t("problem_empty");
  return size > LARGEST ? t("problem_too_big") : "";
};

// While the desk can't be reached, the file waits.
async function send(file, source, ticketId, state, onChange) {
  while (state.files.includes(file)) {
    try {
      Object.assign(file, (await upload(source)).file);
      update(ticketId, {});
      break;
    } catch (error) {
      if (error instanceof RequestError) {
        file.problem = error.words || t("not_uploaded");
        break;
      }
      await new Promise((done) => { setTimeout(done, RETRY_DELAY); });
    }
  }
  onChange();
}

export function showFiles(state, onRemove) {
  fill(find("#files"), state.files.map((file) =>
    el("li", { class: file.problem ? "file bad" : "file" }, icon(file.id ? "file" : file.problem ? "warn" : "clock"),
      el("bdi", {}, file.name), el("span", { class: "soft" }, file.problem || sizeOf(file.size)),
      el("button", { class: "bare", type: "button", "aria-label": t("remove", { name: file.name }), onclick: () => onRemove(file) }, icon("close")))));
}

// Why these files can't be sent now; "" if they can.
export function whyNotSent(files) {
  const bad = files.find((file) => file.problem);
  if (bad) return t("file_in_the_way", { name: bad.name, problem: bad.problem });
  return files.some(isUploading) ? t("still_uploading") : "";
}
