// Every sentence of the page in three languages; English is the key.

const FR = {
  "Two phones, one desk, no account anywhere. Write as a customer would.": "Deux téléphones, un guichet, aucun compte nulle part. Écrivez comme le ferait un client.",
  "Open the inbox": "Ouvrir la boîte des agents", "Overview": "Vue d’ensemble", "Language": "Langue",
  "Customer on WhatsApp": "Client sur WhatsApp", "Customer on Telegram": "Client sur Telegram",
  "The desk’s side": "Côté guichet", "Manager": "Responsable", "Agents’ group": "Groupe des agents",
  "Support desk": "Guichet d’assistance", "online": "en ligne", "typing…": "écrit…", "bot": "bot", "no signal": "hors réseau", "blocked by this person": "bloqué par cette personne",
  "window closed": "fenêtre fermée", "Message": "Message", "Send": "Envoyer", "Attach": "Joindre", "Commands": "Commandes", "More": "Plus",
  "Screenshot": "Capture d’écran", "Document": "Document", "Voice note": "Note vocale", "Location": "Position", "Contact": "Contact", "From this computer": "Depuis cet ordinateur",
  "Reply": "Répondre", "Edit": "Modifier", "React": "Réagir", "Add a person": "Ajouter une personne", "Name": "Prénom", "Country of the phone": "Pays du téléphone",
  "Language of the app": "Langue de l’application", "Add": "Ajouter", "Cancel": "Annuler", "Today": "Aujourd’hui", "edited": "modifié", "forwarded": "transféré",
  "Say hello to the desk": "Saluez le guichet", "Tap one, or write your own.": "Touchez une phrase, ou écrivez la vôtre.",
  "The phone has signal": "Le téléphone a du réseau", "Messages wait at one tick": "Les messages attendent avec une coche",
  "Blocks the desk": "Bloque le guichet", "24-hour window closed": "Fenêtre de 24 h fermée", "Until the customer writes again": "Jusqu’au prochain message du client",
  "Number not on WhatsApp": "Numéro absent de WhatsApp", "Opted out of messages": "A refusé les messages", "Username only, number hidden": "Nom d’utilisateur seul, numéro caché",
  "Account deleted": "Compte supprimé", "Remove this person": "Retirer cette personne", "Choose": "Choisir",
  "No alert yet": "Aucune alerte pour l’instant", "When a promise is about to be broken, the manager reads it here.": "Quand une promesse risque d’être rompue, le responsable le lit ici.",
  "No topic yet": "Aucun sujet pour l’instant", "Each ticket becomes a topic here, where agents answer it.": "Chaque demande devient ici un sujet, où les agents répondent.",
  "closed": "fermé", "Write as": "Écrire en tant que", "Delete this topic": "Supprimer ce sujet", "The bot’s rights": "Droits du bot",
  "Administrator": "Administrateur", "May manage topics": "Peut gérer les sujets", "May delete messages": "Peut supprimer des messages", "May pin messages": "Peut épingler des messages",
  "Is in the group": "Est dans le groupe", "Move the group to a new id": "Donner un nouvel identifiant au groupe",
  "created the topic": "a créé le sujet", "renamed the topic": "a renommé le sujet", "closed the topic": "a fermé le sujet", "reopened the topic": "a rouvert le sujet", "pinned a message": "a épinglé un message",
  "Make trouble": "Semer le trouble", "A bad day for the providers: choose what goes wrong, where, and how often.": "Un mauvais jour chez les fournisseurs : choisissez ce qui casse, où, et combien de fois.",
  "Where": "Où", "Both": "Les deux", "How often": "Combien", "once": "une fois", "always": "toujours", "In force": "En cours", "All is well": "Tout va bien", "Stop": "Arrêter", "Stop all": "Tout arrêter", "left": "restants", "struck": "touchés",
  "Too many requests": "Trop de requêtes", "429 for 5 s": "429 pendant 5 s", "Server error": "Erreur du serveur", "500 in the provider’s shape": "500 au format du fournisseur",
  "Bad gateway": "Passerelle en panne", "502, a page of HTML": "502, une page HTML", "No answer": "Pas de réponse", "30 s of silence": "30 s de silence",
  "Connection reset": "Connexion coupée", "nothing was done": "rien n’a été fait", "Dropped after accepting": "Coupée après acceptation", "done, but no answer": "fait, mais sans réponse",
  "Doubled webhook": "Webhook en double", "the same twice": "le même deux fois", "Swapped webhooks": "Webhooks intervertis", "the next one first": "le suivant d’abord",
  "Desk unreachable": "Guichet injoignable", "webhooks do not arrive": "les webhooks n’arrivent pas", "Doubled receipt": "Accusé en double", "Swapped receipts": "Accusés intervertis", "delivered before sent": "remis avant envoyé",
  "Lost receipt": "Accusé perdu", "never told": "jamais transmis", "Failed delivery": "Remise échouée", "undelivered, with a code": "non remis, avec un code",
  "Clock": "Horloge", "Only the sandbox’s time: windows close, retries come sooner.": "Le temps du bac à sable seulement : les fenêtres se ferment, les reprises arrivent plus tôt.",
  "+1 h": "+1 h", "+25 h": "+25 h", "speed": "vitesse", "Start over": "Repartir de zéro", "Forget every chat and person?": "Oublier toutes les conversations et personnes ?",
  "Every call": "Chaque appel", "What the desk and the providers say to each other, as it happens.": "Ce que le guichet et les fournisseurs se disent, en direct.",
  "All": "Tout", "Trouble": "Ennuis", "Clear": "Effacer", "No call yet": "Aucun appel pour l’instant", "Send a message and watch.": "Envoyez un message et regardez.",
  "asked": "demande", "told": "annonce", "Request": "Requête", "Answer": "Réponse", "no answer": "sans réponse", "waiting": "en attente",
  "Phones": "Téléphones", "Faults": "Pannes", "Calls": "Appels", "Agents": "Agents", "The sandbox has stopped. Is it still running?": "Le bac à sable s’est arrêté. Tourne-t-il encore ?",
  "sent": "envoyé", "delivered": "remis", "read": "lu", "failed": "échec", "undelivered": "non remis", "queued": "en file", "Show topics": "Voir les sujets", "General": "Général", "Photo": "Photo", "Sticker": "Sticker", "agent": "agent",
};

