// Tells when a field takes only a part of what is pasted, which browsers do in silence.

import { notice } from "./toasts.js";
import { t } from "./i18n.js";

export function tellCutPastes() {
  document.addEventListener("paste", (event) => {
    const { target, clipboardData } = event;
    const most = target.maxLength ?? -1;
    if (most < 0 || !clipboardData) return;
    const rest = target.value.length - (target.selectionEnd - target.selectionStart);
    const { length } = clipboardData.getData("text");
    if (rest + length > most) notice(t("paste_cut", { count: length, limit: most }), { isBad: true });
  });
}
