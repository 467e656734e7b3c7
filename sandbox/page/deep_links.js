// Links between the two phones: t.me opens the Telegram phone and starts the bot, wa.me writes on the WhatsApp phone.

export function followLinks(phones, show) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".chat a[href]");
    const way = link && deepLinkOf(new URL(link.href));
    if (!way) return;
    event.preventDefault();
    show(way.channel);
    const { chat } = phones[way.channel];
    if (way.start) { chat.say({ text: `/start ${way.start}` }); return; }
    chat.input.value = way.text;
    chat.grow();
    chat.input.focus();
  });
}

function deepLinkOf(url) {
  const asked = url.searchParams;
  if (url.hostname === "t.me" && asked.get("start")) return { channel: "telegram", start: asked.get("start") };
  return url.hostname === "wa.me" ? { channel: "whatsapp", text: asked.get("text") ?? "" } : null;
}