const ES = {
  "Two phones, one desk, no account anywhere. Write as a customer would.": "Dos teléfonos, una ventanilla, ninguna cuenta. Escriba como lo haría un cliente.",
  "Open the inbox": "Abrir la bandeja", "Overview": "Panorama", "Language": "Idioma",
  "Customer on WhatsApp": "Cliente en WhatsApp", "Customer on Telegram": "Cliente en Telegram",
  "The desk’s side": "Del lado de la ventanilla", "Manager": "Responsable", "Agents’ group": "Grupo de agentes",
  "Support desk": "Ventanilla de soporte", "online": "en línea", "typing…": "escribiendo…", "bot": "bot", "no signal": "sin cobertura", "blocked by this person": "bloqueado por esta persona",
  "window closed": "ventana cerrada", "Message": "Mensaje", "Send": "Enviar", "Attach": "Adjuntar", "Commands": "Órdenes", "More": "Más",
  "Screenshot": "Captura de pantalla", "Document": "Documento", "Voice note": "Nota de voz", "Location": "Ubicación", "Contact": "Contacto", "From this computer": "Desde este ordenador",
  "Reply": "Responder", "Edit": "Editar", "React": "Reaccionar", "Add a person": "Añadir una persona", "Name": "Nombre", "Country of the phone": "País del teléfono",
  "Language of the app": "Idioma de la aplicación", "Add": "Añadir", "Cancel": "Cancelar", "Today": "Hoy", "edited": "editado", "forwarded": "reenviado",
  "Say hello to the desk": "Salude a la ventanilla", "Tap one, or write your own.": "Toque una frase o escriba la suya.",
  "The phone has signal": "El teléfono tiene cobertura", "Messages wait at one tick": "Los mensajes esperan con una marca",
  "Blocks the desk": "Bloquea la ventanilla", "24-hour window closed": "Ventana de 24 h cerrada", "Until the customer writes again": "Hasta que el cliente vuelva a escribir",
  "Number not on WhatsApp": "Número sin WhatsApp", "Opted out of messages": "Rechazó los mensajes", "Username only, number hidden": "Solo nombre de usuario, número oculto",
  "Account deleted": "Cuenta eliminada", "Remove this person": "Quitar a esta persona", "Choose": "Elegir",
  "No alert yet": "Ninguna alerta todavía", "When a promise is about to be broken, the manager reads it here.": "Cuando una promesa está a punto de romperse, el responsable lo lee aquí.",
  "No topic yet": "Ningún tema todavía", "Each ticket becomes a topic here, where agents answer it.": "Cada solicitud se vuelve aquí un tema, donde responden los agentes.",
  "closed": "cerrado", "Write as": "Escribir como", "Delete this topic": "Borrar este tema", "The bot’s rights": "Derechos del bot",
  "Administrator": "Administrador", "May manage topics": "Puede gestionar temas", "May delete messages": "Puede borrar mensajes", "May pin messages": "Puede fijar mensajes",
  "Is in the group": "Está en el grupo", "Move the group to a new id": "Dar al grupo otro identificador",
  "created the topic": "creó el tema", "renamed the topic": "cambió el nombre del tema", "closed the topic": "cerró el tema", "reopened the topic": "reabrió el tema", "pinned a message": "fijó un mensaje",
  "Make trouble": "Causar problemas", "A bad day for the providers: choose what goes wrong, where, and how often.": "Un mal día de los proveedores: elija qué falla, dónde y cuántas veces.",
  "Where": "Dónde", "Both": "Ambos", "How often": "Cuántas", "once": "una vez", "always": "siempre", "In force": "En curso", "All is well": "Todo va bien", "Stop": "Parar", "Stop all": "Parar todo", "left": "restantes", "struck": "afectadas",
  "Too many requests": "Demasiadas peticiones", "429 for 5 s": "429 durante 5 s", "Server error": "Error del servidor", "500 in the provider’s shape": "500 con la forma del proveedor",
  "Bad gateway": "Pasarela averiada", "502, a page of HTML": "502, una página HTML", "No answer": "Sin respuesta", "30 s of silence": "30 s de silencio",
  "Connection reset": "Conexión cortada", "nothing was done": "no se hizo nada", "Dropped after accepting": "Cortada tras aceptar", "done, but no answer": "hecho, pero sin respuesta",
  "Doubled webhook": "Webhook doble", "the same twice": "el mismo dos veces", "Swapped webhooks": "Webhooks cruzados", "the next one first": "primero el siguiente",
  "Desk unreachable": "Ventanilla inaccesible", "webhooks do not arrive": "los webhooks no llegan", "Doubled receipt": "Acuse doble", "Swapped receipts": "Acuses cruzados", "delivered before sent": "entregado antes que enviado",
  "Lost receipt": "Acuse perdido", "never told": "nunca comunicado", "Failed delivery": "Entrega fallida", "undelivered, with a code": "no entregado, con un código",
  "Clock": "Reloj", "Only the sandbox’s time: windows close, retries come sooner.": "Solo el tiempo del banco de pruebas: las ventanas se cierran y los reintentos llegan antes.",
  "+1 h": "+1 h", "+25 h": "+25 h", "speed": "velocidad", "Start over": "Empezar de cero", "Forget every chat and person?": "¿Olvidar todas las conversaciones y personas?",
  "Every call": "Cada llamada", "What the desk and the providers say to each other, as it happens.": "Lo que la ventanilla y los proveedores se dicen, en directo.",
  "All": "Todo", "Trouble": "Problemas", "Clear": "Vaciar", "No call yet": "Ninguna llamada todavía", "Send a message and watch.": "Envíe un mensaje y mire.",
  "asked": "pide", "told": "avisa", "Request": "Petición", "Answer": "Respuesta", "no answer": "sin respuesta", "waiting": "en espera",
  "Phones": "Teléfonos", "Faults": "Fallos", "Calls": "Llamadas", "Agents": "Agentes", "The sandbox has stopped. Is it still running?": "El banco de pruebas se ha detenido. ¿Sigue en marcha?",
  "sent": "enviado", "delivered": "entregado", "read": "leído", "failed": "fallido", "undelivered": "no entregado", "queued": "en cola", "Show topics": "Ver los temas", "General": "General", "Photo": "Foto", "Sticker": "Pegatina", "agent": "agente",
};

const TABLES = { en: {}, fr: FR, es: ES };
const asked = new URLSearchParams(location.search).get("lang") || localStorage.getItem("lang") || navigator.language.slice(0, 2);
export const language = asked in TABLES ? asked : "en";
document.documentElement.lang = language;

export const say = (text) => TABLES[language][text] ?? text;
export const table = TABLES;

// Suggested first messages, in the language of the phone.
export const OPENINGS = {
  en: ["Hello, the app won’t start", "I was charged twice 😕", "How do I add a colleague?"],
  fr: ["Bonjour, l’appli ne marche pas", "J’ai été débité deux fois 😕", "Comment ajouter une collègue ?"],
  es: ["Hola, la aplicación no funciona", "Me han cobrado dos veces 😕", "¿Cómo añado a una compañera?"],
};
export const openings = (code) => OPENINGS[(code || "en").slice(0, 2)] ?? OPENINGS.en;

export const time = (iso) => new Date(iso).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const day = (iso) => {
  const date = new Date(iso);
  return date.toDateString() === new Date().toDateString() ? say("Today") : date.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" });
};
export const size = (bytes) => {
  const [unit, count] = bytes > 1e6 ? ["megabyte", bytes / 1e6] : ["kilobyte", Math.max(1, bytes / 1e3)];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: unit === "megabyte" ? 1 : 0 }).format(count);
};
